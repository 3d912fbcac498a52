import { isGatewayTier, networksOf, topologyOf } from "../model/topology/topology";
import { finding, type NetworkCheck } from "./shared/check";

export const privateSubnetsArePrivate: NetworkCheck = {
  name: "private-subnets-are-private",
  sentence: "No private or transit subnet assigns public addresses or routes to an internet gateway.",
  check(stack, all) {
    // A subnet of an unknown tier must be private too.
    const subnets = networksOf(topologyOf(all), stack)
      .flatMap((network) => network.subnets)
      .filter((subnet) => !isGatewayTier(subnet));
    if (subnets.length === 0) return undefined;
    return finding(
      subnets.flatMap(({ name, givesPublicAddresses, table }) => [
        {
          passed: !givesPublicAddresses,
          evidence: `${name}: assigns ${givesPublicAddresses ? "" : "no "}public addresses`,
        },
        ...table.routes
          .filter(({ kind }) => kind === "internet gateway")
          .map(({ destination }) => ({
            passed: false,
            evidence: `${name}: has the route ${destination} → internet gateway`,
          })),
      ]),
    );
  },
};
