import { rangesOf } from "../model/addresses/ranges";
import { arrives, type PacketPath } from "../model/paths/path";
import { tracePaths } from "../model/paths/trace";
import { HTTPS } from "../model/topology/packet-filters";
import { inTier, networksOf, topologyOf, type Subnet, type Topology } from "../model/topology/topology";
import { finding, type NetworkCheck, type Observation, observeConnection } from "./shared/check";

/** Checks only the path; `shared-endpoints-are-reachable` checks the listeners. */
export const spokesReachTheHub: NetworkCheck = {
  name: "spokes-reach-the-hub",
  sentence: "Private subnets of each spoke and the hub reach each other, with a return path.",
  check(stack, all) {
    const topology = topologyOf(all);
    const hub = topology.networks.find(({ isHub }) => isHub);
    const spokes = networksOf(topology, stack);
    if (stack.isHub || hub === undefined || spokes.length === 0) return undefined;
    const hubSubnets = inTier(hub, "private");
    const spokeSubnets = spokes.flatMap((spoke) => inTier(spoke, "private"));
    return finding([
      ...spokeSubnets.flatMap((from) => observePaths(topology, from, hubSubnets)),
      ...hubSubnets.flatMap((from) => observePaths(topology, from, spokeSubnets)),
    ]);
  },
};

/** The paths to all addresses of some subnets. */
function observePaths(topology: Topology, from: Subnet, to: readonly Subnet[]): Observation[] {
  const intended = new Set(to.map(({ id }) => id));
  const isIntended = (path: PacketPath): boolean => arrives(path) && intended.has(path.landsIn ?? "");
  const ranges = rangesOf(to.map(({ block }) => block));
  return tracePaths(topology, from, { kind: "ranges", ranges }, HTTPS).map((path) =>
    observeConnection(topology, from, path, HTTPS, isIntended),
  );
}
