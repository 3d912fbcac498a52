import type { PacketPath } from "../model/paths/path";
import { tracePaths } from "../model/paths/trace";
import {
  inTier,
  networksOf,
  topologyOf,
  type NatGateway,
  type Topology,
  type VpcNetwork,
} from "../model/topology/topology";
import { HTTPS } from "../model/topology/traffic";
import { finding, type NetworkCheck } from "./check";
import { connection, type Seen } from "./paths-in-words";

export const natGatewayOfTheSameAz: NetworkCheck = {
  name: "nat-gateway-of-the-same-az",
  sentence: "Worker nodes reach the internet through a NAT gateway, in their own AZ if it has one.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (stack.isHub || networks.length === 0) return undefined;
    return finding(networks.flatMap((network) => waysOut(topology, network)));
  },
};

/** Every path to any part of the internet. */
function waysOut(topology: Topology, network: VpcNetwork): Seen[] {
  const zones = [...topology.natById.values()]
    .filter(({ subnetId }) => topology.subnetById.get(subnetId)?.vpcId === network.id)
    .map((nat) => zoneOf(topology, nat));
  return inTier(network, "private").flatMap((subnet) =>
    tracePaths(topology, subnet, { kind: "internet" }, HTTPS).map((way) => {
      const leavesBy = way.translations[0]?.nat;
      const zone = leavesBy === undefined ? undefined : zoneOf(topology, leavesBy);
      const isOwn = zone === subnet.zone || !zones.includes(subnet.zone);
      const isMeant = ({ end }: PacketPath): boolean => end === "internet" && zone !== undefined && isOwn;
      const { passed, evidence } = connection(topology, subnet, way, HTTPS, isMeant);
      const used = leavesBy === undefined ? "no NAT gateway" : `NAT gateway in ${zone ?? "an unknown AZ"}`;
      return { passed, evidence: `${evidence} (subnet in ${subnet.zone}, ${used})` };
    }),
  );
}

function zoneOf({ subnetById }: Topology, { subnetId }: NatGateway): string | undefined {
  return subnetById.get(subnetId)?.zone;
}
