import { arrives, pathInWords } from "../model/paths/path";
import { trace } from "../model/paths/trace";
import { HTTPS } from "../model/topology/traffic";
import { inTier, networkOf, topologyOf, type Subnet } from "../model/topology/topology";
import { finding, type NetworkPromise } from "./promise";

/**
 * A way in one direction alone carries no connection, and is the fault that shows last: the first packet arrives.
 * Public and transit subnets are left out: nothing of theirs talks to another network.
 */
export const returnPathsAreSymmetric: NetworkPromise = {
  name: "return-paths-are-symmetric",
  sentence: "What a private subnet reaches in another network finds back to it, by the same way.",
  check(stack, all) {
    const topology = topologyOf(all);
    const own = networkOf(topology, stack);
    const others = topology.networks.filter(({ id }) => id !== own?.id);
    if (own === undefined || others.length === 0) return undefined;
    const go = (from: Subnet, to: Subnet) => trace(topology, from, { kind: "subnet", subnetId: to.id }, HTTPS);
    const seen = others.map((other) => {
      const pairs = inTier(own, "private").flatMap((from) => inTier(other, "private").map((to) => ({ from, to })));
      const lame = pairs.flatMap(({ from, to }) => {
        const [there, back] = [go(from, to), go(to, from)];
        const isMirrored = arrives(there) === arrives(back) && there.hops.length === back.hops.length;
        if (isMirrored || (!arrives(there) && !arrives(back))) return [];
        return [`${from.name} to ${to.name} ${pathInWords(there)}, back ${pathInWords(back)}`];
      });
      const [first] = lame;
      return {
        holds: first === undefined,
        evidence: first ?? `${other.name}: ${String(pairs.length)} ways, each as its way back`,
      };
    });
    return finding(seen);
  },
};
