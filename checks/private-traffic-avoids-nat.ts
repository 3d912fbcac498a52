import { difference, rangesOf, type Ranges } from "../model/addresses/ranges";
import type { Way } from "../model/paths/path";
import { spread } from "../model/paths/trace";
import { networksOf, topologyOf, type Subnet, type Topology } from "../model/topology/topology";
import { finding, type NetworkCheck } from "./check";
import { once, wayInWords, type Seen } from "./paths-in-words";

/**
 * What is bound for another network and finds no route of its own takes the default one: it leaves the VPC by a NAT
 * gateway, unseen by the transit gateway that would drop, count and log it. A private NAT gateway is there for private
 * addresses, and public subnets hold gateways alone.
 */
export const privateTrafficAvoidsNat: NetworkCheck = {
  name: "private-traffic-avoids-nat",
  sentence: "Nothing for the address space beyond the VPC is sent to a public NAT or internet gateway.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (networks.length === 0) return undefined;
    const space = rangesOf([all.addressSpace]);
    return finding(
      once(
        networks.flatMap(({ blocks, subnets }) => {
          const beyond = difference(space, rangesOf(blocks));
          return subnets.filter(({ tier }) => tier !== "public").flatMap((from) => judged(topology, from, beyond));
        }),
      ),
    );
  },
};

function judged(topology: Topology, from: Subnet, beyond: Ranges): Seen[] {
  return spread(topology, from, beyond).map((way) => ({ passed: !isSentOut(way), evidence: wayInWords(way) }));
}

function isSentOut({ hops, translations }: Way): boolean {
  return translations.some(({ nat }) => nat.isPublic) || hops.some(({ leadsTo }) => leadsTo === "internet gateway");
}
