import type { NetworkView, RouteView, SubnetView } from "../../view/networks";
import { markup, type Markup, NOTHING } from "../markup";
import { PART } from "./legend";
import type { NetworkGeometry } from "./network-geometry";
import { placeKey } from "./places";
import {
  arrow,
  bottom,
  center,
  label,
  marker,
  merging,
  place,
  type Point,
  rectangle,
  type Rectangle,
  textWidth,
} from "./shapes";

type NatGateway = NetworkView["natGateways"][number];

/** Lines from all subnets that one NAT gateway serves, in any AZ. */
export function toNat({ name, subnet }: NatGateway, subnets: readonly SubnetView[], geometry: NetworkGeometry): Markup {
  const isToIt = ({ kind, target }: RouteView): boolean => kind === "NAT gateway" && target === name;
  const served = subnets.filter(({ routes }) => routes.some(isToIt));
  const home = subnets.find((each) => each.name === subnet);
  if (home?.tier === "egress") return fromTransit(served, home, isToIt, geometry);
  const [first] = served;
  if (first === undefined) return NOTHING;
  const from = served.map((each) => geometry.port(each, "bottom"));
  const below = served.map(({ routes }, index) => {
    const { x, y } = from[index] ?? { x: 0, y: 0 };
    return destinations(routes.filter(isToIt), { x: x - 8, y: y + 15 });
  });
  if (home === undefined) {
    const top = regionalBox(geometry, first.tier).y;
    return markup`${from.map((point) => arrow("internet", point, { x: point.x, y: top }))}${below}`;
  }
  const gateway = geometry.port(home, "top");
  const level = geometry.port(first, "bottom").y + 24;
  return markup`${merging("internet", { from, level, end: { x: gateway.x, y: gateway.y + 5 }, head: true })}${below}`;
}

/** In the hub, traffic of spokes comes from the transit subnets, below the NAT gateways. */
function fromTransit(
  served: readonly SubnetView[],
  home: SubnetView,
  isToIt: (route: RouteView) => boolean,
  geometry: NetworkGeometry,
): Markup {
  const end = geometry.portBeside(home, "bottom");
  const at = { x: geometry.port(home, "bottom").x - 8, y: end.y + 31 };
  const lines = served.map((each) => arrow("internet", geometry.portBeside(each, "top"), end));
  return markup`${lines}${destinations(served[0]?.routes.filter(isToIt) ?? [], at)}`;
}

/** A NAT gateway in its subnet, or a regional one across all AZs. */
export function natChip(view: NetworkView, { name, subnet: home }: NatGateway, geometry: NetworkGeometry): Markup {
  const subnet = view.subnets.find((each) => each.name === home);
  if (subnet === undefined) return regionalChip(name, regionalBox(geometry, "private"));
  const { x, y } = geometry.port(subnet, "top");
  return place(
    placeKey("nat", name),
    [{ x, y: y + 13 }],
    markup`<title>NAT gateway ${name}</title>`,
    rectangle("chip", { x: x - 15, y: y + 5, width: 30, height: 16 }, 4),
    label("NAT", { x, y: y + 17 }, { kind: "small", anchor: "middle" }),
    marker(PART.natGateway, { x: x - 24, y: y + 13 }),
  );
}

function regionalChip(name: string, box: Rectangle): Markup {
  const { x, y } = center(box);
  return place(
    placeKey("nat", name),
    [{ x, y }],
    markup`<title>regional NAT gateway ${name}</title>`,
    rectangle("chip", box, 4),
    label("regional NAT", { x, y: y + 4 }, { kind: "small", anchor: "middle" }),
    marker(PART.natGateway, { x: x - textWidth("regional NAT", 10.5) / 2 - 12, y }),
  );
}

/** A regional NAT gateway is in no subnet: it is drawn below the tier that it serves. */
function regionalBox(geometry: NetworkGeometry, tier: string): Rectangle {
  const gap = geometry.gapBelow(tier);
  return { ...gap, y: bottom(gap) - 18, height: 16 };
}

/** Where the line of a regional NAT gateway to the internet gateway begins, beside the public subnet of the last AZ. */
export function regionalExits({ natGateways, subnets }: NetworkView, geometry: NetworkGeometry): Point[] {
  const last = subnets.filter(({ tier }) => tier === "public").at(-1);
  if (last === undefined || !natGateways.some(({ subnet }) => subnet === "")) return [];
  return [{ x: geometry.portBeside(last, "top").x, y: bottom(regionalBox(geometry, "private")) }];
}

/** The two halves of the internet, as a spoke with a regional NAT gateway or the hub's has them (ADR 28). */
const HALVES = ["0.0.0.0/1", "128.0.0.0/1"];
/** Room for a text to the left of a line, in an AZ. */
const ROOM = 92;

/** Destinations beside a line: in full where they fit, otherwise how many; the halves of the internet as one. */
export function destinations(routes: readonly RouteView[], at: Point): Markup {
  const all = routes.map(({ destination }) => destination);
  const isSplit = HALVES.every((half) => all.includes(half));
  const shown = isSplit ? [...all.filter((each) => !HALVES.includes(each)), "0.0.0.0/0"] : all;
  const text = shown.join(", ");
  const short = textWidth(text, 10.5) <= ROOM ? text : `${String(shown.length)} CIDRs`;
  return markup`<g><title>${all.join(", ")}</title>${label(short, at, { kind: "small", anchor: "end" })}</g>`;
}
