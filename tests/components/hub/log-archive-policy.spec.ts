import { expect } from "chai";
import { logArchivePolicy } from "../../../components/hub/log-archive";
import { membersOf, type Members } from "../../../components/members";
import { evaluate, type IamRequest } from "../../support/iam";

const HUB = "111111111111";
const DEV = "222222222222";
const STRANGER = "999999999999";
const REGION = "ap-southeast-3";
const arn = "arn:aws:s3:::logs";

const archive = (members: Members) => logArchivePolicy({ arn, members, account: HUB, region: REGION });
const byAccount = membersOf({ shareWith: [], hub: HUB, accounts: [HUB, DEV] });
const policy = archive(byAccount);

/** A flow log of the second account is delivered. */
const delivery: IamRequest = {
  principal: "delivery.logs.amazonaws.com",
  action: "s3:PutObject",
  resource: `${arn}/AWSLogs/${DEV}/vpcflowlogs/ap-southeast-3/2026/11/24/file.parquet`,
  context: {
    "aws:SourceAccount": DEV,
    "aws:SourceArn": `arn:aws:logs:ap-southeast-3:${DEV}:*`,
    "aws:SecureTransport": "true",
  },
};
const withContext = (context: IamRequest["context"]): IamRequest => ({
  ...delivery,
  context: { ...delivery.context, ...context },
});

describe("the log archive's policy", () => {
  it("takes in the logs of our accounts, whether AWS sends a header for access control lists or none", () => {
    // Review A6: under BucketOwnerEnforced delivery may send none.
    expect(evaluate(policy, delivery)).to.equal("allowed");
    expect(evaluate(policy, withContext({ "s3:x-amz-acl": "bucket-owner-full-control" }))).to.equal("allowed");
    const hub = { "aws:SourceAccount": HUB, "aws:SourceArn": `arn:aws:logs:ap-southeast-3:${HUB}:*` };
    expect(evaluate(policy, withContext(hub))).to.equal("allowed");
  });

  it("lets the delivery look before it delivers", () => {
    expect(evaluate(policy, { ...delivery, action: "s3:GetBucketAcl", resource: arn })).to.equal("allowed");
    expect(evaluate(policy, { ...delivery, action: "s3:ListBucket", resource: arn })).to.equal("allowed");
  });

  it("accepts no logs of an account outside", () => {
    const stranger = { "aws:SourceAccount": STRANGER, "aws:SourceArn": `arn:aws:logs:ap-southeast-3:${STRANGER}:*` };
    expect(evaluate(policy, withContext(stranger))).to.equal("not allowed");
  });

  it("takes nothing in from another region", () => {
    const request = withContext({ "aws:SourceArn": `arn:aws:logs:eu-west-1:${DEV}:*` });
    expect(evaluate(policy, request)).to.equal("not allowed");
  });

  it("takes nothing in beside the logs", () => {
    expect(evaluate(policy, { ...delivery, resource: `${arn}/athena-results/x` })).to.equal("not allowed");
  });

  it("lets nobody write by hand, of our own accounts neither", () => {
    const request = { ...delivery, principal: `arn:aws:iam::${DEV}:role/admin` };
    expect(evaluate(policy, request)).to.equal("not allowed");
  });

  it("refuses whatever comes without TLS", () => {
    expect(evaluate(policy, withContext({ "aws:SecureTransport": "false" }))).to.equal("denied");
  });

  it("fits S3's 20 KB at 100 accounts, and at 1,000 of an organization", () => {
    const accounts = Array.from({ length: 1_000 }, (_, index) => String(100000000000 + index));
    const hundred = membersOf({ shareWith: [], hub: HUB, accounts: accounts.slice(0, 100) });
    expect(JSON.stringify(archive(hundred)).length).to.be.below(20 * 1024);
    const unit = "arn:aws:organizations::111111111111:ou/o-a1b2c3d4e5/ou-ab12-11111111";
    const thousand = membersOf({ shareWith: [unit], hub: HUB, accounts });
    expect(JSON.stringify(archive(thousand)).length).to.be.below(4 * 1024);
  });
});

// Review A5.
describe("what AWS looks for in the policy before it makes a log", () => {
  it("is there in the words of the CloudWatch Logs User Guide, for the bucket's account", () => {
    // The guide's example of "Logs sent to Amazon S3", with its bucket, account and region put in.
    const condition = {
      StringEquals: { "aws:SourceAccount": [HUB] },
      ArnLike: { "aws:SourceArn": [`arn:aws:logs:${REGION}:${HUB}:*`] },
    };
    expect(policy.Statement.slice(0, 2)).to.deep.equal([
      {
        Sid: "AWSLogDeliveryAclCheck",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:GetBucketAcl",
        Resource: arn,
        Condition: condition,
      },
      {
        Sid: "AWSLogDeliveryWrite",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${arn}/AWSLogs/${HUB}/*`,
        Condition: {
          ...condition,
          StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": [HUB] },
        },
      },
    ]);
  });

  it("is no NotAction and no NotPrincipal, with which AWS makes no log", () => {
    expect(JSON.stringify(policy)).not.to.match(/"Not(Action|Principal)"/);
  });
});

// Security review M3.
describe("a role that deploys stacks", () => {
  const asks = (action: string, role: string, account = HUB): string =>
    evaluate(policy, {
      principal: `arn:aws:iam::${account}:role/${role}`,
      action,
      resource: `${arn}/AWSLogs/${DEV}/vpcflowlogs/file.parquet`,
      context: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/${role}`, "aws:SecureTransport": "true" },
    });

  it("reads no log, writes none, deletes none, and changes no lock", () => {
    const denied = [
      ...["GetObject", "GetObjectVersion", "PutObject", "PutObjectRetention", "PutObjectLegalHold", "DeleteObject"],
      ...["DeleteObjectVersion", "BypassGovernanceRetention"],
    ];
    for (const action of denied.map((each) => `s3:${each}`)) {
      expect(asks(action, "pulumi-deployments/piksel-network-hub-deployment"), action).to.equal("denied");
    }
  });

  it("applies only to roles with the path: an administrator's role is not denied here", () => {
    expect(asks("s3:BypassGovernanceRetention", "administrator")).to.equal("not allowed");
    expect(asks("s3:DeleteObjectVersion", "administrator/pulumi-deployments")).to.equal("not allowed");
  });

  it("may change the bucket itself, as far as its own policies let it", () => {
    const { principal, context } = {
      principal: `arn:aws:iam::${HUB}:role/pulumi-deployments/x`,
      context: { "aws:PrincipalArn": `arn:aws:iam::${HUB}:role/pulumi-deployments/x`, "aws:SecureTransport": "true" },
    };
    const request = { principal, context, action: "s3:PutLifecycleConfiguration", resource: arn };
    expect(evaluate(policy, request)).to.equal("not allowed");
  });

  it("does not stop the log delivery, which has no role", () => {
    expect(evaluate(policy, delivery)).to.equal("allowed");
  });
});

describe("the archive of a hub that is shared with an organization", () => {
  const organization = archive(
    membersOf({
      ...{ shareWith: ["arn:aws:organizations::111111111111:organization/o-a1b2c3d4e5"], hub: HUB, accounts: [HUB] },
    }),
  );
  const of = (id: string): IamRequest => withContext({ "aws:SourceAccount": "555555555555", "aws:SourceOrgID": id });

  it("accepts the logs of its members only", () => {
    expect(evaluate(organization, of("o-a1b2c3d4e5"))).to.equal("allowed");
    expect(evaluate(organization, of("o-0000000000"))).to.equal("not allowed");
    expect(evaluate(organization, delivery)).to.equal("not allowed");
  });

  it("takes in the hub's own where the hub is not in the shared OU", () => {
    const unit = "arn:aws:organizations::111111111111:ou/o-a1b2c3d4e5/ou-ab12-11111111";
    const document = archive(membersOf({ shareWith: [unit], hub: HUB, accounts: [HUB] }));
    const hub = { "aws:SourceAccount": HUB, "aws:SourceArn": `arn:aws:logs:ap-southeast-3:${HUB}:*` };
    expect(evaluate(document, withContext(hub))).to.equal("allowed");
    const inside = { "aws:SourceOrgPaths": ["o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"] };
    expect(evaluate(document, withContext(inside))).to.equal("allowed");
    expect(evaluate(document, withContext({ "aws:SourceOrgPaths": ["o-a1b2c3d4e5/r-ab12/"] }))).to.equal("not allowed");
  });
});
