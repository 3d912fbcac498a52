import { arrives, pathInWords } from "../model/paths/path";
import { trace } from "../model/paths/trace";
import { HTTPS } from "../model/topology/traffic";
import { inTier, networkOf, topologyOf } from "../model/topology/topology";
import { finding, type NetworkPromise } from "./promise";

export const spokesAreIsolated: NetworkPromise = {
  name: "spokes-are-isolated",
  sentence: "No subnet of a spoke reaches a subnet of another spoke.",
  check(stack, all) {
    const topology = topologyOf(all);
    const own = networkOf(topology, stack);
    const others = topology.networks.filter(({ isHub, id }) => !isHub && id !== own?.id);
    if (stack.isHub || own === undefined || others.length === 0) return undefined;
    const byWay = new Map<string, { readonly holds: boolean; readonly others: string[] }>();
    for (const other of others) {
      // One subnet for the whole of the other network: its subnets share every route that leads there.
      const [to] = inTier(other, "private");
      if (to === undefined) continue;
      for (const from of own.subnets) {
        const path = trace(topology, from, { kind: "subnet", subnetId: to.id }, HTTPS);
        const way = pathInWords(path);
        const seen = byWay.get(way) ?? { holds: !arrives(path), others: [] };
        seen.others.push(other.name);
        byWay.set(way, seen);
      }
    }
    return finding(
      [...byWay].map(([way, seen]) => ({ holds: seen.holds, evidence: `to ${named(seen.others)}: ${way}` })),
    );
  },
};

/** Names, or how many they are. */
function named(networks: readonly string[]): string {
  return networks.length > 3 ? `${String(networks.length)} networks` : networks.join(", ");
}
