import { firewallsOn, type PacketPath } from "../model/paths/path";
import { tracePaths } from "../model/paths/trace";
import { HTTPS } from "../model/topology/packet-filters";
import type { NatGateway } from "../model/topology/nat-gateways";
import {
  inTier,
  networksOf,
  type Subnet,
  topologyOf,
  type Topology,
  type VpcNetwork,
} from "../model/topology/topology";
import { finding, type NetworkCheck, type Observation, observeConnection } from "./shared/check";

export const natGatewayOfTheSameAz: NetworkCheck = {
  name: "nat-gateway-of-the-same-az",
  sentence: "Nodes reach the internet by a NAT gateway, of their own AZ if it has one, or not at all.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (stack.isHub || networks.length === 0) return undefined;
    return finding(observeInternetPaths(topology, networks));
  },
};

/** Every path to any part of the internet, and every NAT gateway of the networks of a stack. */
function observeInternetPaths(topology: Topology, networks: readonly VpcNetwork[]): Observation[] {
  const paths = networks
    .flatMap((network) => inTier(network, "private"))
    .flatMap((from) => tracePaths(topology, from, { kind: "internet" }, HTTPS).map((path) => ({ from, path })));
  const own = [...topology.natById.values()].filter(({ vpcId }) => networks.some(({ id }) => id === vpcId));
  if (own.length === 0 && paths.every(({ path }) => path.reason?.kind === "no route")) {
    return networks.map(({ name }) => ({
      passed: true,
      evidence: `${name}: no route to the internet, and no NAT gateway`,
    }));
  }
  const used = paths.flatMap(({ path }) => path.translations.map(({ nat }) => nat.id));
  const idle = own.filter(({ id, isPublic }) => isPublic && !used.includes(id));
  return [
    ...paths.map(({ from, path }) => observePath(topology, from, path)),
    ...idle.map(({ name }) => ({ passed: false, evidence: `NAT gateway ${name}: no private subnet uses it` })),
  ];
}

function observePath(topology: Topology, from: Subnet, path: PacketPath): Observation {
  const nat = path.translations[0]?.nat;
  const zone = nat === undefined ? undefined : zoneFor(topology, nat, from);
  // A firewall returns packets in the AZ of the endpoint that it chose.
  const isOwn = firewallsOn(path).length > 0 || zone === from.zone || !zonesBeside(topology, nat).includes(from.zone);
  const isIntended = ({ end }: PacketPath): boolean => end === "internet" && zone !== undefined && isOwn;
  const { passed, evidence } = observeConnection(topology, from, path, HTTPS, isIntended);
  const used = nat === undefined ? "no NAT gateway" : `NAT gateway in ${zone ?? "an unknown AZ"}`;
  return { passed, evidence: `${evidence} (subnet in ${from.zone}, ${used})` };
}

/** The AZs with a NAT gateway in the VPC of this one: that of the nodes, or the hub's. */
function zonesBeside({ natById, subnetById }: Topology, nat: NatGateway | undefined): readonly string[] {
  if (nat === undefined) return [];
  return [...natById.values()]
    .filter(({ vpcId }) => vpcId === nat.vpcId)
    .flatMap(({ zones, subnetId }) => zones ?? subnetById.get(subnetId)?.zone ?? []);
}

/** The AZ in which a NAT gateway translates packets from a subnet: its own, or if it is regional, that of the subnet. */
function zoneFor({ subnetById }: Topology, { zones, subnetId }: NatGateway, { zone }: Subnet): string | undefined {
  if (zones === undefined) return subnetById.get(subnetId)?.zone;
  return zones.includes(zone) ? zone : undefined;
}
