import { arrives, pathInWords } from "../model/paths/path";
import { trace } from "../model/paths/trace";
import { HTTPS } from "../model/topology/traffic";
import { inTier, networkOf, topologyOf, type Subnet } from "../model/topology/topology";
import { finding, type NetworkPromise } from "./promise";

/** The way alone; `shared-services-answer` is about what listens at its end. */
export const spokesReachTheHub: NetworkPromise = {
  name: "spokes-reach-the-hub",
  sentence: "A spoke's private subnets reach the hub's, where all that it offers is, and are answered.",
  check(stack, all) {
    const topology = topologyOf(all);
    const [hub, spoke] = [topology.networks.find(({ isHub }) => isHub), networkOf(topology, stack)];
    if (stack.isHub || hub === undefined || spoke === undefined) return undefined;
    const go = (from: Subnet, to: Subnet) => trace(topology, from, { kind: "subnet", subnetId: to.id }, HTTPS);
    return finding(
      inTier(spoke, "private").flatMap((own) =>
        inTier(hub, "private")
          .flatMap((other) => [go(own, other), go(other, own)])
          .map((path) => ({ holds: arrives(path), evidence: pathInWords(path) })),
      ),
    );
  },
};
