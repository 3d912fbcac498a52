import { Partition, rangesOf, subtract, type Ranges, union } from "../model/addresses/ranges";
import type { PacketPath } from "../model/paths/path";
import { traceTraffic } from "../model/paths/trace";
import { isGatewayTier, networksOf, topologyOf, type Subnet, type Topology } from "../model/topology/topology";
import { distinct, finding, hopsInWords, type NetworkCheck, type Observation, routesInWords } from "./shared/check";

/**
 * Traffic to another network without its own route takes the default route: it leaves the VPC through a NAT gateway,
 * instead of the transit gateway that would drop, count and log it. Private NAT gateways are allowed. Public and egress
 * subnets are skipped, because they contain only gateways. The default route of the hub's transit subnets leads to its NAT
 * gateways: there, only what the transit gateway sends to the hub counts.
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
        networks.flatMap(({ id, blocks, subnets }) => {
          const otherAddresses = subtract(space, rangesOf(blocks));
          const arriving = subnets.some(({ tier }) => tier === "egress")
            ? sentByTransitGateway(topology, id, otherAddresses)
            : otherAddresses;
          return subnets
            .filter((subnet) => !isGatewayTier(subnet))
            .flatMap((from) => observePaths(topology, from, from.tier === "transit" ? arriving : otherAddresses));
        }),
      ),
    );
  },
};

/** The addresses, of these, for which any route table of the transit gateway has a route to a VPC. */
function sentByTransitGateway({ transit }: Topology, vpcId: string, addresses: Ranges): Ranges {
  const leadsHere = (attachmentId: string | null | undefined): boolean =>
    transit.attachmentById.get(attachmentId ?? "")?.vpcId === vpcId;
  const sent = transit.tables.flatMap(({ routes }) =>
    new Partition(routes)
      .split(addresses)
      .flatMap(({ item, ranges }) => (leadsHere(item?.attachmentId) ? [ranges] : [])),
  );
  return union(...sent);
}

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
