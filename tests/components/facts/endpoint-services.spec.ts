import { expect } from "chai";
import { ENDPOINT_SERVICES, endpointService } from "../../../components/facts/endpoint-services";

const REGION = "ap-southeast-3";

/** Services that break the rule, and the names that clients call them by. */
const ODD: Readonly<Record<string, readonly [domain: string, record: string]>> = {
  "ecr.api": ["api.ecr.ap-southeast-3.amazonaws.com", "apex"],
  "ecr.dkr": ["dkr.ecr.ap-southeast-3.amazonaws.com", "wildcard"],
  "eks-auth": ["eks-auth.ap-southeast-3.api.aws", "apex"],
  "kinesis-firehose": ["firehose.ap-southeast-3.amazonaws.com", "apex"],
  "kinesis-streams": ["kinesis.ap-southeast-3.amazonaws.com", "apex"],
  "sagemaker.api": ["api.sagemaker.ap-southeast-3.amazonaws.com", "apex"],
  "sagemaker.runtime": ["runtime.sagemaker.ap-southeast-3.amazonaws.com", "apex"],
};

describe("the private names of a shared endpoint", () => {
  for (const name of ENDPOINT_SERVICES) {
    const [domain, record] = ODD[name] ?? [`${name}.ap-southeast-3.amazonaws.com`, "apex"];
    it(`${name} is called ${record === "wildcard" ? "*." : ""}${domain}`, () => {
      expect(endpointService(name, REGION).zones).to.deep.equal([{ domain, record }]);
    });
  }

  it("never use a domain that contains another service's", () => {
    const domains = ENDPOINT_SERVICES.flatMap((name) => endpointService(name, REGION).zones.map((zone) => zone.domain));
    const inside = domains.filter((domain) => domains.some((other) => domain.endsWith(`.${other}`)));
    expect(inside).to.deep.equal([]);
    expect(new Set(domains).size).to.equal(domains.length);
  });

  it("exist only for known services", () => {
    expect(() => endpointService("s3", REGION)).to.throw(RangeError, "unknown endpoint service s3");
  });
});
