import type { AllStacks, StackResources } from "../../model/stacks";
import { attribute, text, textIn, texts, type ModelResource, type Properties } from "../../model/resource";
import { rangesOf } from "../../model/addresses/ranges";
import { inside, isTrue, judged, ofType, type Rule } from "./rule";

const CLUSTER = "aws:eks/cluster:Cluster";
const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const eachCluster =
  (
    check: (cluster: ModelResource, stack: StackResources, all: AllStacks) => ReturnType<typeof judged>,
  ): Rule["check"] =>
  (stack, all) =>
    ofType(stack, CLUSTER).flatMap((cluster) => check(cluster, stack, all));

const secretsAreEncrypted = eachCluster((cluster, stack) => {
  const config = inside(cluster.inputs, "encryptionConfig");
  const listed = config["resources"];
  const keyArn = inside(config, "provider")["keyArn"];
  const keys = ofType(stack, "aws:kms/key:Key").map((key) => attribute(key, "arn"));
  return judged(cluster, ["encryptionConfig.resources"], "encrypts its secrets with a KMS key", [
    !(Array.isArray(listed) && listed.includes("secrets")) && "does not encrypt secrets with a KMS key",
    // EKS requires a key, so an absent one is not known yet.
    keyArn !== undefined && !keys.includes(String(keyArn)) && "encrypts with a KMS key outside its stack",
  ]);
});

const logsAreComplete = eachCluster((cluster) => {
  const missing = LOGS.filter((log) => !texts(cluster, "enabledClusterLogTypes").includes(log));
  return judged(cluster, ["enabledClusterLogTypes"], "enables all control plane logs", [
    missing.length > 0 && `does not log ${missing.join(", ")}`,
  ]);
});

const entriesAlone = eachCluster((cluster) => {
  const access = inside(cluster.inputs, "accessConfig");
  return judged(cluster, ["accessConfig"], "uses only access entries", [
    textIn(access, "authenticationMode") !== "API" &&
      "also reads the aws-auth ConfigMap (authenticationMode is not API)",
    // True is EKS's default (Amazon EKS API Reference, CreateAccessConfigRequest).
    access["bootstrapClusterCreatorAdminPermissions"] !== false && "makes its creator an administrator",
  ]);
});

/** Properties that decide who reaches the API. */
const READS = ["endpointPublicAccess", "endpointPrivateAccess", "publicAccessCidrs"].map((each) => `vpcConfig.${each}`);

const apiIsPrivate = eachCluster((cluster, stack, all) => {
  const config = inside(cluster.inputs, "vpcConfig");
  // EKS's default is public, for every address (Amazon EKS API Reference, VpcConfigRequest).
  const isPublic = config["endpointPublicAccess"] !== false;
  const blocks = isPublic ? publicBlocks(config) : [];
  const planned = all.access?.get(stack.name)?.publicCidrs;
  const others = planned === undefined ? [] : blocks.filter((each) => !planned.includes(each));
  return judged(
    cluster,
    READS,
    isPublic ? `allows API access from ${blocks.join(", ")}` : "allows API access only from its VPC",
    [
      !isTrue(config["endpointPrivateAccess"]) && "has no private endpoint",
      letInEverybody(blocks) && "allows API access from half of the internet or more",
      others.length > 0 && `allows API access from ${others.join(", ")}, which is not configured`,
    ],
  );
});

function publicBlocks(config: Properties): string[] {
  const listed = config["publicAccessCidrs"];
  return Array.isArray(listed) && listed.length > 0 ? listed.map(String) : ["0.0.0.0/0"];
}

/** Half of all IPv4 addresses: a list that wide is not a deliberate choice. */
const HALF = 2 ** 31;

/** Whether CIDRs together cover half of IPv4 or IPv6, as 0.0.0.0/2 and 64.0.0.0/2 do. */
export function letInEverybody(blocks: readonly string[]): boolean {
  if (blocks.some((each) => /:.*\/[01]$/.test(each))) return true;
  const ranges = rangesOf(blocks);
  return ranges.reduce((addresses, { first, last }) => addresses + last + 1 - first, 0) >= HALF;
}

/** Add-ons and pods use only roles of their stack. */
const podsHaveOwnRoles: Rule["check"] = (stack) => {
  const roles = ofType(stack, "aws:iam/role:Role").map((role) => attribute(role, "arn"));
  const properties = {
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": ["roleArn", "targetRoleArn"],
    "aws:eks/addon:Addon": ["serviceAccountRoleArn"],
  };
  return Object.entries(properties).flatMap(([type, names]) =>
    ofType(stack, type).flatMap((each) => {
      const others = names.map((name) => text(each, name)).filter((arn) => arn !== "" && !roles.includes(arn));
      const gives = others.length > 0 && `gives pods the role ${others.join(", ")}, which is outside its stack`;
      return judged(each, [], "uses only roles of its stack", [gives]);
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
