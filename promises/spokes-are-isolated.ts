import { hostAddress } from "../components/address-plan";
import { subnetsOf } from "../model/estate";
import { trace } from "../model/trace";
import { finding, type NetworkPromise } from "./promise";

const HOST = 10;

export const spokesAreIsolated: NetworkPromise = {
  name: "spokes-are-isolated",
  sentence: "No subnet of a spoke reaches a subnet of another spoke.",
  check(stack, all) {
    const others = all.stacks.filter((other) => !other.isHub && other.name !== stack.name);
    if (stack.isHub || others.length === 0) return undefined;
    const byWay = new Map<string, { readonly holds: boolean; readonly others: string[] }>();
    for (const other of others) {
      // An address for the whole of the other network: its subnets share every route that leads there.
      const [to] = subnetsOf(all, other, "private");
      if (to === undefined) continue;
      for (const from of subnetsOf(all, stack)) {
        const { hops, end } = trace(all.model, from, hostAddress(to.cidr, HOST));
        const way = `${hops.join("; ")}: ${end}`;
        const seen = byWay.get(way) ?? { holds: end !== "reached", others: [] };
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
