import type { Path } from "./paths/path";
import { Reach } from "./paths/reach";
import type { Topology } from "./topology/topology";

/** Who reaches whom: rows are senders, columns destinations. */
export interface Reachability {
  readonly rows: readonly Place[];
  readonly columns: readonly Place[];
  /** Row by row, as many as there are columns; null: a place and itself, and the internet and a service that is public. */
  readonly cells: readonly (readonly (Cell | null)[])[];
}

/** A tier of a network, a service of the hub's, or the internet. */
export interface Place {
  /** `dev-private`, `ecr.api`, `internet`. */
  readonly name: string;
  readonly kind: "tier" | "service" | "internet";
  /** Of a tier: its network, otherwise empty. */
  readonly network: string;
  /** Of a tier: `private`, otherwise empty. */
  readonly tier: string;
}

/** From every zone to every zone, from or to some, from none to none. */
export type Reached = "yes" | "in some zones" | "no";

/** The path is that from the first zone, or the first that does not arrive where another does. */
export interface Cell extends Path {
  readonly reached: Reached;
  /** Whether an answer finds back: a way in one direction alone carries no connection. */
  readonly answered: Reached;
  /** Subnet that the path starts in; null: the internet. */
  readonly from: string | null;
  /** Subnet that it is bound for; null: a service, or the internet. */
  readonly to: string | null;
  readonly words: string;
}

export const INTERNET: Place = { name: "internet", kind: "internet", network: "", tier: "" };

/**
 * Every tier of every network, and the internet, against every other, the hub's services and the internet. It grows
 * with the square of the number of networks, as what it shows does: of many, `reachabilityInGroups` tells the same.
 */
export function reachability(topology: Topology, region: string): Reachability {
  const reach = new Reach(topology, region);
  const { tiers, services } = reach;
  const fromTiers = tiers.map((from) => [
    ...tiers.map((to) => (to === from ? null : reach.tier(from, to))),
    ...services.map((service) => reach.service(from, service)),
    reach.internet(from),
  ]);
  const fromInternet = [
    ...tiers.map((to) => reach.fromInternet(to)),
    ...services.map((to) => reach.serviceFromInternet(to)),
    null,
  ];
  return {
    rows: [...tiers.map(({ place }) => place), INTERNET],
    columns: [...[...tiers, ...services].map(({ place }) => place), INTERNET],
    cells: [...fromTiers, fromInternet],
  };
}
