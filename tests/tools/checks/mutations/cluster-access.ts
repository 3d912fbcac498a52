import { idOf, withInputs, withPolicy, withResource, type Modification } from "../../../support/modifications";
import { on, type Mutation } from "./mutation";

const CHECK = ["data-and-access-are-protected"];
const inDev = (what: string, ...modifications: readonly Modification[]): Mutation =>
  on("dev", what, CHECK, ...modifications);

const CLUSTER = "eks/cluster:Cluster";
const TEMPLATE = "ec2/launchTemplate:LaunchTemplate";
const DISK = { deviceName: "/dev/xvda", ebs: { volumeSize: 50, volumeType: "gp3" } };
const OTHER_ROLE = "arn:aws:iam::222222222222:role/somebody";

const vpcConfig = {
  subnetIds: [1, 2].map((zone) => idOf("aws:ec2/subnet:Subnet", `dev-private-${String(zone)}`)),
  endpointPrivateAccess: true,
};

/** Each breaks one rule of the check in a spoke, and no other check unless listed (review M2, H2). */
export const CLUSTER_ACCESS: readonly Mutation[] = [
  inDev("an unencrypted queue", withInputs("sqs/queue:Queue", "dev-karpenter", { sqsManagedSseEnabled: false })),
  inDev(
    "a queue that allows messages without TLS",
    withPolicy("sqs/queuePolicy:QueuePolicy", "dev-karpenter", "policy", '"sqs:*"', '"sqs:ListQueueTags"'),
  ),
  inDev("a key without rotation", withInputs("kms/key:Key", "dev-cluster", { enableKeyRotation: false })),
  inDev(
    "a grant of a key",
    withResource("aws:kms/grant:Grant", "dev", { granteePrincipal: OTHER_ROLE, operations: [] }),
  ),
  inDev("secrets without a key", withInputs(CLUSTER, "dev-eksCluster", { encryptionConfig: undefined })),
  inDev(
    "secrets encrypted with a key outside the stack",
    withInputs(CLUSTER, "dev-eksCluster", {
      encryptionConfig: {
        provider: { keyArn: "arn:aws:kms:ap-southeast-3:222222222222:key/other" },
        resources: ["secrets"],
      },
    }),
  ),
  inDev(
    "a control plane without an audit log",
    withInputs(CLUSTER, "dev-eksCluster", {
      enabledClusterLogTypes: ["api", "authenticator", "controllerManager", "scheduler"],
    }),
  ),
  inDev(
    "a cluster that reads the aws-auth ConfigMap",
    withInputs(CLUSTER, "dev-eksCluster", {
      accessConfig: { authenticationMode: "API_AND_CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: false },
    }),
  ),
  inDev(
    "nodes of EKS Auto Mode with a role outside the stack",
    withInputs(CLUSTER, "dev-eksCluster", {
      computeConfig: { enabled: true, nodePools: ["system"], nodeRoleArn: OTHER_ROLE },
    }),
  ),
  inDev(
    "a cluster administered by its creator",
    withInputs(CLUSTER, "dev-eksCluster", { accessConfig: { authenticationMode: "API" } }),
  ),
  inDev(
    "an API without a private endpoint",
    withInputs(CLUSTER, "dev-eksCluster", {
      vpcConfig: { ...vpcConfig, endpointPrivateAccess: false, endpointPublicAccess: false },
    }),
  ),
  on(
    "dev",
    "an API open to both halves of the internet",
    [...CHECK, "not-reachable-from-the-internet"],
    withInputs(CLUSTER, "dev-eksCluster", {
      vpcConfig: { ...vpcConfig, endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/1", "128.0.0.0/1"] },
    }),
  ),
  inDev(
    "an API open to a CIDR that is not configured",
    withInputs(CLUSTER, "dev-eksCluster", {
      vpcConfig: { ...vpcConfig, endpointPublicAccess: true, publicAccessCidrs: ["198.51.100.0/24"] },
    }),
  ),
  inDev(
    "an administrator who is not configured",
    withResource("aws:eks/accessEntry:AccessEntry", "dev-somebody", {
      clusterName: "piksel-dev",
      principalArn: OTHER_ROLE,
    }),
    withResource("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "dev-somebody", {
      clusterName: "piksel-dev",
      principalArn: OTHER_ROLE,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    }),
  ),
  inDev(
    "nodes in a Kubernetes group of administrators",
    withInputs("eks/accessEntry:AccessEntry", "dev-karpenter-node", { kubernetesGroups: ["system:masters"] }),
  ),
  inDev(
    "nodes that administer the cluster",
    withResource("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "dev-karpenter-node", {
      clusterName: "piksel-dev",
      principalArn: idOf("aws:iam/role:Role", "dev-karpenter-node").replace("}", ".arn}"),
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    }),
  ),
  inDev(
    "pods with a role outside the stack",
    withInputs("eks/podIdentityAssociation:PodIdentityAssociation", "dev-karpenter", { roleArn: OTHER_ROLE }),
  ),
  ...Object.entries({
    "another spoke's role for records": "arn:aws:iam::111111111111:role/piksel-dns-records-prod",
    "a role for records outside the hub": "arn:aws:iam::333333333333:role/piksel-dns-records-dev",
  }).map(([what, targetRoleArn]) =>
    inDev(
      `pods with ${what}`,
      withInputs("eks/podIdentityAssociation:PodIdentityAssociation", "dev-external-dns", { targetRoleArn }),
    ),
  ),
  ...[
    { what: "without tokens", metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 } },
    { what: "for pods", metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 } },
    { what: "with EC2's defaults", metadataOptions: undefined },
  ].map(({ what, metadataOptions }) =>
    inDev(`metadata ${what}`, withInputs(TEMPLATE, "dev-system-1", { metadataOptions })),
  ),
  inDev("an unencrypted EBS volume", withInputs(TEMPLATE, "dev-system-2", { blockDeviceMappings: [DISK] })),
  inDev("nodes with a key pair", withInputs(TEMPLATE, "dev-system-1", { keyName: "mine" })),
  inDev("nodes that run a script", withInputs(TEMPLATE, "dev-system-1", { userData: "IyEvYmluL3No" })),
  on(
    "dev",
    "nodes with remote access by SSH",
    [...CHECK, "not-reachable-from-the-internet"],
    withInputs("eks/nodeGroup:NodeGroup", "dev-system-1", { remoteAccess: { ec2SshKey: "mine" } }),
  ),
  inDev(
    "nodes without a launch template",
    withInputs("eks/nodeGroup:NodeGroup", "dev-system-1", { launchTemplate: undefined }),
  ),
  on(
    "dev",
    "an instance outside of node groups",
    [...CHECK, "paths-are-fully-modeled"],
    withResource("aws:ec2/instance:Instance", "dev-bastion", { instanceType: "t4g.nano" }),
  ),
  on(
    "dev",
    "a CloudFormation stack",
    [...CHECK, "paths-are-fully-modeled"],
    withResource("aws:cloudformation/stack:Stack", "dev-other", { templateUrl: "https://example.com/t.json" }),
  ),
  inDev(
    "a bucket of another provider",
    withResource("aws-native:s3:Bucket", "dev-other", { publicAccessBlockConfiguration: { blockPublicAcls: false } }),
  ),
];
