import { expect } from "chai";
import { stackChanges } from "../../../tools/planner/changes/compare";
import { key, type PlannedResource } from "../../../tools/planner/engine/resource";
import { plan, type Plan, type StackPlan } from "../../../tools/planner/plan";
import { evaluate } from "../../support/iam";
import { project, stack, withConfig } from "../../support/plans";
import { policyOf } from "../../support/policies";

let planned: Plan;
let hub: StackPlan;
before(async () => {
  planned = await plan(project);
  hub = stack(planned, "hub");
});

/** A resource of S3 or Athena, by the end of its type and its name. */
function made(type: string, name: string): PlannedResource {
  const found = hub.resources.find((each) => each.type.endsWith(`:${type}`) && each.name === name);
  if (found === undefined) throw new Error(`there is no ${type} ${name}`);
  return found;
}

/** What a resource comes after, at whatever distance. */
function comesAfter(resource: PlannedResource): Set<string> {
  const after = new Set(resource.dependsOn);
  for (const each of after) {
    const before = hub.resources.find((candidate) => key(candidate) === each);
    for (const next of before?.dependsOn ?? []) after.add(next);
  }
  return after;
}

// Security review M3.
describe("the log archive", () => {
  it("keeps every version of a log, and locks it for the retention time from its first moment", () => {
    expect(made("BucketVersioning", "hub-logs").inputs["versioningConfiguration"]).to.deep.equal({ status: "Enabled" });
    expect(made("BucketObjectLockConfiguration", "hub-logs").inputs["rule"]).to.deep.equal({
      defaultRetention: { mode: "GOVERNANCE", days: 90 },
    });
    expect(made("Bucket", "hub-logs").inputs["objectLockEnabled"]).to.equal(true);
  });

  it("has versions before the lock, the lock before the policy, and the policy before a log", () => {
    const lock = made("BucketObjectLockConfiguration", "hub-logs");
    const policy = made("BucketPolicy", "hub-logs");
    expect([...comesAfter(lock)]).to.include(key(made("BucketVersioning", "hub-logs")));
    expect([...comesAfter(policy)]).to.include.members([key(lock), key(made("BucketPublicAccessBlock", "hub-logs"))]);
    for (const log of [made("FlowLog", "hub"), made("ResolverQueryLogConfig", "hub")]) {
      expect([...comesAfter(log)], log.type).to.include(key(policy));
    }
  });

  it("deletes a log after the retention time, its version a day later, and what that leaves", () => {
    const clean = { noncurrentVersionExpiration: { noncurrentDays: 1 } };
    const uploads = { abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } };
    expect(made("BucketLifecycleConfiguration", "hub-logs").inputs["rules"]).to.deep.equal([
      { id: "logs", status: "Enabled", filter: { prefix: "AWSLogs/" }, expiration: { days: 90 }, ...clean, ...uploads },
      {
        ...{ id: "query-results", status: "Enabled", filter: { prefix: "athena-results/" }, expiration: { days: 7 } },
        ...{ ...clean, ...uploads },
      },
      {
        ...{ id: "delete-markers", status: "Enabled", filter: { prefix: "AWSLogs/" } },
        expiration: { expiredObjectDeleteMarker: true },
      },
    ]);
  });

  it("takes another retention time in place, for the logs to come", async () => {
    const longer = await plan(withConfig(project, "hub", { "flow-log-retention-days": 365 }));
    const { create, update, replace, delete: deleted } = stackChanges(hub.resources, stack(longer, "hub").resources);
    expect(update.map(({ name, properties }) => `${name} ${properties.join()}`).sort()).to.deep.equal([
      "aws:glue/catalogTable:CatalogTable::hub-logs parameters",
      "aws:glue/catalogTable:CatalogTable::hub-transit parameters",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration::hub-logs rules",
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration::hub-logs rule",
    ]);
    expect([create, replace, deleted]).to.deep.equal([[], [], []]);
  });

  it("gets its lock in place where it is there already: no bucket is replaced", () => {
    const before = hub.resources
      .filter(({ type }) => !/ObjectLock|Versioning/.test(type))
      .map((each) => (key(each) === "aws:s3/bucket:Bucket::hub-logs" ? without(each, "objectLockEnabled") : each));
    expect(stackChanges(before, hub.resources)).to.deep.equal({
      create: [
        "aws:s3/bucketVersioning:BucketVersioning::hub-logs",
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration::hub-logs",
      ],
      ...{ update: [], replace: [], delete: [] },
    });
  });
});

function without(resource: PlannedResource, property: string): PlannedResource {
  const inputs = Object.fromEntries(Object.entries(resource.inputs).filter(([name]) => name !== property));
  return { ...resource, inputs };
}

describe("the results of queries", () => {
  const BUCKET = "${aws:s3/bucket:Bucket::hub-logs-results}";

  it("are in a bucket of their own, to which Athena writes whatever location a client requests", () => {
    expect(made("Workgroup", "hub-logs").inputs["configuration"]).to.deep.equal({
      enforceWorkgroupConfiguration: true,
      resultConfiguration: {
        outputLocation: `s3://${BUCKET}/results/`,
        encryptionConfiguration: { encryptionOption: "SSE_S3" },
      },
    });
  });

  it("are private, encrypted and gone after 7 days, without versions", () => {
    expect(made("BucketPublicAccessBlock", "hub-logs-results").inputs).to.deep.equal({
      ...{ bucket: BUCKET, blockPublicAcls: true, blockPublicPolicy: true },
      ...{ ignorePublicAcls: true, restrictPublicBuckets: true },
    });
    expect(made("BucketOwnershipControls", "hub-logs-results").inputs["rule"]).to.deep.equal({
      objectOwnership: "BucketOwnerEnforced",
    });
    expect(made("BucketServerSideEncryptionConfiguration", "hub-logs-results").inputs["rules"]).to.deep.equal([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    expect(made("BucketLifecycleConfiguration", "hub-logs-results").inputs["rules"]).to.deep.equal([
      {
        ...{ id: "results", status: "Enabled", filter: { prefix: "results/" }, expiration: { days: 7 } },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
    ]);
    expect(() => made("BucketVersioning", "hub-logs-results")).to.throw("there is no BucketVersioning");
  });

  it("need TLS, and the bucket's policy allows nobody to read them", () => {
    const policy = policyOf(planned, "hub", "aws:s3/bucketPolicy:BucketPolicy::hub-logs-results");
    const asks = (tls: string): string =>
      evaluate(policy, {
        principal: "arn:aws:iam::111111111111:role/x",
        action: "s3:GetObject",
        resource: "${aws:s3/bucket:Bucket::hub-logs-results.arn}/results/x.csv",
        context: { "aws:SecureTransport": tls },
      });
    expect(asks("false")).to.equal("denied");
    expect(asks("true")).to.equal("not allowed");
  });

  it("are as guarded as the stack: whatever is in the bucket goes with it", () => {
    expect(made("Bucket", "hub-logs-results").inputs["forceDestroy"]).to.equal(true);
    expect(made("Bucket", "hub-logs-results").options.protect).to.equal(true);
  });
});

// Review C7.
describe("the saved queries", () => {
  it("pass over what is no address, rather than fail", () => {
    const sql = hub.resources.filter(({ type }) => type.endsWith(":NamedQuery")).map(({ inputs }) => inputs["query"]);
    expect(sql.filter((each) => /(?<!TRY_)CAST\(/.test(String(each)))).to.deep.equal([]);
    expect(sql.filter((each) => String(each).includes("TRY_CAST(pkt_dstaddr AS ipaddress)"))).to.have.length(1);
  });
});
