import type { Hop } from "../../../model/paths/path";
import { entryOf } from "../../../model/paths/transit-gateway";
import type { Cell } from "../../../model/reachability/reach";
import type { Topology } from "../../../model/topology/topology";
import type { CellView, ReachabilityView } from "../../view/reachability";

type PlaceKind =
  | "network"
  | "subnet"
  | "nat"
  | "internet"
  | "attachment"
  | "to-hub"
  | "to-spokes"
  | "table"
  | "firewall"
  | "resolver"
  | "endpoint";

/** Key of a part of the picture: `subnet/dev-private-1`. The gates of a network have the name of the network. */
export function placeKey(kind: PlaceKind, name: string): string {
  return `${kind}/${name}`;
}

/** A path that some cells of a row share, except for its last stretch. */
export interface SharedPath {
  /** Anchor of its text. */
  readonly id: string;
  readonly cells: readonly CellOnIt[];
  readonly steps: readonly string[];
  /** Keys of the picture's parts on this path, without the last one of each cell. */
  readonly places: readonly string[];
  /** `stops`: at the last of these parts, before the destination; `one-way`: it arrives, but there is no return route. */
  readonly end: "arrives" | "one-way" | "stops";
}

export interface CellOnIt {
  readonly column: number;
  readonly view: CellView;
  /** Key of the part of the picture where the path of this cell arrives; empty where it stops before. */
  readonly to: string;
}

/** The paths of each row, each once. */
export function sharedPaths({ cells }: ReachabilityView, topology: Topology, isCard: IsCard): SharedPath[][] {
  return cells.map((line, row) => {
    const paths = new Map<string, { places: string[]; cells: CellOnIt[] }>();
    for (const [column, view] of line.entries()) {
      if (view === null) continue;
      const places = placesPassed(topology, view.cell, isCard);
      const to = view.cell.end === "arrives" && places.length > 1 ? (places.pop() ?? "") : "";
      const key = [view.mark, ...view.steps, ...places].join("\n");
      const path = paths.get(key) ?? { places, cells: [] };
      path.cells.push({ column, view, to });
      paths.set(key, path);
    }
    return [...paths.values()].map(({ places, cells: on }, index) => ({
      id: `path-${String(row + 1)}-${String(index + 1)}`,
      cells: on,
      steps: on[0]?.view.steps ?? [],
      places,
      end: endOf(on[0]?.view),
    }));
  });
}

function endOf(view: CellView | undefined): SharedPath["end"] {
  if (view?.mark === "one way") return "one-way";
  return ["arrives", "internet"].includes(view?.cell.end ?? "") ? "arrives" : "stops";
}

/** Whether a network is drawn as a card, without its parts. */
type IsCard = (network: string) => boolean;

/** Keys of the parts of the picture on the path of a packet, in order. */
export function placesPassed(topology: Topology, cell: Cell, isCard: IsCard): string[] {
  const { from, hops, end, to } = cell;
  const isFromSite = hops[0]?.kind === "site";
  const outside = isFromSite ? [] : gate(topology, "internet", to);
  const first = from === null ? outside : subnet(topology, from);
  const last = end === "arrives" ? subnet(topology, to) : [];
  const parts = [...first, ...hops.flatMap((_, index) => at(topology, cell, index)), ...last];
  const keys = parts.map(({ kind, name, network }) =>
    isCard(network) ? placeKey("network", network) : placeKey(kind, name),
  );
  return keys.filter((key, index) => key !== keys[index - 1]);
}

interface Part {
  readonly kind: PlaceKind;
  readonly name: string;
  /** Stack of the network that it is in; empty for what is outside of all. */
  readonly network: string;
}

/** What a hop is drawn as. */
function at(topology: Topology, cell: Cell, index: number): Part[] {
  const hop = cell.hops[index];
  if (hop === undefined) return [];
  switch (hop.kind) {
    case "subnet": {
      const leaves = cell.from !== null && hop.route.target === "internet gateway";
      return [...subnet(topology, hop.id), ...(leaves ? gate(topology, "internet", hop.id) : [])];
    }
    case "site":
      // Outside of the picture, which has the route table of its attachment.
      return [];
    case "NAT gateway": {
      const { name, vpcId } = topology.natById.get(hop.id) ?? { name: "", vpcId: "" };
      return [{ kind: "nat", name, network: topology.networkById.get(vpcId)?.stack ?? "" }];
    }
    case "transit table": {
      const name = topology.transit.tables.find(({ id }) => id === hop.id)?.name ?? "";
      const before = subnetBefore(cell, index);
      const zone = topology.subnetById.get(before ?? "")?.zone ?? "";
      const after = subnetAfter(topology, cell, index);
      return [
        ...attachment(topology, before, zone),
        ...lane(topology, "to-hub", before),
        { kind: "table", name, network: "" },
        ...lane(topology, "to-spokes", after),
        ...attachment(topology, after, zone).reverse(),
      ];
    }
    case "firewall":
      return [{ kind: "firewall", name: hop.name, network: "" }];
    case "resolver":
    case "endpoint":
      return [{ kind: hop.kind, name: hop.name, network: networkOf(topology, listeningIn(topology, hop)) }];
  }
}

function networkOf({ networkById, subnetById }: Topology, subnetId: string | null): string {
  return networkById.get(subnetById.get(subnetId ?? "")?.vpcId ?? "")?.stack ?? "";
}

/** Empty for an unknown subnet. */
function subnet(topology: Topology, id: string | null): Part[] {
  const name = topology.subnetById.get(id ?? "")?.name;
  return name === undefined ? [] : [{ kind: "subnet", name, network: networkOf(topology, id) }];
}

/** The internet gateway or the attachment of the network of a subnet. */
function gate(topology: Topology, kind: "internet" | "attachment", subnetId: string | null): Part[] {
  const network = networkOf(topology, subnetId);
  return network === "" ? [] : [{ kind, name: network, network }];
}

/** The path to the transit gateway: the attachment's subnet in the sender's AZ, then the attachment. */
function attachment(topology: Topology, subnetId: string | null, zone: string): Part[] {
  const vpcId = topology.subnetById.get(subnetId ?? "")?.vpcId;
  const attached = topology.transit.attachments.find((each) => each.vpcId === vpcId);
  const entry = attached === undefined ? undefined : entryOf(topology, attached, zone);
  return [...subnet(topology, entry?.id ?? null), ...gate(topology, "attachment", subnetId)];
}

/** The line between a spoke and the transit gateway; the hub stands before it. */
function lane(topology: Topology, kind: "to-hub" | "to-spokes", subnetId: string | null): Part[] {
  const name = networkOf(topology, subnetId);
  const isSpoke = topology.networks.some(({ stack, isHub }) => stack === name && !isHub);
  return isSpoke ? [{ kind, name, network: "" }] : [];
}

function subnetBefore({ hops, from }: Cell, index: number): string | null {
  return hops.slice(0, index).findLast(({ kind }) => kind === "subnet")?.id ?? from;
}

/** A subnet of the network that a packet enters after a hop; null where the path ends. */
function subnetAfter(topology: Topology, { hops, end, to }: Cell, index: number): string | null {
  const next = hops[index + 1];
  if (next === undefined) return end === "arrives" ? to : null;
  return next.kind === "subnet" ? next.id : listeningIn(topology, next);
}

function listeningIn({ endpoints, resolvers }: Topology, { id }: Hop): string | null {
  return [...endpoints, ...resolvers].find((each) => each.id === id)?.listeners[0]?.subnetId ?? null;
}
