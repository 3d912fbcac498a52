import { firewallsOn, type PacketPath } from "../model/paths/path";
import { tracePaths } from "../model/paths/trace";
import { HTTPS } from "../model/topology/packet-filters";
import {
  inTier,
  networksOf,
  topologyOf,
  type NatGateway,
  type Topology,
  type VpcNetwork,
} from "../model/topology/topology";
import { finding, type NetworkCheck, type Observation, observeConnection } from "./shared/check";

export const natGatewayOfTheSameAz: NetworkCheck = {
  name: "nat-gateway-of-the-same-az",
  sentence: "Worker nodes reach the internet through a NAT gateway, in their own AZ if it has one.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (stack.isHub || networks.length === 0) return undefined;
    return finding(networks.flatMap((network) => observeInternetPaths(topology, network)));
  },
};

/** Every path to any part of the internet. */
function observeInternetPaths(topology: Topology, network: VpcNetwork): Observation[] {
  return inTier(network, "private").flatMap((subnet) =>
    tracePaths(topology, subnet, { kind: "internet" }, HTTPS).map((path) => {
      const nat = path.translations[0]?.nat;
      const zone = nat === undefined ? undefined : zoneOf(topology, nat);
      // A firewall returns packets in the AZ of the endpoint that it chose.
      const isOwn =
        firewallsOn(path).length > 0 || zone === subnet.zone || !zonesBeside(topology, nat).includes(subnet.zone);
      const isIntended = ({ end }: PacketPath): boolean => end === "internet" && zone !== undefined && isOwn;
      const { passed, evidence } = observeConnection(topology, subnet, path, HTTPS, isIntended);
      const used = nat === undefined ? "no NAT gateway" : `NAT gateway in ${zone ?? "an unknown AZ"}`;
      return { passed, evidence: `${evidence} (subnet in ${subnet.zone}, ${used})` };
    }),
  );
}

/** The AZs with a NAT gateway in the VPC of this one: that of the nodes, or the hub's. */
function zonesBeside(topology: Topology, nat: NatGateway | undefined): readonly (string | undefined)[] {
  const vpcOf = ({ subnetId }: NatGateway): string | undefined => topology.subnetById.get(subnetId)?.vpcId;
  if (nat === undefined) return [];
  return [...topology.natById.values()]
    .filter((each) => vpcOf(each) === vpcOf(nat))
    .map((each) => zoneOf(topology, each));
}

function zoneOf({ subnetById }: Topology, { subnetId }: NatGateway): string | undefined {
  return subnetById.get(subnetId)?.zone;
}
