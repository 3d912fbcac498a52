import type { NetworkView } from "../../view/networks";
import type { RouteView } from "../../view/routes";
import { markup, type Markup } from "../markup";
import type { Sides } from "./network-box";
import type { NetworkGeometry } from "./network-geometry";
import { arrow, label, merging } from "./shapes";
import type { RoutedSubnet } from "./subnet-cell";

/** The routes of a network as lines: to its transit subnets, its NAT gateways, its internet gateway. */
export function routeLines(
  view: NetworkView,
  subnets: readonly RoutedSubnet[],
  geometry: NetworkGeometry,
  sides: Sides,
): Markup {
  const online = subnets.filter(({ routes }) => routes.some(({ kind }) => kind === "internet gateway"));
  const gate = geometry.gate(sides.internet);
  return markup`${subnets.map((subnet) => toTransit(view, subnet, geometry, sides))}
${view.natGateways.map((gateway) => toNat(gateway, subnets, geometry))}
${merging("internet", {
  from: online.map((subnet) => geometry.port(subnet, sides.internet)),
  level: geometry.busLevel(sides.internet),
  end: { x: gate.x, y: gate.y + (sides.internet === "top" ? 10 : -10) },
  head: true,
})}`;
}

function toTransit(view: NetworkView, subnet: RoutedSubnet, geometry: NetworkGeometry, sides: Sides): Markup {
  const routes = subnet.routes.filter(({ kind }) => kind === "transit gateway");
  const transit = view.subnets.find(({ tier, zone }) => tier === "transit" && zone === subnet.zone);
  if (routes.length === 0 || transit === undefined) return markup``;
  const lane = view.role === "hub" ? "to-spokes" : "to-hub";
  const [from, to] = [geometry.port(subnet, sides.attachment), geometry.port(transit, sides.internet)];
  return markup`${arrow(lane, from, to)}${destinations(routes, { x: from.x - 8, y: (from.y + to.y) / 2 + 4 })}`;
}

/** All subnets that one NAT gateway serves, from whatever zone. */
function toNat(
  { name, subnet }: NetworkView["natGateways"][number],
  subnets: readonly RoutedSubnet[],
  geometry: NetworkGeometry,
): Markup {
  const isToIt = ({ kind, target }: RouteView): boolean => kind === "NAT gateway" && target === name;
  const served = subnets.filter(({ routes }) => routes.some(isToIt));
  const home = subnets.find((each) => each.name === subnet);
  if (served[0] === undefined || home === undefined) return markup``;
  const from = served.map((each) => geometry.port(each, "bottom"));
  const gateway = geometry.port(home, "top");
  const texts = served.map(({ routes }, index) => {
    const { x, y } = from[index] ?? gateway;
    return destinations(routes.filter(isToIt), { x: x - 8, y: y + 15 });
  });
  const level = geometry.port(served[0], "bottom").y + 24;
  return markup`${merging("internet", { from, level, end: { x: gateway.x, y: gateway.y + 5 }, head: true })}${texts}`;
}

function destinations(routes: readonly RouteView[], at: { x: number; y: number }): Markup {
  const text = routes.map(({ destination }) => destination).join(", ");
  return label(text, at, { kind: "small", anchor: "end" });
}
