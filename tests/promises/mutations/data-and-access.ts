import { idOf, more, withInputs, withPolicy, without, type Bend } from "../../support/bend";
import { on, type Mutation } from "./mutation";

const CHECK = ["data-and-access-are-guarded"];
const inHub = (what: string, ...bends: readonly Bend[]): Mutation => on("hub", what, CHECK, ...bends);
const inDev = (what: string, ...bends: readonly Bend[]): Mutation => on("dev", what, CHECK, ...bends);

const BUCKET = idOf("aws:s3/bucket:Bucket", "hub-logs");
const PRIVATE = "s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const TLS = /\{"Sid":"(?:TlsOnly|RefuseWithoutTls)".*?\}\}\}/;
const NOTHING = '{"Effect":"Deny","Principal":"*","Action":"s3:None","Resource":"*"}';
const CLUSTER = "eks/cluster:Cluster";
const TEMPLATE = "ec2/launchTemplate:LaunchTemplate";
const DISK = { deviceName: "/dev/xvda", ebs: { volumeSize: 50, volumeType: "gp3" } };
const STRANGER = "arn:aws:iam::222222222222:role/somebody";

const vpcConfig = {
  subnetIds: [1, 2].map((zone) => idOf("aws:ec2/subnet:Subnet", `dev-private-${String(zone)}`)),
  endpointPrivateAccess: true,
};

/** Review M2, H2: each breaks one rule of the check, and no other check. */
export const DATA_AND_ACCESS: readonly Mutation[] = [
  ...["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map((property) =>
    inHub(`an archive without ${property}`, withInputs(PRIVATE, "hub-logs", { [property]: false })),
  ),
  inHub("an archive without a public access block", without(PRIVATE, "hub-logs")),
  inHub("results of queries without a public access block", without(PRIVATE, "hub-logs-results")),
  inHub(
    "an archive with access control lists",
    withInputs("s3/bucketOwnershipControls:BucketOwnershipControls", "hub-logs", {
      rule: { objectOwnership: "ObjectWriter" },
    }),
  ),
  inHub(
    "an archive without encryption",
    without("s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "hub-logs"),
  ),
  inHub(
    "an archive that answers without TLS",
    withPolicy("s3/bucketPolicy:BucketPolicy", "hub-logs", "policy", TLS, NOTHING),
  ),
  inHub(
    "an archive that answers its readers alone without TLS",
    withPolicy(
      "s3/bucketPolicy:BucketPolicy",
      "hub-logs",
      "policy",
      /("Sid":"TlsOnly","Effect":"Deny","Principal":)"\*"/,
      '$1{"AWS":"arn:aws:iam::222222222222:root"}',
    ),
  ),
  inHub("an archive without versions", without("s3/bucketVersioning:BucketVersioning", "hub-logs")),
  inHub(
    "an archive whose versions are suspended",
    withInputs("s3/bucketVersioning:BucketVersioning", "hub-logs", {
      versioningConfiguration: { status: "Suspended" },
    }),
  ),
  inHub(
    "an archive without a lock",
    without("s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "hub-logs"),
  ),
  inHub(
    "an archive that locks logs for a day",
    withInputs("s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "hub-logs", {
      rule: { defaultRetention: { mode: "GOVERNANCE", days: 1 } },
    }),
  ),
  inHub(
    "an archive whose logs the role that deploys may delete",
    withPolicy("s3/bucketPolicy:BucketPolicy", "hub-logs", "policy", '"s3:DeleteObject*",', ""),
  ),
  inHub(
    "an archive that everybody reads by its access control list",
    withInputs("s3/bucket:Bucket", "hub-logs", {
      grants: [{ type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers", permissions: ["READ"] }],
    }),
  ),
  inHub("an archive as a website", withInputs("s3/bucket:Bucket", "hub-logs", { website: { indexDocument: "i" } })),
  inHub(
    "an access control list of the archive",
    more("aws:s3/bucketAcl:BucketAcl", "hub-logs", { bucket: BUCKET, acl: "public-read" }),
  ),
  inHub(
    "a copy of the archive in another bucket",
    more("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "hub-logs", {
      bucket: BUCKET,
      rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::other" } }],
    }),
  ),
  inHub(
    "news of the archive to somebody's queue",
    more("aws:s3/bucketNotification:BucketNotification", "hub-logs", { bucket: BUCKET, eventbridge: true }),
  ),
  inHub(
    "results of queries that are written in the clear",
    withInputs("athena/workgroup:Workgroup", "hub-logs", {
      configuration: { resultConfiguration: { outputLocation: `s3://${BUCKET}/results/` } },
    }),
  ),
  inHub(
    "results of queries in somebody's bucket",
    withInputs("athena/workgroup:Workgroup", "hub-logs", {
      configuration: {
        resultConfiguration: {
          encryptionConfiguration: { encryptionOption: "SSE_S3" },
          outputLocation: "s3://there/results/",
        },
      },
    }),
  ),
  inHub(
    "a topic that takes messages without TLS",
    withPolicy("sns/topicPolicy:TopicPolicy", "hub-events", "policy", /"aws:SecureTransport":"false"/, '"aws:x":"y"'),
  ),
  inHub(
    "the network's events by mail to somebody",
    more("aws:sns/topicSubscription:TopicSubscription", "hub-events", {
      topic: idOf("aws:sns/topic:Topic", "hub-events"),
      protocol: "email",
      endpoint: "somebody@example.com",
    }),
  ),
  inHub("a topic besides, without a key", more("aws:sns/topic:Topic", "hub-other", { kmsMasterKeyId: "" })),
  inHub(
    "a repository whose tags move",
    withInputs("ecr/repository:Repository", "hub-images-piksel-core", { imageTagMutability: "MUTABLE" }),
  ),
  inHub(
    "a repository whose images nobody scans",
    withInputs("ecr/repository:Repository", "hub-images-piksel-core", {
      imageScanningConfiguration: { scanOnPush: false },
    }),
  ),
  inHub(
    "cached images without encryption",
    withInputs("ecr/repositoryCreationTemplate:RepositoryCreationTemplate", "hub-cache-quay", {
      encryptionConfigurations: [],
    }),
  ),
  inHub(
    "copies of the images in another Region",
    more("aws:ecr/replicationConfiguration:ReplicationConfiguration", "hub", {
      replicationConfiguration: { rules: [{ destinations: [{ region: "eu-west-1", registryId: "111111111111" }] }] },
    }),
  ),
  inHub("a user with a key", more("aws:iam/accessKey:AccessKey", "hub-robot", { user: "robot" })),
  inDev("a queue in the clear", withInputs("sqs/queue:Queue", "dev-karpenter", { sqsManagedSseEnabled: false })),
  inDev(
    "a queue that takes messages without TLS",
    withPolicy("sqs/queuePolicy:QueuePolicy", "dev-karpenter", "policy", '"sqs:*"', '"sqs:ListQueueTags"'),
  ),
  inDev("a key that is never rotated", withInputs("kms/key:Key", "dev-cluster", { enableKeyRotation: false })),
  inDev("a grant of the key", more("aws:kms/grant:Grant", "dev", { granteePrincipal: STRANGER, operations: [] })),
  inDev("secrets without a key", withInputs(CLUSTER, "dev-eksCluster", { encryptionConfig: undefined })),
  inDev(
    "secrets under somebody's key",
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
    "a cluster that reads its ConfigMap",
    withInputs(CLUSTER, "dev-eksCluster", {
      accessConfig: { authenticationMode: "API_AND_CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: false },
    }),
  ),
  inDev(
    "a cluster whose maker administers it",
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
    "an API that two halves of the internet reach",
    [...CHECK, "internet-reaches-nothing"],
    withInputs(CLUSTER, "dev-eksCluster", {
      vpcConfig: { ...vpcConfig, endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/1", "128.0.0.0/1"] },
    }),
  ),
  inDev(
    "an API that a block reaches which nobody configured",
    withInputs(CLUSTER, "dev-eksCluster", {
      vpcConfig: { ...vpcConfig, endpointPublicAccess: true, publicAccessCidrs: ["198.51.100.0/24"] },
    }),
  ),
  inDev(
    "an administrator whom nobody configured",
    more("aws:eks/accessEntry:AccessEntry", "dev-somebody", { clusterName: "piksel-dev", principalArn: STRANGER }),
    more("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "dev-somebody", {
      clusterName: "piksel-dev",
      principalArn: STRANGER,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    }),
  ),
  inDev(
    "nodes in a group of administrators",
    withInputs("eks/accessEntry:AccessEntry", "dev-karpenter-node", { kubernetesGroups: ["system:masters"] }),
  ),
  inDev(
    "nodes that administer the cluster",
    more("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "dev-karpenter-node", {
      clusterName: "piksel-dev",
      principalArn: idOf("aws:iam/role:Role", "dev-karpenter-node").replace("}", ".arn}"),
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    }),
  ),
  inDev(
    "pods with a role from elsewhere",
    withInputs("eks/podIdentityAssociation:PodIdentityAssociation", "dev-karpenter", { roleArn: STRANGER }),
  ),
  ...[
    { what: "without tokens", metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 } },
    { what: "for pods", metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 } },
    { what: "as EC2 gives it by default", metadataOptions: undefined },
  ].map(({ what, metadataOptions }) =>
    inDev(`metadata ${what}`, withInputs(TEMPLATE, "dev-system-1", { metadataOptions })),
  ),
  inDev("a disk in the clear", withInputs(TEMPLATE, "dev-system-2", { blockDeviceMappings: [DISK] })),
  inDev("nodes with a key pair", withInputs(TEMPLATE, "dev-system-1", { keyName: "mine" })),
  inDev("nodes that run a script", withInputs(TEMPLATE, "dev-system-1", { userData: "IyEvYmluL3No" })),
  on(
    "dev",
    "nodes that SSH reaches",
    [...CHECK, "internet-reaches-nothing"],
    withInputs("eks/nodeGroup:NodeGroup", "dev-system-1", { remoteAccess: { ec2SshKey: "mine" } }),
  ),
  inDev(
    "nodes without a launch template",
    withInputs("eks/nodeGroup:NodeGroup", "dev-system-1", { launchTemplate: undefined }),
  ),
  on(
    "dev",
    "a machine of its own",
    [...CHECK, "ways-are-known"],
    more("aws:ec2/instance:Instance", "dev-bastion", { instanceType: "t4g.nano" }),
  ),
  on(
    "dev",
    "a stack of templates",
    [...CHECK, "ways-are-known"],
    more("aws:cloudformation/stack:Stack", "dev-other", { templateUrl: "https://example.com/t.json" }),
  ),
  inDev(
    "a bucket by another provider",
    more("aws-native:s3:Bucket", "dev-other", { publicAccessBlockConfiguration: { blockPublicAcls: false } }),
  ),
];
