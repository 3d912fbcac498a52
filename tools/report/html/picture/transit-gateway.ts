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
import type { TransitTableView } from "../../view/routes";
import { counted } from "../../view/words";

/** Routes of a table that the picture shows; the page lists all of them. */
const MOST_ROUTES = 5;
const LINE = 17;
const HEADER = 34;
const MARGIN = 12;
/** Between the middle of the gateway and a table's edge. */
const HALF_GAP = 8;
/** The lines to and from a table run so far from the middle. */
export const LANE_OFFSET = 28;

export interface Tables {
  /** The table that leads to the spokes, and the one that leads to the hub. */
  readonly toSpokes: TransitTableView;
  readonly toHub: TransitTableView;
}

export function gatewaySize({ toSpokes, toHub }: Tables, width: number): Size {
  const lines = Math.max(...[toSpokes, toHub].map(({ routes }) => Math.min(routes.length, MOST_ROUTES + 1)));
  return { width: Math.min(width, 620), height: HEADER + 44 + lines * LINE + MARGIN + 6 };
}

/** The two tables' places: upper and lower edge are where lines come and go. */
export function tablePlaces(box: Rectangle): Record<keyof Tables, Rectangle> {
  const middle = box.x + box.width / 2;
  const size = { y: box.y + HEADER, width: box.width / 2 - HALF_GAP - MARGIN, height: box.height - HEADER - MARGIN };
  return { toSpokes: { x: box.x + MARGIN, ...size }, toHub: { x: middle + HALF_GAP, ...size } };
}

/** The transit gateway with its two route tables. */
export function gatewayBox({ toSpokes, toHub }: Tables, box: Rectangle): Markup {
  const places = tablePlaces(box);
  return markup`
<g>${rectangle("box", box, 10)}
${label("Transit gateway", { x: box.x + MARGIN, y: box.y + 22 }, { kind: "name halo" })}
${table(toSpokes, places.toSpokes, middle(box) - LANE_OFFSET)}
${table(toHub, places.toHub, middle(box) + LANE_OFFSET)}</g>`;
}

function table({ name, readBy, routes }: TransitTableView, box: Rectangle, lane: number): Markup {
  const width = box.width - 20;
  const at = (line: number): Point => ({ x: box.x + 10, y: box.y + 40 + line * LINE });
  const shown = routes.length > MOST_ROUTES + 1 ? routes.slice(0, MOST_ROUTES) : routes;
  const rest = routes.length - shown.length;
  const names = `associated: ${readBy.join(", ")}`;
  const readers = fitted(names, width, 10.5) === names ? names : `associated: ${counted(readBy.length, "network")}`;
  const lines = shown.map(({ destination, network }) => `${destination} → ${network ?? "dropped"}`);
  const all = [...lines, ...(rest > 0 ? [`and ${counted(rest, "more route")}`] : [])];
  return place(
    placeKey("table", name),
    [{ x: lane, y: center(box).y }],
    rectangle("fill-transit", box),
    label(fitted(`route table ${name}`, width, 12.5), { x: box.x + 10, y: box.y + 20 }, { kind: "strong" }),
    label(readers, at(0), { kind: "small" }),
    ...all.map((text, index) => label(fitted(text, width), at(index + 1))),
  );
}

/** Lines of a spoke come and go so far from its middle. */
const PORT_OFFSET = 18;
/** Heights of the two buses above a row of spokes: with texts between them and the boxes, and without. */
const BUS = { labelled: { toSpokes: 52, toHub: 36 }, bare: { toSpokes: 36, toHub: 22 } } as const;
type Bus = keyof (typeof BUS)["bare"];

/** A spoke in its place, and the routes that lead to it and from it. */
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
  const { y } = tablePlaces(gateway).toHub;
  const [left, right] = [hubBottom.x - LANE_OFFSET, hubBottom.x + LANE_OFFSET];
  return markup`
${arrow("to-spokes", { x: left, y: hubBottom.y }, { x: left, y })}
${arrow("to-hub", { x: right, y }, { x: right, y: hubBottom.y })}`;
}

/**
 * Between the gateway and the spokes. Each row has two buses above it; rows but the first are reached along the
 * sides: to the spokes on the left, from them on the right.
 */
export function spokeLanes(gateway: Rectangle, rows: readonly (readonly Joined[])[], width: number): Markup {
  const start = bottom(tablePlaces(gateway).toHub);
  const [left, right] = [middle(gateway) - LANE_OFFSET, middle(gateway) + LANE_OFFSET];
  const sides = { left: GUTTER / 2, right: width - GUTTER / 2 };
  const level = (row: readonly Joined[], bus: Bus): number => {
    const heights = row.some(({ inbound }) => inbound !== "") ? BUS.labelled : BUS.bare;
    return (row[0]?.box.y ?? 0) - heights[bus];
  };
  const [first = [], ...others] = rows;
  const last = rows.at(-1) ?? first;

  const toHub = [
    arrow("to-hub", { x: right, y: level(first, "toHub") }, { x: right, y: start }),
    ...(others.length === 0 ? [] : [side("to-hub", sides.right, level(first, "toHub"), level(last, "toHub"))]),
    ...rows.map((row, index) => {
      const ends = [...row.map(({ box }) => middle(box) + PORT_OFFSET), ...(index === 0 ? [right] : [])];
      return bus("to-hub", level(row, "toHub"), others.length === 0 ? ends : [...ends, sides.right]);
    }),
    ...rows.flatMap((row, index) =>
      row.map((spoke) => {
        const x = middle(spoke.box) + PORT_OFFSET;
        const along = index === 0 ? [] : aside(sides.right, level(row, "toHub"), level(first, "toHub"));
        const path = [{ x, y: level(row, "toHub") }, ...along, { x: right, y: level(first, "toHub") }];
        return place(placeKey("to-hub", spoke.name), path, outOf(spoke, level(row, "toHub")));
      }),
    ),
  ];
  const toSpokes = [
    lineAbove("to-spokes", { x: left, y: start }, { x: left, y: level(first, "toSpokes") }),
    ...(others.length === 0 ? [] : [side("to-spokes", sides.left, level(first, "toSpokes"), level(last, "toSpokes"))]),
    ...rows.map((row, index) => {
      const ends = [...row.map(({ box }) => middle(box) - PORT_OFFSET), ...(index === 0 ? [left] : [])];
      return bus("to-spokes", level(row, "toSpokes"), others.length === 0 ? ends : [...ends, sides.left]);
    }),
    ...rows.flatMap((row, index) =>
      row.map((spoke) => {
        const x = middle(spoke.box) - PORT_OFFSET;
        const along = index === 0 ? [] : aside(sides.left, level(first, "toSpokes"), level(row, "toSpokes"));
        const path = [{ x: left, y: level(first, "toSpokes") }, ...along, { x, y: level(row, "toSpokes") }];
        return place(placeKey("to-spokes", spoke.name), path, into(spoke, level(row, "toSpokes")));
      }),
    ),
  ];
  return markup`<g>${toHub}</g><g>${toSpokes}</g>`;
}

/** Along a side, from one height to another. */
function aside(x: number, from: number, to: number): Point[] {
  return [from, to].map((y) => ({ x, y }));
}

function side(lane: "to-hub" | "to-spokes", x: number, from: number, to: number): Markup {
  return line(lane, { x, y: from }, { x, y: to });
}

function bus(lane: "to-hub" | "to-spokes", y: number, ends: readonly number[]): Markup {
  return lineAbove(lane, { x: Math.min(...ends), y }, { x: Math.max(...ends), y });
}

function outOf({ box, top, outbound }: Joined, level: number): Markup {
  const x = middle(box) + PORT_OFFSET;
  return markup`${line("to-hub", { x, y: top }, { x, y: level })}
${outbound === "" ? [] : label(outbound, { x: x + 7, y: box.y - 8 }, { kind: "small" })}`;
}

function into({ box, top, inbound }: Joined, level: number): Markup {
  const x = middle(box) - PORT_OFFSET;
  return markup`${lineAbove("to-spokes", { x, y: level }, { x, y: top - 9 })}
${arrow("to-spokes", { x, y: top - 10 }, { x, y: top })}
${inbound === "" ? [] : label(inbound, { x: x - 7, y: box.y - 8 }, { kind: "small", anchor: "end" })}`;
}
