import { expect } from "chai";
import { logArchivePolicy } from "../../components/hub/log-archive-policy";
import { evaluate, type IamRequest } from "../support/iam";

const arn = "arn:aws:s3:::logs";
const policy = logArchivePolicy({ arn, accounts: ["111111111111", "222222222222"], region: "ap-southeast-3" });

/** A flow log of the second account is delivered. */
const delivery: IamRequest = {
  principal: "delivery.logs.amazonaws.com",
  action: "s3:PutObject",
  resource: `${arn}/AWSLogs/222222222222/vpcflowlogs/ap-southeast-3/2026/11/24/file.parquet`,
  context: {
    "aws:SourceAccount": "222222222222",
    "aws:SourceArn": "arn:aws:logs:ap-southeast-3:222222222222:*",
    "s3:x-amz-acl": "bucket-owner-full-control",
    "aws:SecureTransport": "true",
  },
};
const withContext = (context: Record<string, string>): IamRequest => ({
  ...delivery,
  context: { ...delivery.context, ...context },
});

describe("the log archive's policy", () => {
  it("takes in the logs of our accounts", () => {
    expect(evaluate(policy, delivery)).to.equal("allowed");
  });

  it("lets the delivery look before it delivers", () => {
    expect(evaluate(policy, { ...delivery, action: "s3:GetBucketAcl", resource: arn })).to.equal("allowed");
  });

  it("takes nothing in for a stranger's account", () => {
    expect(evaluate(policy, withContext({ "aws:SourceAccount": "999999999999" }))).to.equal("not allowed");
  });

  it("takes nothing in from another region", () => {
    const request = withContext({ "aws:SourceArn": "arn:aws:logs:eu-west-1:222222222222:*" });
    expect(evaluate(policy, request)).to.equal("not allowed");
  });

  it("takes nothing in beside the logs", () => {
    expect(evaluate(policy, { ...delivery, resource: `${arn}/athena-results/x` })).to.equal("not allowed");
  });

  it("lets nobody write by hand, of our own accounts neither", () => {
    const request = { ...delivery, principal: "arn:aws:iam::222222222222:role/admin" };
    expect(evaluate(policy, request)).to.equal("not allowed");
  });

  it("refuses whatever comes without TLS", () => {
    expect(evaluate(policy, withContext({ "aws:SecureTransport": "false" }))).to.equal("denied");
  });

  it("fits S3's 20 KB at 100 accounts", () => {
    const accounts = Array.from({ length: 100 }, (_, index) => String(100000000000 + index));
    const text = JSON.stringify(logArchivePolicy({ arn, accounts, region: "ap-southeast-3" }));
    expect(text.length).to.be.below(20 * 1024);
  });
});
