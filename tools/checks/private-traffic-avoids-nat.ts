import { rangesOf, subtract, type Ranges } from "../model/addresses/ranges";
import type { PacketPath } from "../model/paths/path";
import { traceTraffic } from "../model/paths/trace";
import { networksOf, topologyOf, type Subnet, type Topology } from "../model/topology/topology";
import { distinct, finding, hopsInWords, type NetworkCheck, type Observation, routesInWords } from "./shared/check";

/**
 * Traffic to another network without its own route takes the default route: it leaves the VPC through a NAT gateway,
 * instead of the transit gateway that would drop, count and log it. Private NAT gateways are allowed. Public subnets are
 * skipped, because they contain only gateways.
 */
export const privateTrafficAvoidsNat: NetworkCheck = {
  name: "private-traffic-avoids-nat",
  sentence: "Traffic within the address space never uses a public NAT gateway or internet gateway.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (networks.length === 0) return undefined;
    const space = rangesOf([all.addressSpace]);
    return finding(
      distinct(
        networks.flatMap(({ blocks, subnets }) => {
          const otherAddresses = subtract(space, rangesOf(blocks));
          return subnets
            .filter(({ tier }) => tier !== "public")
            .flatMap((from) => observePaths(topology, from, otherAddresses));
        }),
      ),
    );
  },
};

function observePaths(topology: Topology, from: Subnet, addresses: Ranges): Observation[] {
  return traceTraffic(topology, from, addresses).map((path) => {
    const passed = !leavesByPublicGateway(path);
    return { passed, evidence: passed ? hopsInWords(path, from) : routesInWords(path, from) };
  });
}

function leavesByPublicGateway({ hops, translations }: PacketPath): boolean {
  return (
    translations.some(({ nat }) => nat.isPublic) ||
    hops.some((hop) => hop.kind === "subnet" && hop.route.target === "internet gateway")
  );
}
