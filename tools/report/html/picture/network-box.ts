import type { NetworkView } from "../../view/networks";
import type { RouteTableView } from "../../view/routes";
import { markup, NOTHING, type Markup } from "../markup";
import { PART } from "./legend";
import { NetworkGeometry } from "./network-geometry";
import type { Parts } from "./parts";
import { placeKey } from "./places";
import { routeLines } from "./route-lines";
import { serviceChips } from "./service-chips";
import {
  arrow,
  fitted,
  label,
  marker,
  merging,
  numbered,
  numberedBefore,
  pill,
  place,
  rectangle,
  type Point,
  type Rectangle,
} from "./shapes";
import { subnetCell, type RoutedSubnet } from "./subnet-cell";

/** On which side of a network the transit gateway is, and on which the internet. */
export interface Sides {
  readonly attachment: "top" | "bottom";
  readonly internet: "top" | "bottom";
}

export function sidesOf({ role }: NetworkView): Sides {
  return role === "hub" ? { attachment: "bottom", internet: "top" } : { attachment: "top", internet: "bottom" };
}

/** What is drawn of a network. */
export interface Drawn {
  readonly view: NetworkView;
  readonly tables: readonly RouteTableView[];
  readonly parts: Parts;
  /** Of the VPC. */
  readonly box: Rectangle;
  /** From the VPC's edge to the internet, which is outside the account. */
  readonly toInternet: number;
}

/** A VPC with its AZs and subnets, and where each of their routes leads. */
export function networkBox({ view, tables, parts, box, toInternet }: Drawn): Markup {
  const geometry = new NetworkGeometry(view, parts, box);
  const sides = sidesOf(view);
  const subnets: RoutedSubnet[] = view.subnets.map((subnet) => ({
    ...subnet,
    routes: tables.filter((table) => table.subnets.includes(subnet.name)).flatMap(({ routes }) => routes),
  }));
  const hasInternet = subnets.some(({ routes }) => routes.some(({ kind }) => kind === "internet gateway"));
  return markup`
<g>${rectangle("box vpc", box, 8)}${view.zones.map((zone, index) => zoneFrame(zone, geometry.zone(index)))}
${subnets.map((subnet) => subnetCell(subnet, parts, geometry.cell(subnet), geometry.port(subnet, "top").x))}
${attachmentLines(view, geometry, sides)}
${routeLines(view, subnets, geometry, sides)}
${view.natGateways.map(({ name, subnet }) => natChip(view, name, subnet, geometry))}
${attachment(view, geometry.gate(sides.attachment))}
${hasInternet ? internetGate(view, geometry, sides, toInternet) : NOTHING}
${serviceChips(view, geometry)}
${numbered(PART.cidr, view.cidr, { x: box.x + 10, y: box.y + 33 }, "halo")}
${parts.hasFlowLogs ? numberedBefore(PART.flowLogs, "flow logs", { x: box.x + box.width - 10, y: box.y + 33 }, "small halo") : NOTHING}</g>`;
}

function zoneFrame(zone: string, frame: Rectangle): Markup {
  const at = { x: frame.x + 6, y: frame.y + 17 };
  const corner = { x: frame.x + frame.width - 9, y: frame.y };
  return markup`${rectangle("zone", frame)}${label(fitted(zone, 92, 10), at, { kind: "small" })}${marker(PART.az, corner)}`;
}

/** The attachment has an interface in each transit subnet. */
function attachmentLines(view: NetworkView, geometry: NetworkGeometry, { attachment }: Sides): Markup {
  const transit = view.subnets.filter(({ tier }) => tier === "transit");
  const from = transit.map((subnet) => geometry.port(subnet, attachment));
  return merging("plain", {
    ...{ from, level: geometry.busLevel(attachment), end: geometry.gate(attachment) },
    head: false,
  });
}

function attachment({ name }: NetworkView, at: Point): Markup {
  return place(placeKey("attachment", name), [at], pill("attachment", at, 92));
}

function natChip(view: NetworkView, name: string, subnetName: string, geometry: NetworkGeometry): Markup {
  const subnet = view.subnets.find((each) => each.name === subnetName);
  if (subnet === undefined) return NOTHING;
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

function internetGate(view: NetworkView, geometry: NetworkGeometry, { internet }: Sides, distance: number): Markup {
  const gate = geometry.gate(internet);
  const out = internet === "top" ? -1 : 1;
  const end = { x: gate.x, y: gate.y + distance * out };
  const beside = { x: gate.x + 10, y: end.y + (internet === "top" ? 8 : 0) };
  return place(
    placeKey("internet", view.name),
    [gate],
    arrow("internet", { x: gate.x, y: gate.y + 10 * out }, end),
    label("internet", beside, { kind: "small" }),
    pill("internet gateway", gate, 108),
  );
}
