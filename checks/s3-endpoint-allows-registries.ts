import { bucketsIn, REGISTRY_BUCKETS } from "../components/network/s3-endpoint-buckets";
import { text, type ModelResource } from "../model/resource";
import { allowsEverybody, documentIn } from "./policy-documents";
import { finding, type NetworkCheck } from "./check";

/** What the gateway endpoint of a region's S3 is called. */
const S3 = /^com\.amazonaws\.(.+)\.s3$/;

/**
 * A registry answers a pull with a redirect, to a bucket in the client's own region if it has one there. In-region S3
 * goes through the gateway endpoint, whose policy must let everybody read the bucket: the URL is signed by the registry,
 * or by nobody.
 */
export const s3EndpointAllowsRegistries: NetworkCheck = {
  name: "s3-endpoint-allows-registries",
  sentence: "Buckets that public registries redirect nodes to can be read through the S3 endpoint.",
  check({ resources }) {
    if (!resources.some(({ type }) => type === "aws:eks/nodeGroup:NodeGroup")) return undefined;
    const endpoints = resources.filter(
      (each) => each.type === "aws:ec2/vpcEndpoint:VpcEndpoint" && S3.test(text(each, "serviceName")),
    );
    const seen = endpoints.flatMap(redirects);
    return finding(seen.length > 0 ? seen : [{ passed: true, evidence: "no registry redirects to S3 by an endpoint" }]);
  },
};

function redirects(endpoint: ModelResource): { passed: boolean; evidence: string }[] {
  const [, region = ""] = S3.exec(text(endpoint, "serviceName")) ?? [];
  const policy = documentIn(endpoint, "policy");
  return bucketsIn(region, REGISTRY_BUCKETS).map(({ bucket, for: registry }) => {
    // Without a policy an endpoint lets everything pass.
    const passed =
      policy === undefined || allowsEverybody(policy, "s3:GetObject", `arn:aws:s3:::${bucket}/containers/images/layer`);
    return { passed, evidence: `${registry}: ${endpoint.name} ${passed ? "lets" : "does not let"} ${bucket} be read` };
  });
}
