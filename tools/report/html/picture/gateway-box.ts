import type { TransitTableView } from "../../view/transit";
import { counted } from "../../view/words";
import { markup, type Markup } from "../markup";
import { center, middle, type Size } from "./layout";
import { placeKey } from "./places";
import { fitted, label, place, rectangle, type Point, type Rectangle } from "./shapes";

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
