import { reachedBy } from "../../components/settings/connections";
import { rangesOf } from "../model/addresses/ranges";
import type { PacketPath } from "../model/paths/path";
import { traceTraffic } from "../model/paths/trace";
import { inTier, networksOf, type Subnet, topologyOf, type VpcNetwork } from "../model/topology/topology";
import { distinct, finding, hopsInWords, type NetworkCheck, type Observation, routesInWords } from "./shared/check";

export const spokesAreIsolated: NetworkCheck = {
  name: "spokes-are-isolated",
  sentence: "No subnet of a spoke reaches a subnet of another spoke, apart from connections.",
  check(stack, all) {
    const topology = topologyOf(all);
    const own = networksOf(topology, stack);
    const others = topology.networks.filter((network) => !network.isHub && network.stack !== stack.name);
    if (stack.isHub || own.length === 0 || others.length === 0) return undefined;
    const subnets = new Map(others.flatMap((network) => network.subnets.map(({ id }) => [id, network.name] as const)));
    const leaksTo = ({ landsIn }: PacketPath): string | undefined => subnets.get(landsIn ?? "");
    const addresses = rangesOf(others.flatMap(addressesOf));
    const allowed = reachedBy(all.connections, stack.name);
    // All addresses of all other spokes at once, with any kind of packet; each resulting path is checked.
    const traces = own
      .flatMap((network) => network.subnets)
      .map((from) => ({ from, paths: traceTraffic(topology, from, addresses) }));
    const observations = traces.flatMap(({ from, paths }) =>
      paths.map((path) => {
        const to = leaksTo(path);
        if (to === undefined) return { passed: true, evidence: hopsInWords(path, from) };
        if (allowed.includes(to)) return { passed: true, evidence: `connected to ${to}: ${hopsInWords(path, from)}` };
        return { passed: false, evidence: `reaches spoke ${to}: ${routesInWords(path, from)}` };
      }),
    );
    const connected = others.filter(({ name }) => allowed.includes(name));
    const missing = traces.flatMap(({ from, paths }) =>
      from.tier === "private" ? connected.flatMap((to) => missedBy(from, paths, to)) : [],
    );
    return finding(distinct([...observations, ...missing]));
  },
};

/** The private subnets of a connected spoke that no path from a subnet reaches, as one observation. */
function missedBy(from: Subnet, paths: readonly PacketPath[], to: VpcNetwork): Observation[] {
  const reached = new Set(paths.map(({ landsIn }) => landsIn));
  const missed = inTier(to, "private").filter(({ id }) => !reached.has(id));
  if (missed.length === 0) return [];
  const names = missed.map(({ name }) => name).join(", ");
  return [{ passed: false, evidence: `${from.name} does not reach ${names}, and connections names ${to.name}` }];
}

/** CIDRs of a VPC and of its subnets; in a plan, subnets may lie outside the VPC. */
function addressesOf({ blocks, subnets }: VpcNetwork): string[] {
  return [...blocks, ...subnets.map(({ block }) => block)];
}
