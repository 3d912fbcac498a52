import type { Estate, EstateStack } from "../../model/estate";
import { attribute, text, texts, textIn, type ModelResource, type Properties } from "../../model/resource";
import { rangesOf } from "../../model/addresses/ranges";
import { inside, isTrue, judged, ofType, type Rule } from "./rule";

const CLUSTER = "aws:eks/cluster:Cluster";
const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const eachCluster =
  (check: (cluster: ModelResource, stack: EstateStack, all: Estate) => ReturnType<typeof judged>): Rule["check"] =>
  (stack, all) =>
    ofType(stack, CLUSTER).flatMap((cluster) => check(cluster, stack, all));

const secretsAreEncrypted = eachCluster((cluster, stack) => {
  const config = inside(cluster.inputs, "encryptionConfig");
  const listed = config["resources"];
  const keyArn = inside(config, "provider")["keyArn"];
  const keys = ofType(stack, "aws:kms/key:Key").map((key) => attribute(key, "arn"));
  return judged(cluster, ["encryptionConfig.resources"], "encrypts its secrets", [
    !(Array.isArray(listed) && listed.includes("secrets")) && "encrypts no secrets with a key",
    // EKS makes none without a key: what is absent is not known yet.
    keyArn !== undefined && !keys.includes(String(keyArn)) && "encrypts with a key that is not of its stack",
  ]);
});

const logsAreComplete = eachCluster((cluster) => {
  const missing = LOGS.filter((log) => !texts(cluster, "enabledClusterLogTypes").includes(log));
  return judged(cluster, ["enabledClusterLogTypes"], "logs all of its control plane", [
    missing.length > 0 && `logs no ${missing.join(", ")}`,
  ]);
});

const entriesAlone = eachCluster((cluster) => {
  const access = inside(cluster.inputs, "accessConfig");
  return judged(cluster, ["accessConfig"], "has access entries alone", [
    textIn(access, "authenticationMode") !== "API" && "takes identities from its ConfigMap",
    // True is EKS's default (Amazon EKS API Reference, CreateAccessConfigRequest).
    access["bootstrapClusterCreatorAdminPermissions"] !== false && "makes whoever creates it its administrator",
  ]);
});

/** What says who reaches the API. */
const READS = ["endpointPublicAccess", "endpointPrivateAccess", "publicAccessCidrs"].map((each) => `vpcConfig.${each}`);

const apiIsPrivate = eachCluster((cluster, stack, all) => {
  const config = inside(cluster.inputs, "vpcConfig");
  // Public, and for everybody, is EKS's default (Amazon EKS API Reference, VpcConfigRequest).
  const isPublic = config["endpointPublicAccess"] !== false;
  const blocks = isPublic ? publicBlocks(config) : [];
  const planned = all.access?.get(stack.name)?.publicCidrs;
  const others = planned === undefined ? [] : blocks.filter((each) => !planned.includes(each));
  return judged(cluster, READS, isPublic ? `is reached by ${blocks.join(", ")}` : "is reached from its VPC alone", [
    !isTrue(config["endpointPrivateAccess"]) && "has no private endpoint",
    letInEverybody(blocks) && "lets half of the internet or more reach its API",
    others.length > 0 && `lets ${others.join(", ")} reach its API, which its configuration does not name`,
  ]);
});

function publicBlocks(config: Properties): string[] {
  const listed = config["publicAccessCidrs"];
  return Array.isArray(listed) && listed.length > 0 ? listed.map(String) : ["0.0.0.0/0"];
}

/** Addresses of half of IPv4: who lets in as many has not chosen whom. */
const HALF = 2 ** 31;

/** Whether blocks let in half of IPv4 or of IPv6, one alone or together, as 0.0.0.0/2 and 64.0.0.0/2 do. */
export function letInEverybody(blocks: readonly string[]): boolean {
  if (blocks.some((each) => /:.*\/[01]$/.test(each))) return true;
  const ranges = rangesOf(blocks);
  return ranges.reduce((addresses, { first, last }) => addresses + last + 1 - first, 0) >= HALF;
}

/** Add-ons and pods get roles of their stack alone. */
const podsHaveOwnRoles: Rule["check"] = (stack) => {
  const roles = ofType(stack, "aws:iam/role:Role").map((role) => attribute(role, "arn"));
  const properties = {
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": ["roleArn", "targetRoleArn"],
    "aws:eks/addon:Addon": ["serviceAccountRoleArn"],
  };
  return Object.entries(properties).flatMap(([type, names]) =>
    ofType(stack, type).flatMap((each) => {
      const others = names.map((name) => text(each, name)).filter((arn) => arn !== "" && !roles.includes(arn));
      const gives = others.length > 0 && `gives pods ${others.join(", ")}, which its stack does not make`;
      return judged(each, [], "has a role of its stack, or none", [gives]);
    }),
  );
};

export const CLUSTER_RULES: readonly Rule[] = [
  { source: "Encrypt Kubernetes secrets with KMS on existing clusters", check: secretsAreEncrypted },
  { source: "Send control plane logs to CloudWatch Logs", check: logsAreComplete },
  { source: "Change authentication mode to use access entries", check: entriesAlone },
  { source: "Cluster API server endpoint", check: apiIsPrivate },
  { source: "Learn how EKS Pod Identity grants pods access to AWS services", check: podsHaveOwnRoles },
];
