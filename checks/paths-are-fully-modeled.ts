import { contains } from "../model/addresses/blocks";
import type { Route } from "../model/topology/route-tables";
import { networksOf, topologyOf, type Network, type Subnet, type Topology } from "../model/topology/topology";
import { finding, type NetworkCheck } from "./check";
import type { Seen } from "./paths-in-words";

/** Every other check about ways rests on this one: a trace is worth nothing beside a way that it does not know. */
export const pathsAreFullyModeled: NetworkCheck = {
  name: "paths-are-fully-modeled",
  sentence: "A network has one attachment, to the hub's gateway, and no way in or out but its gateways.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    const unfollowed = (topology.unfollowed.get(stack.name) ?? []).map((evidence) => ({ passed: false, evidence }));
    if (networks.length === 0 && unfollowed.length === 0) return undefined;
    // A spoke by itself does not see the hub's gateway: it has one, whichever it is.
    const hub = all.stacks.some(({ isHub }) => isHub) ? topology.networks.find(({ isHub }) => isHub) : networks[0];
    const shared = topology.transit.attachments.find(({ vpcId }) => vpcId === hub?.id)?.gatewayId;
    return finding([
      ...unfollowed,
      ...networks.map((network) => attachmentsOf(topology, network, shared)),
      ...networks.flatMap((network) => network.subnets.map((subnet) => routesOf(topology, subnet, shared))),
    ]);
  },
};

function attachmentsOf({ transit }: Topology, network: Network, shared: string | undefined): Seen {
  const own = transit.attachments.filter(({ vpcId }) => vpcId === network.id);
  const passed = own.length === 1 && shared !== undefined && own[0]?.gatewayId === shared;
  const to = (gatewayId: string): string =>
    gatewayId === shared ? "the hub's transit gateway" : gatewayId || "nothing";
  const where = own.map(({ name, gatewayId }) => `${name} to ${to(gatewayId)}`).join("; ");
  return { passed, evidence: `${network.name} is attached by ${where || "nothing"}` };
}

function routesOf(topology: Topology, subnet: Subnet, shared: string | undefined): Seen {
  const strange = subnet.table.routes.filter((route) => !isKnown(topology, subnet, route, shared));
  const words = (routes: readonly Route[]): string =>
    routes.map(({ destination, kind, target }) => `${destination} → ${kind === "other" ? target : kind}`).join(", ");
  const evidence = `${subnet.table.name}: ${words(strange.length > 0 ? strange : subnet.table.routes) || "local alone"}`;
  return { passed: strange.length === 0, evidence };
}

/**
 * Whether a route leads to a gateway of its own VPC, or to the transit gateway that the hub shares, and is for addresses
 * beyond the VPC: one for a subnet of it would turn aside what its subnets send each other.
 */
function isKnown(topology: Topology, { vpcId }: Subnet, route: Route, shared: string | undefined): boolean {
  const blocks = topology.networkById.get(vpcId)?.blocks ?? [];
  if (blocks.some((block) => contains(block, route.destination))) return false;
  switch (route.kind) {
    case "transit gateway":
      return route.target === shared;
    case "NAT gateway":
      return topology.subnetById.get(topology.natById.get(route.target)?.subnetId ?? "")?.vpcId === vpcId;
    case "internet gateway":
      return topology.internetGateways.get(route.target) === vpcId;
    case "gateway endpoint":
      return true;
    case "other":
      return false;
  }
}
