import { contains } from "../model/addresses/ranges";
import type { Route } from "../model/topology/route-tables";
import { networksOf, topologyOf, type Subnet, type Topology, type VpcNetwork } from "../model/topology/topology";
import { finding, type NetworkCheck, type Observation } from "./shared/check";

/** Every check of paths relies on this one: a trace proves nothing if there are paths that the model does not know. */
export const pathsAreFullyModeled: NetworkCheck = {
  name: "paths-are-fully-modeled",
  sentence: "Each VPC has one attachment, to the hub's transit gateway, and every path is modeled.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    const unsupported = (topology.unsupported.get(stack.name) ?? []).map((evidence) => ({ passed: false, evidence }));
    if (networks.length === 0 && unsupported.length === 0) return undefined;
    // A spoke checked alone does not see the hub's transit gateway, so any single one is accepted.
    const hub = all.stacks.some(({ isHub }) => isHub) ? topology.networks.find(({ isHub }) => isHub) : networks[0];
    const shared = topology.transit.attachments.find(({ vpcId }) => vpcId === hub?.id)?.gatewayId;
    return finding([
      ...unsupported,
      ...networks.map((network) => observeAttachments(topology, network, shared)),
      ...networks.flatMap((network) => network.subnets.map((subnet) => observeRoutes(topology, subnet, shared))),
    ]);
  },
};

function observeAttachments({ transit }: Topology, network: VpcNetwork, shared: string | undefined): Observation {
  const own = transit.attachments.filter(({ vpcId }) => vpcId === network.id);
  const passed = own.length === 1 && shared !== undefined && own[0]?.gatewayId === shared;
  const to = (gatewayId: string): string =>
    gatewayId === shared ? "the hub's transit gateway" : gatewayId || "no transit gateway";
  const where = own.map(({ name, gatewayId }) => `${name} to ${to(gatewayId)}`).join("; ");
  return { passed, evidence: `VPC ${network.name}: ${where === "" ? "no attachment" : `attachment ${where}`}` };
}

function observeRoutes(topology: Topology, subnet: Subnet, shared: string | undefined): Observation {
  const unexpected = subnet.table.routes.filter((route) => !isExpected(topology, subnet, route, shared));
  const passed = unexpected.length === 0;
  const words = (routes: readonly Route[]): string =>
    routes.map(({ destination, kind, target }) => `${destination} → ${kind === "other" ? target : kind}`).join(", ");
  const shown = words(passed ? subnet.table.routes : unexpected) || "only the local route";
  const evidence = `route table ${subnet.table.name}: ${shown}${passed ? "" : ", not an expected target"}`;
  return { passed, evidence };
}

/**
 * Whether a route targets a gateway of its own VPC or the hub's transit gateway, for destinations outside the VPC. A route
 * for part of the VPC would redirect traffic between its subnets.
 */
function isExpected(topology: Topology, { vpcId }: Subnet, route: Route, shared: string | undefined): boolean {
  const blocks = topology.networkById.get(vpcId)?.blocks ?? [];
  if (blocks.some((block) => contains(block, route.destination))) return false;
  switch (route.kind) {
    case "transit gateway":
      return route.target === shared;
    case "NAT gateway":
      return topology.natById.get(route.target)?.vpcId === vpcId;
    case "internet gateway":
      return topology.internetGateways.get(route.target) === vpcId;
    case "gateway endpoint":
      return true;
    case "other":
      return false;
  }
}
