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
const OPEN = POLICY.replace("Deny", "Allow");
const SNS_OWN = JSON.stringify({
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
const SHOWN_LIFECYCLE = {
  ...{ id: "logs", enabled: true, prefix: "AWSLogs/", expiration: { days: 90, expiredObjectDeleteMarker: false } },
  ...{ abortIncompleteMultipartUploadDays: 1, tags: {} },
};
const BY_DEFAULT = {
  rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: false },
};
const BY_KEY = {
  rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } },
};

/** What the other resources of the stack have set. */
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
];

const LOCK = { objectLockEnabled: "Enabled", rule: { defaultRetention: { mode: "GOVERNANCE", days: 90, years: 0 } } };

describe("what a resource shows of another one", () => {
  for (const [what, type, id, outputs] of [
    ["what the other one has set", BUCKET, "logs", { policy: POLICY, versioning: { enabled: true, mfaDelete: false } }],
    [
      "the other one's lifecycle and lock",
      BUCKET,
      "logs",
      { lifecycleRules: [SHOWN_LIFECYCLE], objectLockConfiguration: LOCK },
    ],
    ["what it was before the other one was made", BUCKET, "logs", { policy: "", versioning: { enabled: false } }],
    ["S3's own encryption", BUCKET, "logs", { serverSideEncryptionConfiguration: BY_DEFAULT }],
    ["the policy of SNS's own", TOPIC, "t", { arn: "arn:topic", policy: SNS_OWN }],
    ["the interface of its NAT gateway", "aws:ec2/eip:Eip", "eipalloc-1", { networkInterface: "eni-1" }],
  ] as const) {
    it(`is as it should be if it is ${what}`, () => {
      expect(compareSetElsewhere(resource(type, id, outputs), OTHERS)).to.deep.equal([]);
    });
  }

  for (const [what, type, id, outputs, path, concern] of [
    ["another policy", BUCKET, "logs", { policy: OPEN }, "policy.Statement[0].Effect", "access"],
    ["a policy without the other one", BUCKET, "results", { policy: OPEN }, "policy", "access"],
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
      { lifecycleRules: [{ ...SHOWN_LIFECYCLE, expiration: { days: 1 } }] },
      "lifecycleRules[0].expiration.days",
      "logs",
    ],
    [
      "an open policy of a topic",
      TOPIC,
      "t",
      { arn: "arn:topic", policy: OPEN },
      "policy.Statement[0].Effect",
      "access",
    ],
    ["another interface", "aws:ec2/eip:Eip", "eipalloc-1", { networkInterface: "eni-2" }, "networkInterface", "reach"],
  ] as const) {
    it(`differs if it is ${what}`, () => {
      const found = compareSetElsewhere(resource(type, id, outputs), OTHERS);
      expect(found.map((each) => [each.path, each.concern])).to.deep.equal([[path, concern]]);
    });
  }
});
