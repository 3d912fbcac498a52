import { markup, type Markup } from "../markup";
import { bottom, GUTTER, middle } from "./layout";
import { LANE_OFFSET, tablePlaces } from "./gateway-box";
import { placeKey } from "./places";
import { arrow, label, line, lineAbove, place, type Point, type Rectangle } from "./shapes";

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
