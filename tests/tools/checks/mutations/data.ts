import { idOf, withInputs, without, withPolicy, withResource, type Modification } from "../../../support/modifications";
import { on, type Mutation } from "./mutation";

const CHECK = ["data-and-access-are-protected"];
const inHub = (what: string, ...modifications: readonly Modification[]): Mutation =>
  on("hub", what, CHECK, ...modifications);

const BUCKET = idOf("aws:s3/bucket:Bucket", "hub-logs");
const PRIVATE = "s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const TLS = /\{"Sid":"(?:TlsOnly|RefuseWithoutTls)".*?\}\}\}/;
const NOTHING = '{"Effect":"Deny","Principal":"*","Action":"s3:None","Resource":"*"}';

/** Each breaks one rule of the check, and no other check (review M2, H2). */
export const DATA: readonly Mutation[] = [
  ...["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].map((property) =>
    inHub(`an archive without ${property}`, withInputs(PRIVATE, "hub-logs", { [property]: false })),
  ),
  inHub("an archive without a public access block", without(PRIVATE, "hub-logs")),
  inHub("the bucket for query results without a public access block", without(PRIVATE, "hub-logs-results")),
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
    "an archive that allows requests without TLS",
    withPolicy("s3/bucketPolicy:BucketPolicy", "hub-logs", "policy", TLS, NOTHING),
  ),
  inHub(
    "an archive that denies requests without TLS only to one account",
    withPolicy(
      "s3/bucketPolicy:BucketPolicy",
      "hub-logs",
      "policy",
      /("Sid":"TlsOnly","Effect":"Deny","Principal":)"\*"/,
      '$1{"AWS":"arn:aws:iam::222222222222:root"}',
    ),
  ),
  inHub("an archive without versioning", without("s3/bucketVersioning:BucketVersioning", "hub-logs")),
  inHub(
    "an archive with suspended versioning",
    withInputs("s3/bucketVersioning:BucketVersioning", "hub-logs", {
      versioningConfiguration: { status: "Suspended" },
    }),
  ),
  inHub(
    "an archive without Object Lock",
    without("s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "hub-logs"),
  ),
  inHub(
    "an archive that locks logs for one day",
    withInputs("s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "hub-logs", {
      rule: { defaultRetention: { mode: "GOVERNANCE", days: 1 } },
    }),
  ),
  inHub(
    "an archive that lets the deployment role delete logs",
    withPolicy("s3/bucketPolicy:BucketPolicy", "hub-logs", "policy", '"s3:DeleteObject*",', ""),
  ),
  inHub(
    "an archive that everybody may read by ACL",
    withInputs("s3/bucket:Bucket", "hub-logs", {
      grants: [{ type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers", permissions: ["READ"] }],
    }),
  ),
  inHub("an archive as a website", withInputs("s3/bucket:Bucket", "hub-logs", { website: { indexDocument: "i" } })),
  inHub(
    "an ACL of the archive",
    withResource("aws:s3/bucketAcl:BucketAcl", "hub-logs", { bucket: BUCKET, acl: "public-read" }),
  ),
  inHub(
    "replication of the archive to another bucket",
    withResource("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "hub-logs", {
      bucket: BUCKET,
      rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::other" } }],
    }),
  ),
  inHub(
    "event notifications of the archive",
    withResource("aws:s3/bucketNotification:BucketNotification", "hub-logs", { bucket: BUCKET, eventbridge: true }),
  ),
  inHub(
    "unencrypted query results",
    withInputs("athena/workgroup:Workgroup", "hub-logs", {
      configuration: { resultConfiguration: { outputLocation: `s3://${BUCKET}/results/` } },
    }),
  ),
  inHub(
    "query results in a bucket outside the stack",
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
    "a topic that allows messages without TLS",
    withPolicy("sns/topicPolicy:TopicPolicy", "hub-events", "policy", /"aws:SecureTransport":"false"/, '"aws:x":"y"'),
  ),
  inHub(
    "the network's events by email to an outsider",
    withResource("aws:sns/topicSubscription:TopicSubscription", "hub-events", {
      topic: idOf("aws:sns/topic:Topic", "hub-events"),
      protocol: "email",
      endpoint: "somebody@example.com",
    }),
  ),
  inHub("another topic, without a KMS key", withResource("aws:sns/topic:Topic", "hub-other", { kmsMasterKeyId: "" })),
  inHub(
    "a repository with mutable tags",
    withInputs("ecr/repository:Repository", "hub-images-piksel-core", { imageTagMutability: "MUTABLE" }),
  ),
  inHub(
    "a repository without image scans",
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
    "replication of images to another Region",
    withResource("aws:ecr/replicationConfiguration:ReplicationConfiguration", "hub", {
      replicationConfiguration: { rules: [{ destinations: [{ region: "eu-west-1", registryId: "111111111111" }] }] },
    }),
  ),
  inHub("a user with an access key", withResource("aws:iam/accessKey:AccessKey", "hub-robot", { user: "robot" })),
];
