import { covers, meet, rangesOf, union, type Ranges } from "../addresses/ranges";
import type { Cell, Reached } from "../reachability";
import type { Subnet, Topology } from "../topology/topology";
import { HTTPS, requestTo, type Port } from "../topology/traffic";
import { answersTo } from "./answers";
import { pathInWords, worst, type Path, type Way } from "./path";
import { servicesOf, tiersOf, type Service, type Tier } from "./places";
import { spread, traceFromInternet, ways } from "./trace";

/** Packets that a subnet sends to one destination and port. */
interface Sent {
  readonly from: Subnet;
  /** Destination subnet; null: a service or the internet. */
  readonly to: string | null;
  readonly port: Port;
  readonly ways: readonly Way[];
}

/** The paths from a subnet to all networks. */
interface Spread {
  /** Paths that arrive, by destination subnet. */
  readonly arrivals: ReadonlyMap<string, readonly Way[]>;
  /** Destinations of paths that do not arrive. */
  readonly lost: Ranges;
}

/** What reaches what, computed pair by pair. */
export class Reach {
  readonly tiers: readonly Tier[];
  readonly services: readonly Service[];
  private readonly everywhere: Ranges;
  private readonly spreads = new Map<string, Spread>();
  private readonly cells = new Map<string, Cell>();
  private readonly verdicts = new Map<string, Reached>();

  constructor(
    private readonly topology: Topology,
    region: string,
  ) {
    this.tiers = tiersOf(topology);
    this.services = servicesOf(topology, region);
    this.everywhere = rangesOf(
      topology.networks.flatMap(({ blocks, subnets }) => [...blocks, ...subnets.map((each) => each.block)]),
    );
  }

  tier(from: Tier, to: Tier): Cell {
    const ranges = rangesOf(to.subnets.map(({ block }) => block));
    const isMet = ({ destinations, landsIn }: Way, { id, block }: Subnet): boolean =>
      landsIn === null ? meet(destinations, rangesOf([block])) : landsIn === id;
    return this.once(`${idOf(from)} → ${idOf(to)}`, () =>
      from.subnets.flatMap((subnet) =>
        ways(this.topology, subnet, { kind: "ranges", ranges }, HTTPS).map((way) => ({
          ...{ from: subnet, to: to.subnets.find((target) => isMet(way, target))?.id ?? null, port: HTTPS },
          ways: [way],
        })),
      ),
    );
  }

  service(from: Tier, { place, questions }: Service): Cell {
    return this.once(`${idOf(from)} → ${place.name}`, () =>
      from.subnets.flatMap((subnet) =>
        questions.map(({ port, waysFrom }) => ({ from: subnet, to: null, port, ways: waysFrom(subnet) })),
      ),
    );
  }

  internet(from: Tier): Cell {
    return this.once(`${idOf(from)} → internet`, () =>
      from.subnets.map((subnet) => ({
        ...{ from: subnet, to: null, port: HTTPS },
        ways: ways(this.topology, subnet, { kind: "internet" }, HTTPS),
      })),
    );
  }

  fromInternet(to: Tier): Cell {
    const paths = to.subnets.map((subnet) => ({ to: subnet.id, path: traceFromInternet(this.topology, subnet) }));
    const shown = worst(paths.map(({ path }) => path)) ?? NOTHING;
    const reached = together(paths.map(({ path }) => reachedBy(path)));
    const at = paths.find(({ path }) => path === shown)?.to ?? null;
    return { ...shown, from: null, to: at, reached, answered: reached, words: pathInWords(shown) };
  }

  /** Null: the service is public, so this network does not control access to it. */
  serviceFromInternet({ isPublic }: Service): Cell | null {
    if (isPublic) return null;
    const path: Path = { hops: [], end: "dropped", why: "the service has no public address" };
    return { ...path, from: null, to: null, reached: "no", answered: "no", words: pathInWords(path) };
  }

  /** Whether a tier reaches another. */
  reached(from: Tier, to: Tier): Reached {
    if (from === to) return "yes";
    return this.verdict(`${idOf(from)} → ${idOf(to)}`, () =>
      from.subnets.flatMap((subnet) => to.subnets.map((target) => this.between(subnet, target))),
    );
  }

  /** Whether packets that arrive have a return path. */
  answered(from: Tier, to: Tier): Reached {
    return this.verdict(`answers of ${idOf(to)} → ${idOf(from)}`, () =>
      from.subnets.flatMap((subnet) =>
        [...new Set(to.subnets.map(({ id }) => id))].flatMap((target) =>
          (this.spreadFrom(subnet).arrivals.get(target) ?? []).map((way) => this.isAnswered(subnet, way, HTTPS)),
        ),
      ),
    );
  }

  private verdict(question: string, all: () => readonly Reached[]): Reached {
    const verdict = this.verdicts.get(question) ?? together(all());
    this.verdicts.set(question, verdict);
    return verdict;
  }

  private between(from: Subnet, to: Subnet): Reached {
    const { arrivals, lost } = this.spreadFrom(from);
    const there = arrivals.get(to.id);
    if (there === undefined) return "no";
    const block = rangesOf([to.block]);
    const isWhole = covers(union(...there.map(({ destinations }) => destinations)), block) && !meet(lost, block);
    return isWhole ? "yes" : "in some zones";
  }

  /** Computed for all networks at once: one walk per subnet, even with a hundred networks. */
  private spreadFrom(from: Subnet): Spread {
    const known = this.spreads.get(from.id);
    if (known !== undefined) return known;
    const arrivals = new Map<string, Way[]>();
    const lost: Ranges[] = [];
    for (const way of spread(this.topology, from, this.everywhere, requestTo(HTTPS))) {
      if (way.end !== "arrives" || way.landsIn === null) lost.push(way.destinations);
      else arrivals.set(way.landsIn, [...(arrivals.get(way.landsIn) ?? []), way]);
    }
    const made = { arrivals, lost: union(...lost) };
    this.spreads.set(from.id, made);
    return made;
  }

  private isAnswered(from: Subnet, way: Way, port: Port): Reached {
    return together(answersTo(this.topology, from, way, requestTo(port)).map(reachedBy));
  }

  private once(question: string, sent: () => readonly Sent[]): Cell {
    const cell = this.cells.get(question) ?? this.cell(sent());
    this.cells.set(question, cell);
    return cell;
  }

  /** The cell for these packets; it shows the path that decides. */
  private cell(sent: readonly Sent[]): Cell {
    const all = sent.flatMap((each) => each.ways.map((way) => ({ ...each, way })));
    const paths = all.map(({ way }) => way);
    const shown = worst(paths);
    const at = all.find(({ way }) => way === shown);
    const reached = together(paths.map(reachedBy));
    const arriving = all.filter(({ way }) => reachedBy(way) === "yes");
    const answers = arriving.map(({ from, way, port }) => this.isAnswered(from, way, port));
    const { hops, end, why } = shown ?? NOTHING;
    return {
      ...{ hops, end, from: at?.from.id ?? null, to: at?.to ?? null },
      ...(why === undefined ? {} : { why }),
      ...{ reached: paths.length === 0 ? "no" : reached, answered: reached === "no" ? "no" : together(answers) },
      words: pathInWords(shown ?? NOTHING),
    };
  }
}

/** Names may repeat; ids are unique. */
function idOf({ network, place }: Tier): string {
  return `${network.id} ${place.tier}`;
}

const NOTHING: Path = { hops: [], end: "dropped", why: "the tier has no subnet" };

function reachedBy({ end }: Path): Reached {
  return end === "arrives" || end === "internet" ? "yes" : "no";
}

/** The combined answer; yes for an empty list. */
export function together(all: readonly Reached[]): Reached {
  if (all.every((each) => each === "yes")) return "yes";
  return all.every((each) => each === "no") ? "no" : "in some zones";
}
