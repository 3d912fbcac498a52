export type PlaceKind =
  "network" | "subnet" | "nat" | "internet" | "attachment" | "to-hub" | "to-spokes" | "table" | "resolver" | "endpoint";

/** What a part of the picture is known by: `subnet/dev-private-1`; ways in and out of a network by its name. */
export function placeKey(kind: PlaceKind, name: string): string {
  return `${kind}/${name}`;
}
