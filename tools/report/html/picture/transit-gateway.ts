import { counted } from "../../../io/words";
import type { TransitTableView } from "../../view/routes";
import { markup, type Markup } from "../markup";
import { placeKey } from "./places";
import {
  arrow,
  bottom,
  center,
  fitted,
  GUTTER,
  label,
  line,
  lineAbove,
  middle,
  place,
  type Point,
  rectangle,
  type Rectangle,
  type Size,
} from "./shapes";

/** Routes of a table that the picture shows; the page lists all of them. */
const MOST_ROUTES = 5;
const LINE = 17;
const HEADER = 34;
const MARGIN = 12;
/** Between the middle of the gateway and a table's edge. */
const HALF_GAP = 8;
/** The lines to and from a table run so far from the middle. */
const LANE_OFFSET = 28;

export interface Tables {
  /** The table that leads to the spokes, and the one that leads to the hub. */
  readonly toSpokes: TransitTableView;
  readonly toHub: TransitTableView;
  /** The tables of connected spokes, of external sites, and the one from the hub to a firewall. */
  readonly further: readonly TransitTableView[];
  /** Names of firewalls that are attached to the gateway. */
  readonly firewalls: readonly string[];
}

/** Height of the box of a further table or a firewall, and its distance from what is above. */
const ROW = { height: 22, gap: 6 };

/** Height of the boxes of further tables and firewalls, which are in two columns. */
function rowsHeight({ further, firewalls }: Tables): number {
  return Math.ceil((further.length + firewalls.length) / 2) * (ROW.height + ROW.gap);
}

export function gatewaySize(tables: Tables, width: number): Size {
  const { toSpokes, toHub } = tables;
  const lines = Math.max(...[toSpokes, toHub].map((each) => Math.min(routesInWords(each).length, MOST_ROUTES + 1)));
  return { width: Math.min(width, 620), height: HEADER + 44 + lines * LINE + MARGIN + 6 + rowsHeight(tables) };
}

/** Boxes of the two tables. Lines begin and end at their upper and lower edges. */
function tablePlaces(tables: Tables, box: Rectangle): Record<"toSpokes" | "toHub", Rectangle> {
  const middle = box.x + box.width / 2;
  const height = box.height - HEADER - MARGIN - rowsHeight(tables);
  const size = { y: box.y + HEADER, width: box.width / 2 - HALF_GAP - MARGIN, height };
  return { toSpokes: { x: box.x + MARGIN, ...size }, toHub: { x: middle + HALF_GAP, ...size } };
}

/** The transit gateway with its two route tables, and below them further ones and firewalls. */
export function gatewayBox(tables: Tables, box: Rectangle): Markup {
  const { toSpokes, toHub, further, firewalls } = tables;
  const rows = [
    ...firewalls.map((name) => ({ key: placeKey("firewall", name), text: `firewall ${name}` })),
    ...further.map(({ name, routes }) => ({
      key: placeKey("table", name),
      text: `${name} → ${[...new Set(routes.flatMap(({ network }) => network ?? []))].join(", ")}`,
    })),
  ];
  const places = tablePlaces(tables, box);
  return markup`
<g>${rectangle("box", box, 10)}
${label("Transit gateway", { x: box.x + MARGIN, y: box.y + 22 }, { kind: "name halo" })}
${table(toSpokes, places.toSpokes, middle(box) - LANE_OFFSET)}
${table(toHub, places.toHub, middle(box) + LANE_OFFSET)}${rows.map((row, index) =>
    oneLine(row, index, bottom(places.toHub), box),
  )}</g>`;
}

interface Row {
  /** Key of the place. */
  readonly key: string;
  readonly text: string;
}

/** A table or a firewall in one line, beside the lines to and from the spokes. */
function oneLine({ key, text }: Row, index: number, top: number, box: Rectangle): Markup {
  const width = box.width / 2 - LANE_OFFSET - HALF_GAP - MARGIN;
  const isLeft = index % 2 === 0;
  const x = isLeft ? box.x + MARGIN : middle(box) + LANE_OFFSET + HALF_GAP;
  const y = top + Math.floor(index / 2) * (ROW.height + ROW.gap) + ROW.gap;
  return place(
    key,
    [{ x: middle(box) + (isLeft ? -LANE_OFFSET : LANE_OFFSET), y: y + ROW.height / 2 }],
    rectangle("fill-transit", { x, y, width, height: ROW.height }),
    label(fitted(text, width - 20), { x: x + 10, y: y + 15 }),
  );
}

/** Routes as sentences; a route that is propagated and static is one. */
function routesInWords({ routes }: TransitTableView): string[] {
  return [...new Set(routes.map(({ destination, network }) => `${destination} → ${network ?? "dropped"}`))];
}

function table(each: TransitTableView, box: Rectangle, lane: number): Markup {
  const { name, readBy } = each;
  const routes = routesInWords(each);
  const width = box.width - 20;
  const at = (line: number): Point => ({ x: box.x + 10, y: box.y + 40 + line * LINE });
  const shown = routes.length > MOST_ROUTES + 1 ? routes.slice(0, MOST_ROUTES) : routes;
  const rest = routes.length - shown.length;
  const names = `associated: ${readBy.join(", ")}`;
  const readers = fitted(names, width, 10.5) === names ? names : `associated: ${counted(readBy.length, "network")}`;
  const all = [...shown, ...(rest > 0 ? [`and ${counted(rest, "more route")}`] : [])];
  return place(
    placeKey("table", name),
    [{ x: lane, y: center(box).y }],
    rectangle("fill-transit", box),
    label(fitted(`route table ${name}`, width, 12.5), { x: box.x + 10, y: box.y + 20 }, { kind: "strong" }),
    label(readers, at(0), { kind: "small" }),
    ...all.map((text, index) => label(fitted(text, width), at(index + 1))),
  );
}

/** A spoke with its box, and the routes to it and from it. */
export interface Joined {
  readonly name: string;
  readonly box: Rectangle;
  /** Where its lines end: at the box, or in it. */
  readonly top: number;
  /** CIDR that the gateway's table leads to it; empty: not shown. */
  readonly inbound: string;
  /** CIDR that its subnets send to the gateway; empty: not shown. */
  readonly outbound: string;
}

/** Between the hub and the gateway: what the hub sends, and what reaches it. */
export function hubLanes(hubBottom: Point, gateway: Rectangle): Markup {
  const y = gateway.y + HEADER;
  const [left, right] = [hubBottom.x - LANE_OFFSET, hubBottom.x + LANE_OFFSET];
  return markup`
${arrow("to-spokes", { x: left, y: hubBottom.y }, { x: left, y })}
${arrow("to-hub", { x: right, y }, { x: right, y: hubBottom.y })}`;
}

/**
 * Between the gateway and the spokes. Each row has two buses above it; rows but the first are reached along the
 * sides: to the spokes on the left, from them on the right.
 */
export function spokeLanes(
  tables: Tables,
  gateway: Rectangle,
  rows: readonly (readonly Joined[])[],
  width: number,
): Markup {
  const start = { x: middle(gateway), y: bottom(tablePlaces(tables, gateway).toHub) };
  return markup`<g>${oneWay("to-hub", start, rows, width)}</g><g>${oneWay("to-spokes", start, rows, width)}</g>`;
}

/** Lines of a spoke come and go so far from its middle. */
const PORT_OFFSET = 18;
/** Heights of the two buses above a row of spokes: with texts between them and the boxes, and without. */
const BUS = { labelled: { "to-spokes": 52, "to-hub": 36 }, bare: { "to-spokes": 36, "to-hub": 22 } } as const;

/**
 * The lines of one direction: the trunk at the gateway, which begins at the lower edge of its tables, the line along the side to further rows, the bus above each row,
 * and each spoke's own line.
 */
function oneWay(
  lane: "to-hub" | "to-spokes",
  tables: Point,
  rows: readonly (readonly Joined[])[],
  width: number,
): Markup[] {
  const isToHub = lane === "to-hub";
  const half = isToHub ? 1 : -1;
  const trunk = tables.x + half * LANE_OFFSET;
  const side = isToHub ? width - GUTTER / 2 : GUTTER / 2;
  const start = { x: trunk, y: tables.y };
  const level = (row: readonly Joined[]): number =>
    (row[0]?.box.y ?? 0) - BUS[row.some(({ inbound }) => inbound !== "") ? "labelled" : "bare"][lane];
  const portOf = ({ box }: Joined): number => middle(box) + half * PORT_OFFSET;
  const [first = [], ...others] = rows;
  const top = level(first);
  const trunkEnd = { x: trunk, y: top };
  const alongSide = others.length === 0 ? [] : [side];
  const bus = (row: readonly Joined[]): Markup => {
    const ends = [...row.map(portOf), ...(row === first ? [trunk] : []), ...alongSide];
    return lineAbove(lane, { x: Math.min(...ends), y: level(row) }, { x: Math.max(...ends), y: level(row) });
  };
  const atSpoke = (row: readonly Joined[], spoke: Joined): Markup => {
    const port = { x: portOf(spoke), y: level(row) };
    const along = row === first ? [] : [port.y, top].map((y) => ({ x: side, y }));
    const path = [port, ...along, trunkEnd];
    return place(
      placeKey(lane, spoke.name),
      isToHub ? path : path.reverse(),
      isToHub ? outOf(spoke, port) : into(spoke, port),
    );
  };
  return [
    isToHub ? arrow(lane, trunkEnd, start) : lineAbove(lane, start, trunkEnd),
    ...alongSide.map((x) => line(lane, { x, y: top }, { x, y: level(rows.at(-1) ?? first) })),
    ...rows.map(bus),
    ...rows.flatMap((row) => row.map((spoke) => atSpoke(row, spoke))),
  ];
}

function outOf({ box, top, outbound }: Joined, { x, y }: Point): Markup {
  return markup`${line("to-hub", { x, y: top }, { x, y })}
${outbound === "" ? [] : label(outbound, { x: x + 7, y: box.y - 8 }, { kind: "small" })}`;
}

function into({ box, top, inbound }: Joined, { x, y }: Point): Markup {
  return markup`${lineAbove("to-spokes", { x, y }, { x, y: top - 9 })}
${arrow("to-spokes", { x, y: top - 10 }, { x, y: top })}
${inbound === "" ? [] : label(inbound, { x: x - 7, y: box.y - 8 }, { kind: "small", anchor: "end" })}`;
}
