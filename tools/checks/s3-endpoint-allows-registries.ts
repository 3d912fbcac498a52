import { bucketsIn, REGISTRY_BUCKETS } from "../../components/facts/s3-endpoint-buckets";
import { text, type ModelResource } from "../model/resource";
import { awsServiceOf } from "../model/topology/endpoints-and-zones";
import { autoModeClusters } from "./shared/auto-mode";
import { finding, resourcesOfType, type NetworkCheck, type Observation } from "./shared/check";
import { allowsEverybody, readPolicy } from "./shared/policies";

/**
 * A registry redirects a pull to a bucket, in the client's Region if it has one there. S3 traffic in the Region uses the
 * gateway endpoint, whose policy must allow any principal to read the bucket: the URL is presigned by the registry, or not
 * signed at all.
 */
export const s3EndpointAllowsRegistries: NetworkCheck = {
  name: "s3-endpoint-allows-registries",
  sentence: "The S3 endpoint lets nodes read the buckets that public registries redirect to.",
  check(stack) {
    const groups = resourcesOfType(stack, "aws:eks/nodeGroup:NodeGroup");
    if (groups.length + autoModeClusters(stack).length === 0) return undefined;
    const observations = resourcesOfType(stack, "aws:ec2/vpcEndpoint:VpcEndpoint").flatMap(observeBuckets);
    return finding(
      observations.length > 0
        ? observations
        : [{ passed: true, evidence: "no registry redirects to buckets behind an S3 endpoint" }],
    );
  },
};

function observeBuckets(endpoint: ModelResource): Observation[] {
  const { region, service } = awsServiceOf(text(endpoint, "serviceName")) ?? {};
  if (region === undefined || service !== "s3") return [];
  const policy = readPolicy(endpoint, "policy");
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
