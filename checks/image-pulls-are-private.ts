import type { EstateStack } from "../model/estate";
import { ways } from "../model/paths/trace";
import { text } from "../model/resource";
import { HTTPS } from "../model/topology/traffic";
import { inTier, networksOf, topologyOf } from "../model/topology/topology";
import { allowsEverybody, documentIn } from "./policy-documents";
import { finding, type NetworkCheck } from "./check";
import { connection } from "./paths-in-words";

/**
 * A pull is three calls: the registry's API authorises, the registry hands out the manifest, and the layers come from
 * a bucket of AWS's (Amazon ECR User Guide, "Amazon ECR interface VPC endpoints"). One that leaves by a NAT gateway is
 * paid for by the gigabyte, and fails where there is none.
 */
const PARTS = [
  { service: "ecr.api", what: "authorisation" },
  { service: "ecr.dkr", what: "manifest" },
  { service: "s3", what: "layers" },
] as const;

/** A policy of an endpoint that is a resource of its own, and takes the place of the one inside. */
const SEPARATE_POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy";

export const imagePullsArePrivate: NetworkCheck = {
  name: "image-pulls-are-private",
  sentence: "Images are authorised and fetched, manifest and layers, without a hop on the internet.",
  check(stack, all) {
    if (stack.isHub) return undefined;
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    const [first] = networks;
    if (first === undefined) return undefined;
    const { region } = first;
    const seen = networks.flatMap((network) =>
      PARTS.flatMap(({ service, what }) =>
        inTier(network, "private").flatMap((subnet) =>
          // A public way ends in "internet", a private one at an endpoint.
          ways(topology, subnet, { kind: "service", service, region }, HTTPS).map((way) => {
            const { passed, evidence } = connection(topology, subnet, way, HTTPS);
            return { passed, evidence: `${what}: ${evidence}` };
          }),
        ),
      ),
    );
    return finding([...seen, layersPass(stack, region)]);
  },
};

/** Layers are fetched by a signed URL of ECR's, so the policy of the gateway endpoint must let everybody read them. */
function layersPass({ resources }: EstateStack, region: string): { passed: boolean; evidence: string } {
  const layer = `arn:aws:s3:::prod-${region}-starport-layer-bucket/layer`;
  const endpoints = resources.filter(
    (each) => each.type === "aws:ec2/vpcEndpoint:VpcEndpoint" && text(each, "serviceName").endsWith(".s3"),
  );
  const policies = endpoints.flatMap((endpoint) => [
    documentIn(endpoint, "policy"),
    ...resources
      .filter((each) => each.type === SEPARATE_POLICY && text(each, "vpcEndpointId") === endpoint.id)
      .map((each) => documentIn(each, "policy")),
  ]);
  // Without a policy an endpoint lets everything pass.
  const passed =
    policies.length > 0 &&
    policies.every((policy) => policy === undefined || allowsEverybody(policy, "s3:GetObject", layer));
  return { passed, evidence: `the S3 endpoint's policy ${passed ? "lets" : "does not let"} layers pass` };
}
