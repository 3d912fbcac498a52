import type { Cell, Reached } from "../reachability";
import { HTTPS } from "../topology/security-groups";
import type { Subnet, Topology } from "../topology/topology";
import { pathInWords, type Path } from "./path";
import { servicesOf, tiersOf, type Service, type Tier } from "./places";
import { trace, traceFromInternet } from "./trace";

/** A path with the subnets at its ends, where they are any. */
interface Way extends Path {
  readonly from: string | null;
  readonly to: string | null;
}

interface Verdict {
  readonly reached: Reached;
  readonly translates: boolean;
}

/** What reaches what, asked pair by pair. */
export class Reach {
  readonly tiers: readonly Tier[];
  readonly services: readonly Service[];
  private readonly known = new Map<string, Verdict>();

  constructor(
    private readonly topology: Topology,
    region: string,
  ) {
    this.tiers = tiersOf(topology);
    this.services = servicesOf(topology, region);
  }

  tier(from: Tier, to: Tier): Cell {
    return cell(this.ways(from, to), this.answered(from, to));
  }

  service(from: Tier, { reach }: Service): Cell {
    const ways = from.subnets.map((subnet): Way => ({ ...reach(subnet), from: subnet.id, to: null }));
    const listening = new Set(ways.flatMap((way) => this.listening(way)));
    const answering = this.tiers.filter(({ subnets }) => subnets.some(({ id }) => listening.has(id)));
    return cell(ways, translates(ways) ? "yes" : together(answering.map((tier) => this.reached(tier, from))));
  }

  internet(from: Tier): Cell {
    const go = (subnet: Subnet): Path => trace(this.topology, subnet, { kind: "internet" }, HTTPS);
    return cell(
      from.subnets.map((subnet) => ({ ...go(subnet), from: subnet.id, to: null })),
      "yes",
    );
  }

  fromInternet(to: Tier): Cell {
    return cell(
      to.subnets.map((subnet) => ({ ...traceFromInternet(this.topology, subnet), from: null, to: subnet.id })),
      "yes",
    );
  }

  /** Null: it is public, and this network has no say in it. */
  serviceFromInternet({ isPublic }: Service): Cell | null {
    if (isPublic) return null;
    return cell([{ hops: [], end: "dropped", why: "it has no public address", from: null, to: null }], "no");
  }

  /** Whether a tier reaches another. */
  reached(from: Tier, to: Tier): Reached {
    return from === to ? "yes" : this.verdict(from, to).reached;
  }

  /** Whether an answer finds back, of what arrives. */
  answered(from: Tier, to: Tier): Reached {
    return this.verdict(from, to).translates ? "yes" : this.reached(to, from);
  }

  /** Asked once for all tiers that no route tells apart, so that a hundred networks can be asked. */
  private verdict(from: Tier, to: Tier): Verdict {
    const question = `${from.place.name} → ${to.likeness}`;
    const known = this.known.get(question);
    if (known !== undefined) return known;
    const ways = this.ways(from, to);
    const verdict = { reached: together(ways.map(reachedBy)), translates: translates(ways) };
    this.known.set(question, verdict);
    return verdict;
  }

  private ways(from: Tier, to: Tier): Way[] {
    return from.subnets.flatMap((subnet) =>
      to.standIns.map((target): Way => {
        const path = trace(this.topology, subnet, { kind: "subnet", subnetId: target.id }, HTTPS);
        return { ...path, from: subnet.id, to: target.id };
      }),
    );
  }

  /** Subnets of what a way ends at. */
  private listening({ hops }: Way): string[] {
    const last = hops.at(-1)?.id;
    const { endpoints, resolvers } = this.topology;
    const there = [...endpoints, ...resolvers].find(({ id }) => id === last);
    return there?.listeners.map(({ subnetId }) => subnetId) ?? [];
  }
}

/** A NAT gateway remembers whose packet it was, so the answer is not up to the routes to the sender. */
function translates(ways: readonly Way[]): boolean {
  return ways.some(({ hops }) => hops.some(({ kind }) => kind === "NAT gateway"));
}

function reachedBy({ end }: Path): Reached {
  return end === "arrives" || end === "internet" ? "yes" : "no";
}

/** Of none: yes. */
export function together(all: readonly Reached[]): Reached {
  if (all.every((each) => each === "yes")) return "yes";
  return all.every((each) => each === "no") ? "no" : "in some zones";
}

function cell(ways: readonly Way[], answered: Reached): Cell {
  const none: Way = { hops: [], end: "dropped", why: "it has no subnet", from: null, to: null };
  const shown = ways.find((way) => reachedBy(way) === "no") ?? ways[0] ?? none;
  const reached = together(ways.map(reachedBy));
  return { ...shown, reached, answered: reached === "no" ? "no" : answered, words: pathInWords(shown) };
}
