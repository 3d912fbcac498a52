import { CLUSTER } from "./cluster";
import type { KindOfThing } from "./kind";
import { NETWORK } from "./network";
import { SERVICES } from "./services";

const ALL = { ...CLUSTER, ...NETWORK, ...SERVICES };

export type Kind = keyof typeof ALL;

/** Every kind, in the order of deletion. */
export const KINDS: Readonly<Record<Kind, KindOfThing>> = ALL;

const ORDER = Object.keys(ALL) as Kind[];

/** Position of a kind in that order. */
export function deletionRank(kind: Kind): number {
  return ORDER.indexOf(kind);
}
