import { bucketsIn, REGISTRY_BUCKETS } from "../../components/facts/s3-endpoint-buckets";
import { text, type ModelResource } from "../model/resource";
import { allowsEverybody, documentIn } from "./policy-documents";
import { finding, type NetworkCheck } from "./check";

/** Service name of a Region's S3. */
const S3 = /^com\.amazonaws\.(.+)\.s3$/;

/**
 * A registry redirects a pull to a bucket, in the client's Region if it has one there. S3 traffic in the Region uses the
 * gateway endpoint, whose policy must allow any principal to read the bucket: the URL is presigned by the registry, or not
 * signed at all.
 */
export const s3EndpointAllowsRegistries: NetworkCheck = {
  name: "s3-endpoint-allows-registries",
  sentence: "The S3 endpoint lets nodes read the buckets that public registries redirect to.",
  check({ resources }) {
    if (!resources.some(({ type }) => type === "aws:eks/nodeGroup:NodeGroup")) return undefined;
    const endpoints = resources.filter(
      (each) => each.type === "aws:ec2/vpcEndpoint:VpcEndpoint" && S3.test(text(each, "serviceName")),
    );
    const seen = endpoints.flatMap(redirects);
    return finding(
      seen.length > 0 ? seen : [{ passed: true, evidence: "no registry redirects to buckets behind an S3 endpoint" }],
    );
  },
};

function redirects(endpoint: ModelResource): { passed: boolean; evidence: string }[] {
  const [, region = ""] = S3.exec(text(endpoint, "serviceName")) ?? [];
  const policy = documentIn(endpoint, "policy");
  return bucketsIn(region, REGISTRY_BUCKETS).map(({ bucket, for: registry }) => {
    // An endpoint without a policy allows everything.
    const passed =
      policy === undefined || allowsEverybody(policy, "s3:GetObject", `arn:aws:s3:::${bucket}/containers/images/layer`);
    return {
      passed,
      evidence: `${registry}: endpoint ${endpoint.name} ${passed ? "allows" : "does not allow"} any principal to read bucket ${bucket}`,
    };
  });
}
