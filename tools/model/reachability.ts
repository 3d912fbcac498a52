import type { Path } from "./paths/path";
import { Reach } from "./paths/reach";
import type { Topology } from "./topology/topology";

/** The reachability matrix: rows are senders, columns are destinations. */
export interface Reachability {
  readonly rows: readonly Place[];
  readonly columns: readonly Place[];
  /** One list per row, one cell per column; null: a place to itself, or the internet to a public service. */
  readonly cells: readonly (readonly (Cell | null)[])[];
}

/** A tier of a network, a service in the hub, or the internet. */
export interface Place {
  /** `dev-private`, `ecr.api`, `internet`. */
  readonly name: string;
  readonly kind: "tier" | "service" | "internet";
  /** The network of a tier; otherwise empty. */
  readonly network: string;
  /** The name of a tier, such as `private`; otherwise empty. */
  readonly tier: string;
}

/** Between all Availability Zones, some of them, or none. */
export type Reached = "yes" | "in some zones" | "no";

/** The path is that from the first AZ, or the first that does not arrive if others do. */
export interface Cell extends Path {
  readonly reached: Reached;
  /** Whether there is a return path: a one-way path carries no connection. */
  readonly answered: Reached;
  /** Subnet where the path starts; null: the internet. */
  readonly from: string | null;
  /** Destination subnet; null: a service or the internet. */
  readonly to: string | null;
  readonly words: string;
}

export const INTERNET: Place = { name: "internet", kind: "internet", network: "", tier: "" };

/**
 * Every tier of every network, and the internet, to every other tier, the hub's services and the internet. The size grows
 * with the square of the number of networks; `reachabilityInGroups` summarizes many networks.
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
