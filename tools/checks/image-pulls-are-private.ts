import { tracePaths } from "../model/paths/trace";
import { type StackResources, text } from "../model/resource";
import { awsServiceOf } from "../model/topology/endpoints-and-zones";
import { HTTPS } from "../model/topology/packet-filters";
import { inTier, networksOf, topologyOf } from "../model/topology/topology";
import { finding, type NetworkCheck, type Observation, observeConnection } from "./shared/check";
import { allowsEverybody, readPolicy } from "./shared/policies";

/**
 * A pull makes three requests: authorization from the ECR API, the manifest from the registry, and the layers from an AWS
 * bucket (Amazon ECR User Guide, "Amazon ECR interface VPC endpoints"). Through a NAT gateway, each GB is charged, and
 * without one the pull fails.
 */
const PARTS = [
  { service: "ecr.api", what: "authorization" },
  { service: "ecr.dkr", what: "manifest" },
  { service: "s3", what: "layers" },
] as const;

/** A separate endpoint policy resource, which replaces the inline policy. */
const SEPARATE_POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy";

export const imagePullsArePrivate: NetworkCheck = {
  name: "image-pulls-are-private",
  sentence: "Image pulls (authorization, manifest and layers) never cross the internet.",
  check(stack, all) {
    if (stack.isHub) return undefined;
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    const [first] = networks;
    if (first === undefined) return undefined;
    const { region } = first;
    const observations = networks.flatMap((network) =>
      PARTS.flatMap(({ service, what }) =>
        inTier(network, "private").flatMap((subnet) =>
          // A public path ends in "internet", a private one at an endpoint.
          tracePaths(topology, subnet, { kind: "service", service, region }, HTTPS).map((path) => {
            const { passed, evidence } = observeConnection(topology, subnet, path, HTTPS);
            return { passed, evidence: `${what}: ${evidence}` };
          }),
        ),
      ),
    );
    return finding([...observations, observeLayerPolicy(stack, region)]);
  },
};

/** Layers are read by ECR's presigned URLs, so the gateway endpoint's policy must allow any principal to read them. */
function observeLayerPolicy({ resources }: StackResources, region: string): Observation {
  const layer = `arn:aws:s3:::prod-${region}-starport-layer-bucket/layer`;
  const endpoints = resources.filter(
    (each) =>
      each.type === "aws:ec2/vpcEndpoint:VpcEndpoint" && awsServiceOf(text(each, "serviceName"))?.service === "s3",
  );
  const policies = endpoints.flatMap((endpoint) => [
    readPolicy(endpoint, "policy"),
    ...resources
      .filter((each) => each.type === SEPARATE_POLICY && text(each, "vpcEndpointId") === endpoint.id)
      .map((each) => readPolicy(each, "policy")),
  ]);
  // An endpoint without a policy allows everything.
  const passed =
    policies.length > 0 &&
    policies.every((policy) => policy === undefined || allowsEverybody(policy, "s3:GetObject", layer));
  return {
    passed,
    evidence: `layers: the S3 endpoint's policy ${passed ? "allows" : "does not allow"} any principal to read ${layer}`,
  };
}
