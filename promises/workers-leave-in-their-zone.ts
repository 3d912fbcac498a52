import { pathInWords, type Path } from "../model/paths/path";
import { trace } from "../model/paths/trace";
import { HTTPS } from "../model/topology/traffic";
import { inTier, networkOf, topologyOf, type NatGateway, type Topology } from "../model/topology/topology";
import { finding, type NetworkPromise } from "./promise";

export const workersLeaveInTheirZone: NetworkPromise = {
  name: "workers-leave-in-their-zone",
  sentence: "Workers reach the internet by a NAT gateway, that of their own zone where it has one.",
  check(stack, all) {
    const topology = topologyOf(all);
    const network = networkOf(topology, stack);
    if (stack.isHub || network === undefined) return undefined;
    const zones = [...topology.natById.values()]
      .filter(({ subnetId }) => topology.subnetById.get(subnetId)?.vpcId === network.id)
      .map((nat) => zoneOf(topology, nat));
    return finding(
      inTier(network, "private").map((subnet) => {
        const path = trace(topology, subnet, { kind: "internet" }, HTTPS);
        const leavesBy = natOf(topology, path);
        const zone = leavesBy === undefined ? undefined : zoneOf(topology, leavesBy);
        const isOwn = zone === subnet.zone || !zones.includes(subnet.zone);
        return {
          holds: path.end === "internet" && zone !== undefined && isOwn,
          evidence: `in ${subnet.zone}, ${leavesBy === undefined ? "by no NAT gateway" : `by ${leavesBy.name} in ${zone ?? "no zone"}`}: ${pathInWords(path)}`,
        };
      }),
    );
  },
};

function natOf({ natById }: Topology, { hops }: Path): NatGateway | undefined {
  const [hop] = hops.filter(({ kind }) => kind === "NAT gateway");
  return hop === undefined ? undefined : natById.get(hop.id);
}

function zoneOf({ subnetById }: Topology, { subnetId }: NatGateway): string | undefined {
  return subnetById.get(subnetId)?.zone;
}
