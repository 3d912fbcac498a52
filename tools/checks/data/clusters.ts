import { hubRoleNames } from "../../../components/names";
import { HUB } from "../../../components/settings/networks";
import { rangesOf } from "../../model/addresses/ranges";
import {
  type AllStacks,
  attribute,
  isTrue,
  isUnset,
  items,
  knows,
  type ModelResource,
  objectIn,
  type Properties,
  type StackResources,
  text,
  textIn,
  texts,
} from "../../model/resource";
import { type DataRule, type Observation, observe, resourcesOfType } from "../shared/check";

const CLUSTER = "aws:eks/cluster:Cluster";
const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const eachCluster =
  (check: (cluster: ModelResource, stack: StackResources, all: AllStacks) => Observation[]): DataRule["check"] =>
  (stack, all) =>
    resourcesOfType(stack, CLUSTER).flatMap((cluster) => check(cluster, stack, all));

const secretsAreEncrypted = eachCluster((cluster, stack) => {
  const config = objectIn(cluster.inputs, "encryptionConfig");
  const listed = config["resources"];
  const keyArn = objectIn(config, "provider")["keyArn"];
  const keys = resourcesOfType(stack, "aws:kms/key:Key").map((key) => attribute(key, "arn"));
  return observe(cluster, ["encryptionConfig.resources"], "encrypts its secrets with a KMS key", [
    !(Array.isArray(listed) && listed.includes("secrets")) && "does not encrypt secrets with a KMS key",
    // EKS requires a key, so an absent one is not known yet.
    keyArn !== undefined && !keys.includes(String(keyArn)) && "encrypts with a KMS key outside its stack",
  ]);
});

const logsAreComplete = eachCluster((cluster) => {
  const missing = LOGS.filter((log) => !texts(cluster, "enabledClusterLogTypes").includes(log));
  return observe(cluster, ["enabledClusterLogTypes"], "enables all control plane logs", [
    missing.length > 0 && `does not log ${missing.join(", ")}`,
  ]);
});

const onlyAccessEntries = eachCluster((cluster) => {
  const access = objectIn(cluster.inputs, "accessConfig");
  return observe(cluster, ["accessConfig"], "uses only access entries", [
    textIn(access, "authenticationMode") !== "API" &&
      "also reads the aws-auth ConfigMap (authenticationMode is not API)",
    // True is EKS's default (Amazon EKS API Reference, CreateAccessConfigRequest).
    access["bootstrapClusterCreatorAdminPermissions"] !== false && "makes its creator an administrator",
  ]);
});

/** Properties that decide who reaches the API. */
const READS = ["endpointPublicAccess", "endpointPrivateAccess", "publicAccessCidrs"].map((each) => `vpcConfig.${each}`);

const apiIsPrivate = eachCluster((cluster, stack, all) => {
  const config = objectIn(cluster.inputs, "vpcConfig");
  // EKS's default is public, for every address (Amazon EKS API Reference, VpcConfigRequest).
  const isPublic = config["endpointPublicAccess"] !== false;
  const blocks = isPublic ? publicBlocks(config) : [];
  const configured = all.access?.get(stack.name)?.publicCidrs;
  const others = configured === undefined ? [] : blocks.filter((each) => !configured.includes(each));
  const passes = isPublic ? `allows API access from ${blocks.join(", ")}` : "allows API access only from its VPC";
  return observe(cluster, READS, passes, [
    !isTrue(config["endpointPrivateAccess"]) && "has no private endpoint",
    coverHalfOfTheInternet(blocks) && "allows API access from half of the internet or more",
    others.length > 0 && `allows API access from ${others.join(", ")}, which is not configured`,
  ]);
});

function publicBlocks(config: Properties): string[] {
  const listed = config["publicAccessCidrs"];
  return Array.isArray(listed) && listed.length > 0 ? listed.map(String) : ["0.0.0.0/0"];
}

/** Half of all IPv4 addresses: a list that wide is not a deliberate choice. */
const HALF = 2 ** 31;

/** Whether CIDRs together cover half of IPv4 or IPv6, as 0.0.0.0/2 and 64.0.0.0/2 do. */
function coverHalfOfTheInternet(blocks: readonly string[]): boolean {
  if (blocks.some((each) => /:.*\/[01]$/.test(each))) return true;
  const ranges = rangesOf(blocks);
  return ranges.reduce((addresses, { first, last }) => addresses + last + 1 - first, 0) >= HALF;
}

const POD_ROLES: Readonly<Record<string, string>> = {
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": "roleArn",
  "aws:eks/addon:Addon": "serviceAccountRoleArn",
};

/** Add-ons and pods use only roles of their stack, and by way of these the hub's role for the stack's records. */
const podsUseOwnRoles: DataRule["check"] = (stack, all) =>
  Object.entries(POD_ROLES).flatMap(([type, property]) =>
    resourcesOfType(stack, type).flatMap((each) => {
      const [own, target] = [text(each, property), text(each, "targetRoleArn")];
      const others = [
        ...(own === "" || roleArns(stack).includes(own) ? [] : [own]),
        ...(target === "" || isRecordsRole(target, stack, all) ? [] : [target]),
      ];
      return observe(each, [], "uses only roles of its stack", [
        others.length > 0 && `gives pods the role ${others.join(", ")}, which is outside its stack`,
      ]);
    }),
  );

/** Whether a role is the hub's for the records of a stack's own hosted zone. */
function isRecordsRole(arn: string, { name }: StackResources, { accountMap }: AllStacks): boolean {
  const hub = accountMap.find((network) => network.name === HUB);
  const [, , service, , account, role = ""] = arn.split(":");
  return service === "iam" && account === hub?.account && role.endsWith(hubRoleNames("", name).records);
}

/** EKS lets the role of the nodes of EKS Auto Mode into the cluster by itself, so it must be a role of the stack. */
const autoModeUsesOwnRole = eachCluster((cluster, stack) => {
  const role = objectIn(cluster.inputs, "computeConfig")["nodeRoleArn"];
  return role === undefined
    ? []
    : observe(cluster, ["computeConfig.nodeRoleArn"], "lets in only nodes with a role of its stack", [
        !roleArns(stack).includes(String(role)) &&
          `lets in nodes with the role ${String(role)}, which is outside its stack`,
      ]);
});

/** Access entry types for node roles; EKS grants them only what nodes need. */
const NODE_ENTRIES = ["EC2_LINUX", "EC2_WINDOWS", "EC2", "HYBRID_LINUX"];

/** Only nodes and the configured administrators have access to a cluster. */
const entriesAreConfigured: DataRule["check"] = (stack, all) =>
  resourcesOfType(stack, "aws:eks/accessEntry:AccessEntry").flatMap((entry) => {
    const principal = entry.inputs["principalArn"];
    const type = text(entry, "type") || "STANDARD";
    const groups = texts(entry, "kubernetesGroups");
    const isConfigured = (arn: string): boolean =>
      NODE_ENTRIES.includes(type) ? roleArns(stack).includes(arn) : isAdministrator(arn, stack, all);
    return observe(entry, ["type", "kubernetesGroups"], "is for a node role or a configured administrator", [
      // EKS requires a principal, so an absent one is not known yet.
      typeof principal === "string" &&
        !isConfigured(principal) &&
        `allows ${principal} (type ${type}), which is not configured`,
      groups.length > 0 && `adds it to the Kubernetes groups ${groups.join(", ")}`,
    ]);
  });

const accessPoliciesAreConfigured: DataRule["check"] = (stack, all) =>
  resourcesOfType(stack, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation").flatMap((association) => {
    const principal = association.inputs["principalArn"];
    const scope = String(objectIn(association.inputs, "accessScope")["type"]);
    return observe(association, [], "is for a configured administrator", [
      typeof principal === "string" &&
        !isAdministrator(principal, stack, all) &&
        `grants ${text(association, "policyArn")} (scope ${scope}) to ${principal}, which is not configured`,
    ]);
  });

/** Whether the configuration names an administrator; without configuration, nobody is one. */
function isAdministrator(principal: string, stack: StackResources, { access }: AllStacks): boolean {
  return access?.get(stack.name)?.administrators.includes(principal) ?? false;
}

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

const metadataNeedsTokens: DataRule["check"] = (stack) =>
  resourcesOfType(stack, TEMPLATE).flatMap((template) => {
    const options = objectIn(template.inputs, "metadataOptions");
    const isOff = textIn(options, "httpEndpoint") === "disabled";
    const hops = Number(options["httpPutResponseHopLimit"] ?? Number.NaN);
    return observe(template, ["metadataOptions"], "requires IMDSv2 with one hop", [
      !isOff && textIn(options, "httpTokens") !== "required" && "serves instance metadata without a token (IMDSv1)",
      // One hop does not reach pods in their own network namespace.
      !isOff && hops !== 1 && "serves instance metadata over more than one hop",
    ]);
  });

const volumesAreEncrypted: DataRule["check"] = (stack) =>
  resourcesOfType(stack, TEMPLATE).flatMap((template) => {
    const volumes = items(template, "blockDeviceMappings").filter((each) => isUnset(each["noDevice"]));
    const passed = volumes.length > 0 && volumes.every((volume) => isTrue(objectIn(volume, "ebs")["encrypted"]));
    return observe(template, ["blockDeviceMappings"], "encrypts its EBS volumes", [
      !passed && "leaves an EBS volume unencrypted",
    ]);
  });

/** Template properties that run code on nodes or give access to them; none of them is expected. */
const NODE_ACCESS = ["keyName", "userData", "imageId", "iamInstanceProfile", "ramDiskId", "kernelId"];

const nodesAllowNoLogin: DataRule["check"] = (stack) => [
  ...resourcesOfType(stack, TEMPLATE).flatMap((template) => {
    const used = NODE_ACCESS.filter((property) => !isUnset(template.inputs[property]));
    return observe(template, NODE_ACCESS, "allows no login to nodes", [
      used.length > 0 && `sets ${used.join(", ")}, which gives access to nodes`,
    ]);
  }),
  ...resourcesOfType(stack, NODE_GROUP).flatMap((group) =>
    observe(group, ["remoteAccess"], "allows no login to nodes", [
      !isUnset(group.inputs["remoteAccess"]) && "allows SSH (remoteAccess)",
    ]),
  ),
];

/** Without our launch template, EKS creates one with two metadata hops and no encryption. */
const nodesUseOwnTemplates: DataRule["check"] = (stack) => {
  const templates = resourcesOfType(stack, TEMPLATE);
  return resourcesOfType(stack, NODE_GROUP).flatMap((group) => {
    const named = objectIn(group.inputs, "launchTemplate");
    const isNamed = named["id"] !== undefined || named["name"] !== undefined;
    const isOwn = templates.some(
      (each) => each.id === named["id"] || (textIn(named, "name") || "-") === text(each, "name"),
    );
    const role = group.inputs["nodeRoleArn"];
    return observe(group, [], "uses a launch template of its stack", [
      knows(group, "launchTemplate") && group.inputs["launchTemplate"] === undefined && "has no launch template",
      isNamed && !isOwn && "uses a launch template outside its stack",
      typeof role === "string" &&
        !roleArns(stack).includes(role) &&
        `uses the role ${role}, which is outside its stack`,
    ]);
  });
};

/** ARNs of the IAM roles of a stack, or their placeholders in a plan. */
function roleArns(stack: StackResources): readonly string[] {
  return resourcesOfType(stack, "aws:iam/role:Role").map((role) => attribute(role, "arn"));
}

export const CLUSTER_RULES: readonly DataRule[] = [
  { source: "Encrypt Kubernetes secrets with KMS on existing clusters", check: secretsAreEncrypted },
  { source: "Send control plane logs to CloudWatch Logs", check: logsAreComplete },
  { source: "Change authentication mode to use access entries", check: onlyAccessEntries },
  { source: "Cluster API server endpoint", check: apiIsPrivate },
  { source: "Learn how EKS Pod Identity grants pods access to AWS services", check: podsUseOwnRoles },
  { source: "Grant IAM users access to Kubernetes with EKS access entries", check: entriesAreConfigured },
  { source: "Associate access policies with access entries", check: accessPoliciesAreConfigured },
  { source: "Amazon EKS Auto Mode node IAM role", check: autoModeUsesOwnRole },
  { source: "Use the Instance Metadata Service to access instance metadata", check: metadataNeedsTokens },
  { source: "Amazon EBS encryption", check: volumesAreEncrypted },
  { source: "Customize managed nodes with launch templates", check: nodesAllowNoLogin },
  { source: "Create a managed node group for your cluster", check: nodesUseOwnTemplates },
];
