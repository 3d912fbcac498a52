import { expect } from "chai";
import { AWS_BUCKETS, bucketsIn, REGISTRY_BUCKETS } from "../../../components/facts/s3-endpoint-buckets";
import { s3EndpointPolicy } from "../../../components/network/s3-endpoint";
import { evaluate } from "../../support/iam";

const registries = (region: string): string[] =>
  bucketsIn(region, REGISTRY_BUCKETS).map(({ bucket, for: registry }) => `${registry} ${bucket}`);

/** What somebody without our credentials gets of a bucket. */
const reads = (region: string, bucket: string, action = "s3:GetObject"): string =>
  evaluate(s3EndpointPolicy(["222222222222"], region), {
    ...{ principal: "*", action, resource: `arn:aws:s3:::${bucket}/containers/images/sha256:abc` },
  });

// Review A1.
describe("the buckets that public registries redirect to", () => {
  it("are the region's own of registry.k8s.io", () => {
    expect(registries("ap-southeast-3")).to.deep.equal(["registry.k8s.io prod-registry-k8s-io-ap-southeast-3"]);
    expect(registries("eu-central-1")).to.deep.equal(["registry.k8s.io prod-registry-k8s-io-eu-central-1"]);
  });

  it("are under another name in London", () => {
    expect(registries("eu-west-2")).to.deep.equal([
      "registry.k8s.io 767373bbdcb8270361b96548387bf2a9ad0d48758c35-eu-west-2",
    ]);
  });

  it("are none where the registry sends clients to another region, whose bucket is reached by NAT", () => {
    expect(registries("me-south-1")).to.deep.equal([]);
    expect(registries("ap-east-2")).to.deep.equal([]);
    expect(registries("xx-new-1")).to.deep.equal([]);
  });

  it("are those of quay.io and Docker Hub in us-east-1 besides", () => {
    expect(registries("us-east-1")).to.deep.equal([
      "registry.k8s.io prod-registry-k8s-io-us-east-1",
      "quay.io quayio-production-s3",
      "docker.io docker-images-prod",
    ]);
  });

  it("are names that S3 knows, each list with a source and a month", () => {
    for (const { source, asOf, buckets } of [...AWS_BUCKETS, ...REGISTRY_BUCKETS]) {
      expect(source).to.match(/^\w.+[,"]/);
      expect(asOf).to.match(/^20\d\d-\d\d$/);
      for (const { bucket } of [...buckets("us-east-1"), ...buckets("us-west-2")]) {
        expect(bucket).to.match(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
      }
    }
  });
});

describe("the policy of an S3 endpoint", () => {
  it("lets everybody read what AWS and the registries redirect to, and write none of it", () => {
    for (const region of ["ap-southeast-3", "eu-west-2", "us-east-1", "us-west-2"]) {
      for (const { bucket } of bucketsIn(region, [...AWS_BUCKETS, ...REGISTRY_BUCKETS])) {
        expect(reads(region, bucket), `${region} ${bucket}`).to.equal("allowed");
        expect(reads(region, bucket, "s3:PutObject"), `${region} ${bucket}`).to.equal("not allowed");
      }
    }
  });

  it("lets nobody read a bucket that only looks like one of them", () => {
    expect(reads("ap-southeast-3", "prod-registry-k8s-io-ap-southeast-3-loot")).to.equal("not allowed");
    expect(reads("ap-southeast-3", "prod-registry-k8s-io-eu-west-1")).to.equal("not allowed");
    expect(reads("ap-southeast-3", "quayio-production-s3")).to.equal("not allowed");
  });

  it("has no statement without a resource where no registry has a bucket", () => {
    const sids = s3EndpointPolicy(["222222222222"], "me-south-1").Statement.map(({ Sid }) => Sid);
    expect(sids).to.deep.equal(["ReadFromAws", "OurBuckets"]);
  });
});
