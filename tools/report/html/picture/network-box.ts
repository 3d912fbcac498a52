import { usableAddresses } from "../../../../components/address-plan";
import { counted, grouped } from "../../../io/words";
import type { NetworkView, SubnetView } from "../../view/networks";
import { markup, type Markup, NOTHING } from "../markup";
import { PART } from "./legend";
import { destinations, natChip, regionalExits, toNat } from "./nat-gateways";
import { NetworkGeometry } from "./network-geometry";
import { placeKey } from "./places";
import {
  arrow,
  bottom,
  center,
  fitted,
  label,
  marker,
  merging,
  numbered,
  numberedBefore,
  onEdge,
  pill,
  place,
  type Point,
  rectangle,
  type Rectangle,
} from "./shapes";

/** On which side of a network the transit gateway is, and on which the internet. */
interface Sides {
  readonly attachment: "top" | "bottom";
  readonly internet: "top" | "bottom";
}

/**
 * A VPC with its AZs and subnets, and where each of their routes leads.
 *
 * @param box of the VPC
 * @param toInternet from the VPC's edge to the internet, which is outside the account
 */
export function networkBox(view: NetworkView, box: Rectangle, toInternet: number): Markup {
  const geometry = new NetworkGeometry(view, box);
  const sides: Sides =
    view.role === "hub" ? { attachment: "bottom", internet: "top" } : { attachment: "top", internet: "bottom" };
  const flowLogs = { x: box.x + box.width - 10, y: box.y + 33 };
  return markup`
<g>${rectangle("box vpc", box, 8)}${view.zones.map((zone, index) => zoneFrame(zone, geometry.zone(index)))}
${view.subnets.map((subnet) => subnetCell(subnet, geometry.cell(subnet), geometry.port(subnet, "top").x))}
${attachmentLines(view, geometry, sides)}
${routeLines(view, geometry, sides)}
${view.natGateways.map((gateway) => natChip(view, gateway, geometry))}
${attachment(view, geometry.gate(sides.attachment))}
${view.subnets.some(isPublic) ? internetGate(view, geometry, sides, toInternet) : NOTHING}
${serviceChips(geometry)}
${numbered(PART.cidr, view.cidr, { x: box.x + 10, y: box.y + 33 }, "halo")}
${view.hasFlowLogs ? numberedBefore(PART.flowLogs, "flow logs", flowLogs, "small halo") : NOTHING}</g>`;
}

function isPublic({ routes }: SubnetView): boolean {
  return routes.some(({ kind }) => kind === "internet gateway");
}

function zoneFrame(zone: string, frame: Rectangle): Markup {
  const at = { x: frame.x + 6, y: frame.y + 17 };
  const corner = { x: frame.x + frame.width - 9, y: frame.y };
  return markup`${rectangle("zone", frame)}${label(fitted(zone, 92, 10), at, { kind: "small" })}${marker(PART.az, corner)}`;
}

/** Tiers with room for a NAT gateway beside the name. */
const HAS_NAT_GATEWAYS = ["public", "egress"];

/** Characters that a cell has room for in the usual size. */
const LONG = 14;

/** A subnet: its tier, its CIDR and, of a private one, its tags and worker nodes. Its lines run at `lane`. */
function subnetCell(subnet: SubnetView, box: Rectangle, lane: number): Markup {
  const { name, tier, cidr } = subnet;
  const at = (y: number): Point => ({ x: box.x + 6, y: box.y + y });
  return place(
    placeKey("subnet", name),
    [{ x: lane, y: center(box).y }],
    rectangle(`fill-${tier}`, box, 4),
    tierLabel(tier, at(16)),
    label(cidr, at(HAS_NAT_GATEWAYS.includes(tier) ? 38 : 33), { kind: cidr.length > LONG ? "dense" : "" }),
    tier === "private" ? insidePrivate(subnet, box) : NOTHING,
  );
}

function tierLabel(tier: string, at: Point): Markup {
  const number = { public: PART.publicSubnets, private: PART.privateSubnets }[tier];
  return number === undefined ? label(tier, at, { kind: "small" }) : numbered(number, tier, at, "small");
}

/** Where hosts live: how they reach S3, by which tags EKS and Karpenter find them, and how many there are. */
function insidePrivate({ cidr, routes, discoveryTags: tags, nodes }: SubnetView, box: Rectangle): Markup {
  const endpoints = routes.filter(({ kind }) => kind === "endpoint").map(({ destination }) => destination);
  const usable = `${grouped(usableAddresses(cidr))} usable`;
  const detail = endpoints.length === 0 ? usable : `${endpoints.join(", ")} → endpoint`;
  const at = (y: number): Point => ({ x: box.x + 6, y: box.y + y });
  return markup`${label(fitted(detail, box.width - 10, 10), at(48), { kind: "small" })}
${tags.length === 0 ? NOTHING : markup`<g><title>Tags: ${tags.join(", ")}</title>${numbered(PART.subnetTags, fitted(tagsInShort(tags), box.width - 28, 9.5), at(66), "small")}</g>`}
${nodes === undefined ? NOTHING : workerNodes(nodes, box)}`;
}

/** At the foot of a subnet's cell. */
function workerNodes(count: number, box: Rectangle): Markup {
  const [height, margin] = [22, 6];
  const chip = { x: box.x + margin, y: bottom(box) - height - margin, width: box.width - 2 * margin, height };
  const at = { x: chip.x + 4, y: chip.y + 15 };
  return markup`${rectangle("chip", chip, 4)}${numbered(PART.workerNodes, counted(count, "node"), at, "small")}`;
}

/** `kubernetes.io/role/internal-elb` → `ELB`, `karpenter.sh/discovery` → `Karpenter`. */
function tagsInShort(tags: readonly string[]): string {
  return tags.map((tag) => (tag.startsWith("karpenter.sh/") ? "Karpenter" : "ELB")).join(", ");
}

/** The attachment has an interface in each transit subnet. */
function attachmentLines(view: NetworkView, geometry: NetworkGeometry, { attachment: edge }: Sides): Markup {
  const from = view.subnets.filter(({ tier }) => tier === "transit").map((subnet) => geometry.port(subnet, edge));
  return merging("plain", { from, level: geometry.busLevel(edge), end: geometry.gate(edge), head: false });
}

function attachment({ name }: NetworkView, at: Point): Markup {
  return place(placeKey("attachment", name), [at], pill("attachment", at, 92));
}

/** The routes of a network as lines: to its transit subnets, its NAT gateways, its internet gateway. */
function routeLines(view: NetworkView, geometry: NetworkGeometry, sides: Sides): Markup {
  const gate = geometry.gate(sides.internet);
  return markup`${view.subnets.map((subnet) => toTransit(view, subnet, geometry, sides))}
${view.natGateways.map((gateway) => toNat(gateway, view.subnets, geometry))}
${merging("internet", {
  from: [
    ...view.subnets.filter(isPublic).map((subnet) => geometry.port(subnet, sides.internet)),
    ...regionalExits(view, geometry),
  ],
  level: geometry.busLevel(sides.internet),
  end: { x: gate.x, y: gate.y + (sides.internet === "top" ? 10 : -10) },
  head: true,
})}`;
}

function toTransit(view: NetworkView, subnet: SubnetView, geometry: NetworkGeometry, sides: Sides): Markup {
  const routes = subnet.routes.filter(({ kind }) => kind === "transit gateway");
  const transit = view.subnets.find(({ tier, zone }) => tier === "transit" && zone === subnet.zone);
  if (routes.length === 0 || transit === undefined) return NOTHING;
  const lane = view.role === "hub" ? "to-spokes" : "to-hub";
  const [from, to] = [geometry.port(subnet, sides.attachment), geometry.port(transit, sides.internet)];
  // The line of an egress subnet of the hub passes the private one, so its text is in the gap between the two.
  const y = subnet.tier === "egress" ? from.y + 15 : (from.y + to.y) / 2 + 4;
  return markup`${arrow(lane, from, to)}${destinations(routes, { x: from.x - 8, y })}`;
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

/** What listens in the private subnets for all networks: the resolver and the interface endpoints. */
function serviceChips(geometry: NetworkGeometry): Markup {
  return markup`${geometry.chips().map(({ service: { kind, name, label: text }, ...box }) => {
    const title = markup`<title>${kind === "resolver" ? "inbound resolver" : "interface endpoint"} ${name}</title>`;
    return place(placeKey(kind, name), [onEdge(box, "bottom")], title, pill(text, center(box), box.width));
  })}`;
}
