import { rangesOf } from "../model/addresses/ranges";
import { arrives, type PacketPath } from "../model/paths/path";
import { tracePaths } from "../model/paths/trace";
import { inTier, networksOf, topologyOf, type Subnet, type Topology } from "../model/topology/topology";
import { HTTPS } from "../model/topology/traffic";
import { finding, type NetworkCheck } from "./check";
import { connection, type Seen } from "./paths-in-words";

/** Checks only the path; `shared-endpoints-are-reachable` checks the listeners. */
export const spokesReachTheHub: NetworkCheck = {
  name: "spokes-reach-the-hub",
  sentence: "Private subnets of each spoke and the hub reach each other, with a return path.",
  check(stack, all) {
    const topology = topologyOf(all);
    const hub = topology.networks.find(({ isHub }) => isHub);
    const spokes = networksOf(topology, stack);
    if (stack.isHub || hub === undefined || spokes.length === 0) return undefined;
    const theirs = inTier(hub, "private");
    const own = spokes.flatMap((spoke) => inTier(spoke, "private"));
    return finding([
      ...own.flatMap((from) => connections(topology, from, theirs)),
      ...theirs.flatMap((from) => connections(topology, from, own)),
    ]);
  },
};

/** The paths to all addresses of some subnets. */
function connections(topology: Topology, from: Subnet, to: readonly Subnet[]): Seen[] {
  const meant = new Set(to.map(({ id }) => id));
  const isThere = (way: PacketPath): boolean => arrives(way) && meant.has(way.landsIn ?? "");
  const ranges = rangesOf(to.map(({ block }) => block));
  return tracePaths(topology, from, { kind: "ranges", ranges }, HTTPS).map((way) =>
    connection(topology, from, way, HTTPS, isThere),
  );
}
