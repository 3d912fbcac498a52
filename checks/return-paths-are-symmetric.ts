import { rangesOf } from "../model/addresses/ranges";
import { answersTo } from "../model/paths/answers";
import { arrives, type Way } from "../model/paths/path";
import { ways } from "../model/paths/trace";
import { networksOf, topologyOf, type Network, type Subnet, type Topology } from "../model/topology/topology";
import { HTTPS, requestTo } from "../model/topology/traffic";
import { finding, type NetworkCheck } from "./check";
import { wayInWords } from "./paths-in-words";

/**
 * A way in one direction alone carries no connection, and is the fault that shows last: the first packet arrives.
 * Public and transit subnets are left out: nothing of theirs talks to another network.
 */
export const returnPathsAreSymmetric: NetworkCheck = {
  name: "return-paths-are-symmetric",
  sentence: "What a private subnet reaches in another network finds back to it, by the same way.",
  check(stack, all) {
    const topology = topologyOf(all);
    const own = networksOf(topology, stack);
    const others = topology.networks.filter((network) => !own.includes(network) || own.length > 1);
    if (own.length === 0 || topology.networks.length < 2) return undefined;
    return finding(own.flatMap((network) => fromNetwork(topology, network, others)));
  },
};

function fromNetwork(topology: Topology, own: Network, all: readonly Network[]) {
  const others = all.filter(({ id }) => id !== own.id);
  const there = new Map(others.flatMap((network) => workloads(network).map((to) => [to.id, network.name] as const)));
  const ranges = rangesOf(others.flatMap((network) => workloads(network).map(({ block }) => block)));
  const counts = new Map<string, number>();
  const lame = new Map<string, string>();
  for (const from of workloads(own)) {
    for (const way of ways(topology, from, { kind: "ranges", ranges }, HTTPS)) {
      const to = there.get(way.landsIn ?? "");
      if (to === undefined) continue;
      counts.set(to, (counts.get(to) ?? 0) + 1);
      const back = answerThatDiffers(topology, from, way);
      if (back !== undefined && !lame.has(to)) lame.set(to, `to ${to}: ${wayInWords(way)}, back ${wayInWords(back)}`);
    }
  }
  const kept = [...counts].filter(([name]) => !lame.has(name));
  const unreached = others.length - counts.size;
  return [
    ...[...lame.values()].map((evidence) => ({ passed: false, evidence })),
    ...kept.map(([name, count]) => ({
      passed: true,
      evidence: `${own.name} to ${name}: ${String(count)} ways, each as its way back`,
    })),
    ...(unreached > 0
      ? [{ passed: true, evidence: `${own.name} reaches nothing in ${String(unreached)} other networks` }]
      : []),
  ];
}

/** Subnets that workloads are in: all but those that are for gateways, whatever they are called. */
function workloads({ subnets }: Network): readonly Subnet[] {
  return subnets.filter(({ tier }) => tier !== "public" && tier !== "transit");
}

/** An answer that is lost, or that takes a way of another length where no NAT gateway makes one. */
function answerThatDiffers(topology: Topology, from: Subnet, way: Way): Way | undefined {
  const isDirect = way.translations.length === 0;
  return answersTo(topology, from, way, requestTo(HTTPS)).find(
    (back) => !arrives(back) || (isDirect && back.hops.length !== way.hops.length),
  );
}
