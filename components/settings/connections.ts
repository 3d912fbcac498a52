import type { Faults } from "./faults";
import type { Fields } from "./fields";
import type { Connections, Network, Site } from "./settings";

/** Second word of a pair whose first spoke every other spoke reaches. */
export const ALL_SPOKES = "all";
/** Second word of a pair whose spoke has a route table of its own and reaches no other spoke. */
const NONE = "none";
const WORDS: readonly string[] = [ALL_SPOKES, NONE];

/**
 * The spokes that a spoke reaches. If it reaches another one, that one reaches it.
 *
 * @param connections absent: none
 */
export function reachedBy(connections: Connections | undefined, spoke: string): readonly string[] {
  const own = connections?.tables.find((table) => table.spoke === spoke);
  return own?.reaches ?? connections?.forAll ?? [];
}

/** The spokes whose attachments the connections use: all of them as soon as one spoke is for all. */
export function attachedSpokes({ tables, forAll }: Connections, spokes: readonly Network[]): readonly Network[] {
  if (forAll.length > 0) return spokes;
  return spokes.filter(({ name }) => tables.some(({ spoke }) => spoke === name));
}

/**
 * The connections with a route table for each spoke that a site names: the route to the site is in no table of another
 * spoke. Such a spoke reaches the same spokes as before.
 *
 * @param spokes in address order
 */
export function withTablesForSites(
  { tables, forAll }: Connections,
  sites: readonly Site[],
  spokes: readonly string[],
): Connections {
  const own = new Map(tables.map((table) => [table.spoke, table]));
  const named = new Set(sites.flatMap((site) => site.spokes));
  return {
    tables: spokes.flatMap((spoke) => {
      const reaches = forAll.filter((other) => other !== spoke);
      return own.get(spoke) ?? (named.has(spoke) ? [{ spoke, reaches }] : []);
    }),
    forAll,
  };
}

/** The account map, as far as it has no fault. */
export interface KnownNetworks {
  /** Names in `networks`, also those with a fault; undefined: the whole object has one. */
  readonly names: readonly string[] | undefined;
  /** In address order; undefined: the account map has a fault. */
  readonly networks: readonly Network[] | undefined;
  /** Name of the hub. */
  readonly hub: string;
}

type Pair = readonly [spoke: string, other: string];

/**
 * Reads the key `connections`, a list of pairs of spokes.
 *
 * @returns undefined if the key or the account map has a fault, which is recorded
 */
export function decodeConnections(fields: Fields, known: KnownNetworks, faults: Faults): Connections | undefined {
  const elements = fields.elements("connections", FORM);
  if (elements === undefined) return undefined;
  const pairs = elements.map((element, index) => decodePair(element, place(index), known, faults));
  pairs.forEach((pair, index) => {
    if (pair !== undefined) refuseContradiction(pair, index, pairs, faults);
  });
  const { networks, hub } = known;
  if (networks === undefined || !pairs.every((pair) => pair !== undefined)) return undefined;
  const spokes = networks.filter(({ name }) => name !== hub);
  const connections = connectionsOf(pairs, spokes);
  for (const spoke of attachedSpokes(connections, spokes)) refuseSharedAccount(spoke, "connections", networks, faults);
  return connections;
}

const FORM = "must be a list of pairs of spokes, such as [[dev, staging]]; write [] for none";
const place = (index: number): string => `connections[${index}]`;

function decodePair(element: unknown, key: string, known: KnownNetworks, faults: Faults): Pair | undefined {
  const [spoke, other, ...more] = Array.isArray(element) ? (element as unknown[]) : [];
  if (typeof spoke !== "string" || typeof other !== "string" || more.length > 0) {
    faults.add(
      key,
      element,
      `must be a pair of spokes, such as [dev, staging]; or [dev, ${ALL_SPOKES}] if every spoke reaches dev, or [dev, ${NONE}] if none does`,
    );
    return undefined;
  }
  const advice = pairFault([spoke, other], known);
  if (advice === undefined) return [spoke, other];
  faults.add(key, element, advice);
  return undefined;
}

function pairFault([spoke, other]: Pair, { names, hub }: KnownNetworks): string | undefined {
  if (spoke === other) return "connects a spoke with itself; name two spokes, or remove the pair";
  if (spoke === hub || other === hub) return "the hub and every spoke reach each other without it; remove the pair";
  if (WORDS.includes(spoke)) return `write the spoke first, such as [dev, ${spoke}]`;
  if (names === undefined) return undefined;
  if (WORDS.includes(other)) {
    if (names.includes(other)) {
      return `${other} has a meaning of its own in a pair, and networks.${other} has the same name; rename that network`;
    }
  }
  const spokes = names.filter((name) => name !== hub);
  const unknown = [spoke, other].find((each) => !spokes.includes(each) && !WORDS.includes(each));
  return unknown === undefined ? undefined : `networks has no spoke ${unknown}; add it, or correct the pair`;
}

/** Refuses a pair that an earlier one contains, and one that says the opposite of another. */
function refuseContradiction(
  [spoke, other]: Pair,
  index: number,
  pairs: readonly (Pair | undefined)[],
  faults: Faults,
): void {
  const find = (matches: (pair: Pair, at: number) => boolean): number =>
    pairs.findIndex((pair, at) => pair !== undefined && at !== index && matches(pair, at));
  const refuse = (advice: string): void => {
    faults.add(place(index), [spoke, other], advice);
  };

  const same = find((pair, at) => at < index && pair.includes(spoke) && pair.includes(other));
  if (same >= 0) {
    refuse(`the same pair as ${place(same)}; remove one of the two`);
    return;
  }
  if (other === NONE) {
    const connected = find((pair) => pair[1] !== NONE && (pair.includes(spoke) || pair[1] === ALL_SPOKES));
    if (connected >= 0) refuse(`${place(connected)} connects ${spoke}; remove one of the two`);
    return;
  }
  const wider = find((pair) => pair[1] === ALL_SPOKES && other !== ALL_SPOKES && [spoke, other].includes(pair[0]));
  if (wider >= 0) refuse(`${place(wider)} contains this pair; remove one of the two`);
}

/**
 * The hub finds the attachment of a spoke by its account. An account with two networks has two attachments, and nothing
 * that the hub sees distinguishes them: AWS shows the tags of an attachment only in the account that set them.
 *
 * @param key that names the spoke: `connections`, or one in `sites`
 */
export function refuseSharedAccount(
  { name: spoke, account }: Network,
  key: string,
  networks: readonly Network[],
  faults: Faults,
): void {
  const other = networks.find((network) => network.account === account && network.name !== spoke);
  if (other === undefined) return;
  const advice =
    `is also the account of networks.${other.name}, and ${key} needs the attachment of ${spoke}, which the hub finds ` +
    `by its account; give ${spoke} an account of its own, or remove it from ${key}`;
  faults.add(`networks.${spoke}.account`, account, advice);
}

function connectionsOf(pairs: readonly Pair[], spokes: readonly Network[]): Connections {
  const names = spokes.map(({ name }) => name);
  const forAll = names.filter((name) => pairs.some(([spoke, other]) => spoke === name && other === ALL_SPOKES));
  const isPair = (a: string, b: string): boolean => pairs.some((pair) => pair.includes(a) && pair.includes(b));
  const reaches = (spoke: string, other: string): boolean =>
    spoke !== other && (forAll.includes(spoke) || forAll.includes(other) || isPair(spoke, other));
  const tables = names
    .filter((name) => pairs.some((pair) => pair.includes(name)))
    .map((spoke) => ({ spoke, reaches: names.filter((other) => reaches(spoke, other)) }));
  return { tables, forAll };
}
