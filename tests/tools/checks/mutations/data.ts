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
    withResource("aws:s3/bucketAcl:BucketAcl", "hub-logs", { bucket: BUCKET, acl: "public-read" }),
  ),
  inHub(
    "a copy of the archive in another bucket",
    withResource("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "hub-logs", {
      bucket: BUCKET,
      rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::other" } }],
    }),
  ),
  inHub(
    "news of the archive to somebody's queue",
    withResource("aws:s3/bucketNotification:BucketNotification", "hub-logs", { bucket: BUCKET, eventbridge: true }),
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
    withResource("aws:sns/topicSubscription:TopicSubscription", "hub-events", {
      topic: idOf("aws:sns/topic:Topic", "hub-events"),
      protocol: "email",
      endpoint: "somebody@example.com",
    }),
  ),
  inHub("a topic besides, without a key", withResource("aws:sns/topic:Topic", "hub-other", { kmsMasterKeyId: "" })),
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
    withResource("aws:ecr/replicationConfiguration:ReplicationConfiguration", "hub", {
      replicationConfiguration: { rules: [{ destinations: [{ region: "eu-west-1", registryId: "111111111111" }] }] },
    }),
  ),
  inHub("a user with a key", withResource("aws:iam/accessKey:AccessKey", "hub-robot", { user: "robot" })),
];
