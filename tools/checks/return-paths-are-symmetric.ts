import { rangesOf } from "../model/addresses/ranges";
import { arrives, type PacketPath, passSameFirewalls } from "../model/paths/path";
import { tracePaths, traceReplies } from "../model/paths/trace";
import { HTTPS, requestTo } from "../model/topology/packet-filters";
import {
  inTier,
  networksOf,
  topologyOf,
  type Subnet,
  type Topology,
  type VpcNetwork,
} from "../model/topology/topology";
import { finding, type NetworkCheck, type Observation, routesInWords } from "./shared/check";

/**
 * A one-way path carries no connection, and is hard to notice because the first packet arrives. Public and transit subnets
 * are skipped: nothing in them communicates with other networks.
 */
export const returnPathsAreSymmetric: NetworkCheck = {
  name: "return-paths-are-symmetric",
  sentence: "Every path from a private subnet to another network has a return path with the same hops.",
  check(stack, all) {
    const topology = topologyOf(all);
    const own = networksOf(topology, stack);
    const others = topology.networks.filter((network) => !own.includes(network) || own.length > 1);
    if (own.length === 0 || topology.networks.length + topology.transit.sites.length < 2) return undefined;
    return finding(own.flatMap((network) => observeNetwork(topology, network, others)));
  },
};

function observeNetwork(topology: Topology, own: VpcNetwork, all: readonly VpcNetwork[]): Observation[] {
  const others = all.filter(({ id }) => id !== own.id);
  const destinations = new Map(
    others.flatMap((network) => inTier(network, "private").map((to) => [to.id, network.name] as const)),
  );
  const sites = topology.transit.sites.filter(({ spokes }) => own.isHub || spokes.includes(own.name));
  for (const { id, name } of sites) destinations.set(id, `site ${name}`);
  const ranges = rangesOf([
    ...others.flatMap((network) => inTier(network, "private").map(({ block }) => block)),
    ...sites.flatMap(({ blocks }) => blocks),
  ]);
  const counts = new Map<string, number>();
  const faults = new Map<string, string>();
  for (const from of inTier(own, "private")) {
    for (const path of tracePaths(topology, from, { kind: "ranges", ranges }, HTTPS)) {
      const to = destinations.get(path.landsIn ?? "");
      if (to === undefined) continue;
      counts.set(to, (counts.get(to) ?? 0) + 1);
      const back = asymmetricReply(topology, from, path);
      if (back !== undefined && !faults.has(to))
        faults.set(to, `${routesInWords(path, from)}; reply: ${routesInWords(back)}`);
    }
  }
  const symmetric = [...counts].filter(([name]) => !faults.has(name));
  const unreached = others.length + sites.length - counts.size;
  return [
    ...[...faults.values()].map((evidence) => ({ passed: false, evidence })),
    ...symmetric.map(([name, count]) => ({
      passed: true,
      evidence: `${own.name} → ${name}: ${String(count)} paths, each with a symmetric return path`,
    })),
    ...(unreached > 0
      ? [
          {
            passed: true,
            evidence: `${own.name}: no path to ${String(unreached)} other ${unreached === 1 ? "network" : "networks"}`,
          },
        ]
      : []),
  ];
}

/** A reply that is lost, that takes a path of another length without a NAT gateway, or that bypasses a firewall. */
function asymmetricReply(topology: Topology, from: Subnet, path: PacketPath): PacketPath | undefined {
  const isDirect = path.translations.length === 0;
  return traceReplies(topology, from, path, requestTo(HTTPS)).find(
    (back) => !arrives(back) || (isDirect && back.hops.length !== path.hops.length) || !passSameFirewalls(path, back),
  );
}
