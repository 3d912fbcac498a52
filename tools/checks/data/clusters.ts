import { rangesOf } from "../../model/addresses/ranges";
import type { Estate, EstateStack } from "../../model/estate";
import {
  attribute,
  items,
  knows,
  type ModelResource,
  type Properties,
  text,
  textIn,
  texts,
} from "../../model/resource";
import { inside, isEmpty, isTrue, judged, ofType, type Rule } from "./rule";

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

const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

/** Access entry types for node roles; EKS grants them only what nodes need. */
const NODES = ["EC2_LINUX", "EC2_WINDOWS", "EC2", "HYBRID_LINUX"];

/** Only nodes and the configured administrators have access to a cluster. */
const entriesArePlanned: Rule["check"] = (stack, all) =>
  ofType(stack, ENTRY).flatMap((entry) => {
    const principal = entry.inputs["principalArn"];
    const type = text(entry, "type") || "STANDARD";
    const groups = texts(entry, "kubernetesGroups");
    return judged(entry, ["type", "kubernetesGroups"], "is for a node role or a configured administrator", [
      // EKS requires a principal, so an absent one is not known yet.
      typeof principal === "string" &&
        !isPlanned(principal, type, stack, all) &&
        `allows ${principal} (type ${type}), which is not configured`,
      groups.length > 0 && `adds it to the Kubernetes groups ${groups.join(", ")}`,
    ]);
  });

const policiesArePlanned: Rule["check"] = (stack, all) =>
  ofType(stack, ASSOCIATION).flatMap((association) => {
    const principal = association.inputs["principalArn"];
    return judged(association, [], "is for a configured administrator", [
      typeof principal === "string" &&
        !isAdministrator(principal, stack, all) &&
        `grants ${text(association, "policyArn")} (scope ${String(inside(association.inputs, "accessScope")["type"])}) to ${principal}, which is not configured`,
    ]);
  });

function isPlanned(principal: string, type: string, stack: EstateStack, all: Estate): boolean {
  if (!NODES.includes(type)) return isAdministrator(principal, stack, all);
  return ofType(stack, "aws:iam/role:Role").some((role) => attribute(role, "arn") === principal);
}

/** Whether the configuration names an administrator; without configuration, nobody is one. */
function isAdministrator(principal: string, stack: EstateStack, { access }: Estate): boolean {
  return access?.get(stack.name)?.administrators.includes(principal) ?? false;
}

export const ADMINISTRATOR_RULES: readonly Rule[] = [
  { source: "Grant IAM users access to Kubernetes with EKS access entries", check: entriesArePlanned },
  { source: "Associate access policies with access entries", check: policiesArePlanned },
];

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

const metadataNeedsTokens: Rule["check"] = (stack) =>
  ofType(stack, TEMPLATE).flatMap((template) => {
    const options = inside(template.inputs, "metadataOptions");
    const isOff = textIn(options, "httpEndpoint") === "disabled";
    const hops = Number(options["httpPutResponseHopLimit"] ?? Number.NaN);
    return judged(template, ["metadataOptions"], "requires IMDSv2 with one hop", [
      !isOff && textIn(options, "httpTokens") !== "required" && "serves instance metadata without a token (IMDSv1)",
      // One hop does not reach pods in their own network namespace.
      !isOff && hops !== 1 && "serves instance metadata over more than one hop",
    ]);
  });

const disksAreEncrypted: Rule["check"] = (stack) =>
  ofType(stack, TEMPLATE).flatMap((template) => {
    const disks = items(template, "blockDeviceMappings").filter((each) => isEmpty(each["noDevice"]));
    const passed = disks.length > 0 && disks.every((disk) => isTrue(inside(disk, "ebs")["encrypted"]));
    return judged(template, ["blockDeviceMappings"], "encrypts its EBS volumes", [
      !passed && "leaves an EBS volume unencrypted",
    ]);
  });

/** Template properties that run code on nodes or give access to them; none of them is expected. */
const WAYS_IN = ["keyName", "userData", "imageId", "iamInstanceProfile", "ramDiskId", "kernelId"];

const nobodyLogsIn: Rule["check"] = (stack) => [
  ...ofType(stack, TEMPLATE).flatMap((template) => {
    const used = WAYS_IN.filter((property) => !isEmpty(template.inputs[property]));
    return judged(template, WAYS_IN, "allows no login to nodes", [
      used.length > 0 && `sets ${used.join(", ")}, which gives access to nodes`,
    ]);
  }),
  ...ofType(stack, NODE_GROUP).flatMap((group) =>
    judged(group, ["remoteAccess"], "allows no login to nodes", [
      !isEmpty(group.inputs["remoteAccess"]) && "allows SSH (remoteAccess)",
    ]),
  ),
];

/** Without our launch template, EKS creates one with two metadata hops and no encryption. */
const nodesAreOfTemplates: Rule["check"] = (stack) => {
  const templates = ofType(stack, TEMPLATE);
  const roles = ofType(stack, "aws:iam/role:Role").map((role) => attribute(role, "arn"));
  return ofType(stack, NODE_GROUP).flatMap((group) => {
    const named = inside(group.inputs, "launchTemplate");
    const isKnown = named["id"] !== undefined || named["name"] !== undefined;
    const isOurs = templates.some(
      (each) => each.id === named["id"] || (textIn(named, "name") || "-") === text(each, "name"),
    );
    const role = group.inputs["nodeRoleArn"];
    return judged(group, [], "uses a launch template of its stack", [
      knows(group, "launchTemplate") && group.inputs["launchTemplate"] === undefined && "has no launch template",
      isKnown && !isOurs && "uses a launch template outside its stack",
      typeof role === "string" && !roles.includes(role) && `uses the role ${role}, which is outside its stack`,
    ]);
  });
};

export const NODE_RULES: readonly Rule[] = [
  { source: "Use the Instance Metadata Service to access instance metadata", check: metadataNeedsTokens },
  { source: "Amazon EBS encryption", check: disksAreEncrypted },
  { source: "Customize managed nodes with launch templates", check: nobodyLogsIn },
  { source: "Create a managed node group for your cluster", check: nodesAreOfTemplates },
];
