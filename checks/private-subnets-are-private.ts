import { networksOf, topologyOf } from "../model/topology/topology";
import { finding, type NetworkCheck } from "./check";

export const privateSubnetsArePrivate: NetworkCheck = {
  name: "private-subnets-are-private",
  sentence: "No private or transit subnet has a public address or a route to an internet gateway.",
  check(stack, all) {
    // A subnet of no known tier is meant to be private too.
    const subnets = networksOf(topologyOf(all), stack)
      .flatMap((network) => network.subnets)
      .filter(({ tier }) => tier !== "public");
    if (subnets.length === 0) return undefined;
    return finding(
      subnets.flatMap(({ name, givesPublicAddresses, table }) => [
        {
          passed: !givesPublicAddresses,
          evidence: `${name} ${givesPublicAddresses ? "gives out public addresses" : "gives out no public address"}`,
        },
        ...table.routes
          .filter(({ kind }) => kind === "internet gateway")
          .map(({ destination }) => ({ passed: false, evidence: `${name}: ${destination} → internet gateway` })),
      ]),
    );
  },
};
