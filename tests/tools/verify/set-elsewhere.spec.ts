import { expect } from "chai";
import type { Properties } from "../../../tools/model/resource";
import type { DeployedResource } from "../../../tools/verify/exports/export";
import { compareSetElsewhere } from "../../../tools/verify/drift/set-elsewhere";

const resource = (type: string, id: string, outputs: Properties): DeployedResource => ({
  ...{ type, name: "hub", parent: null, id, inputs: {}, defaults: [], protect: false },
  outputs,
});
const BUCKET = "aws:s3/bucket:Bucket";
const TOPIC = "aws:sns/topic:Topic";
const POLICY = '{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]}';
const ALLOWING = POLICY.replace("Deny", "Allow");
const SNS_DEFAULT = JSON.stringify({
  Version: "2008-10-17",
  Id: "__default_policy_ID",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "*" }, Condition: { StringEquals: { "AWS:SourceOwner": "111111111111" } } },
  ],
});
const LIFECYCLE = {
  ...{ id: "logs", status: "Enabled", filter: { prefix: "AWSLogs/" }, expiration: { days: 90 } },
  abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
};
const BUCKET_LIFECYCLE = {
  ...{ id: "logs", enabled: true, prefix: "AWSLogs/", expiration: { days: 90, expiredObjectDeleteMarker: false } },
  ...{ abortIncompleteMultipartUploadDays: 1, tags: {} },
};
const BY_DEFAULT = {
  rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: false },
};
const BY_KEY = {
  rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } },
};

/** The other resources of the stack. */
const OTHERS = [
  resource("aws:s3/bucketPolicy:BucketPolicy", "logs", { bucket: "logs", policy: POLICY }),
  resource("aws:s3/bucketVersioning:BucketVersioning", "logs", {
    ...{ bucket: "logs", versioningConfiguration: { status: "Enabled" } },
  }),
  resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "logs", {
    ...{ bucket: "logs", rules: [LIFECYCLE] },
  }),
  resource("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "logs", {
    ...{ bucket: "logs", objectLockEnabled: "Enabled", rule: { defaultRetention: { mode: "GOVERNANCE", days: 90 } } },
  }),
  resource("aws:sns/topicPolicy:TopicPolicy", "arn:topic", { arn: "arn:topic", policy: POLICY }),
  resource("aws:ec2/natGateway:NatGateway", "nat-1", { allocationId: "eipalloc-1", networkInterfaceId: "eni-1" }),
  resource("aws:ec2/natGateway:NatGateway", "nat-2", {
    regionalNatGatewayAddresses: [{ allocationId: "eipalloc-2", networkInterfaceId: "eni-2" }],
  }),
];

const LOCK = { objectLockEnabled: "Enabled", rule: { defaultRetention: { mode: "GOVERNANCE", days: 90, years: 0 } } };

describe("a property that another resource sets", () => {
  for (const [what, type, id, outputs] of [
    [
      "the value that the other resource sets",
      BUCKET,
      "logs",
      { policy: POLICY, versioning: { enabled: true, mfaDelete: false } },
    ],
    [
      "the lifecycle and lock that the other resources set",
      BUCKET,
      "logs",
      { lifecycleRules: [BUCKET_LIFECYCLE], objectLockConfiguration: LOCK },
    ],
    [
      "the value from before the other resource existed",
      BUCKET,
      "logs",
      { policy: "", versioning: { enabled: false } },
    ],
    ["S3's own encryption", BUCKET, "logs", { serverSideEncryptionConfiguration: BY_DEFAULT }],
    ["the default policy of SNS", TOPIC, "t", { arn: "arn:topic", policy: SNS_DEFAULT }],
    ["the interface of its NAT gateway", "aws:ec2/eip:Eip", "eipalloc-1", { networkInterface: "eni-1" }],
    ["the interface of its regional NAT gateway", "aws:ec2/eip:Eip", "eipalloc-2", { networkInterface: "eni-2" }],
  ] as const) {
    it(`is as planned if it is ${what}`, () => {
      expect(compareSetElsewhere(resource(type, id, outputs), OTHERS)).to.deep.equal([]);
    });
  }

  for (const [what, type, id, outputs, path, concern] of [
    ["another policy", BUCKET, "logs", { policy: ALLOWING }, "policy.Statement[0].Effect", "access"],
    ["a policy without the other resource", BUCKET, "results", { policy: ALLOWING }, "policy", "access"],
    [
      "another key",
      BUCKET,
      "logs",
      { serverSideEncryptionConfiguration: BY_KEY },
      "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm",
      "encryption",
    ],
    [
      "a shorter lock",
      BUCKET,
      "logs",
      { objectLockConfiguration: { ...LOCK, rule: { defaultRetention: { mode: "GOVERNANCE", days: 1 } } } },
      "objectLockConfiguration.rule.defaultRetention.days",
      "logs",
    ],
    [
      "an earlier expiry",
      BUCKET,
      "logs",
      { lifecycleRules: [{ ...BUCKET_LIFECYCLE, expiration: { days: 1 } }] },
      "lifecycleRules[0].expiration.days",
      "logs",
    ],
    [
      "an open policy of a topic",
      TOPIC,
      "t",
      { arn: "arn:topic", policy: ALLOWING },
      "policy.Statement[0].Effect",
      "access",
    ],
    ["another interface", "aws:ec2/eip:Eip", "eipalloc-1", { networkInterface: "eni-2" }, "networkInterface", "reach"],
    [
      "an interface of nobody",
      "aws:ec2/eip:Eip",
      "eipalloc-2",
      { networkInterface: "eni-3" },
      "networkInterface",
      "reach",
    ],
  ] as const) {
    it(`differs if it is ${what}`, () => {
      const found = compareSetElsewhere(resource(type, id, outputs), OTHERS);
      expect(found.map((each) => [each.path, each.concern])).to.deep.equal([[path, concern]]);
    });
  }
});
