import { rangesOf } from "../model/addresses/ranges";
import { tracePaths } from "../model/paths/trace";
import { HTTPS } from "../model/topology/packet-filters";
import { inTier, networksOf, topologyOf, type Topology, type VpcNetwork } from "../model/topology/topology";
import { distinct, finding, type NetworkCheck, type Observation, observeConnection } from "./shared/check";

/**
 * Inside a VPC, only network ACLs (stateless) and routes for a part of it can block traffic between subnets. A cluster's
 * pods run in all private subnets.
 */
export const subnetsReachEachOther: NetworkCheck = {
  name: "subnets-reach-each-other",
  sentence: "Private subnets of a network reach each other on port 443, with a return path.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (networks.every((network) => inTier(network, "private").length === 0)) return undefined;
    return finding(distinct(networks.flatMap((network) => observePaths(topology, network))));
  },
};

function observePaths(topology: Topology, network: VpcNetwork): Observation[] {
  const subnets = inTier(network, "private");
  const ranges = rangesOf(subnets.map(({ block }) => block));
  return subnets.flatMap((from) =>
    tracePaths(topology, from, { kind: "ranges", ranges }, HTTPS).map((path) =>
      observeConnection(topology, from, path, HTTPS),
    ),
  );
}
