import { counted } from "../../../io/words";
import type { NetworkView, SubnetView } from "../../view/networks";
import { limitsInWords } from "../../view/platform";
import { markup, type Markup, NOTHING } from "../markup";
import { PART } from "./legend";
import { networkBox } from "./network-box";
import { NetworkGeometry, networkSize } from "./network-geometry";
import { placeKey } from "./places";
import {
  bottom,
  fitted,
  label,
  line,
  middle,
  numbered,
  numberedBefore,
  onEdge,
  place,
  type Point,
  rectangle,
  type Rectangle,
  type Size,
} from "./shapes";
import { gatewayBox, gatewaySize, hubLanes, type Tables } from "./transit-gateway";

/** Distance from an account's frame to the internet. */
const OUTSIDE = 20;
/** Between the frame of the hub's account and its content. */
const HUB = { side: 12, top: 36, bottom: 14 };
/** Between the VPC and the transit gateway, and between the VPC and the services beside it. */
const TO_GATEWAY = 56;
const BESIDE = 20;
const SERVICE = { width: 184, header: 26, line: 16, foot: 8 };
/** Names that a service shows before it counts the rest. */
const MOST_NAMES = 5;

/** The shared account: its stack, its VPC, the transit gateway, and the services that all networks use. */
export function hubAccount(view: NetworkView, tables: Tables, { frame, vpc, gateway, services }: HubLayout): Markup {
  const header = frame.y + 23;
  return markup`
<g>${rectangle("account", frame, 12)}
${numbered(PART.hubStack, fitted(view.name, 140, 14), { x: frame.x + HUB.side, y: header }, "name")}
${numberedBefore(PART.hubAccount, view.account, { x: frame.x + frame.width - HUB.side, y: header }, "small")}
${services.map((service) => serviceBox(service, vpc, view))}</g>
${gatewayBox(tables, gateway)}
${networkBox(view, vpc, vpc.y - frame.y + OUTSIDE)}
${hubLanes({ ...onEdge(vpc, "bottom"), y: bottom(vpc) + 10 }, gateway)}`;
}

interface HubLayout {
  readonly frame: Rectangle;
  readonly vpc: Rectangle;
  readonly gateway: Rectangle;
  readonly services: readonly (Service & { readonly box: Rectangle })[];
}

/** A service of the hub that is not in its VPC. */
interface Service {
  readonly number: number;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Puts the services on both sides of the VPC where the drawing is wide enough, otherwise above it. */
export function hubLayout(view: NetworkView, tables: Tables, width: number, top: number): HubLayout {
  const size = networkSize(view);
  const [names, ...others] = servicesOf(view);
  const isWide = width >= size.width + 2 * (SERVICE.width + BESIDE + HUB.side);
  const columns = [names === undefined ? [] : [names], others];
  const heights = columns.map((column) => column.reduce((sum, each) => sum + heightOf(each) + BESIDE, 0));
  const above = isWide ? 0 : Math.max(...heights);
  const vpc = { ...size, x: (width - size.width) / 2, y: top + HUB.top + above };
  const left = isWide ? vpc.x - BESIDE - SERVICE.width : width / 2 - BESIDE / 2 - SERVICE.width;
  const right = isWide ? vpc.x + vpc.width + BESIDE : width / 2 + BESIDE / 2;
  const start = isWide ? vpc.y + (vpc.height - Math.max(...heights) + BESIDE) / 2 : top + HUB.top;
  const services = columns.flatMap((column, index) => stacked(column, index === 0 ? left : right, start));

  const bounds = gatewaySize(tables, width - 2 * HUB.side - 8);
  const gateway = { ...bounds, x: (width - bounds.width) / 2, y: bottom(vpc) + TO_GATEWAY };
  const x = Math.min(vpc.x, gateway.x, ...services.map(({ box }) => box.x)) - HUB.side;
  const frame = { x, y: top, width: width - 2 * x, height: bottom(gateway) + HUB.bottom - top };
  return { frame, vpc, gateway, services };
}

function servicesOf({ hostedZones, repositories, caches, archive }: NetworkView): Service[] {
  const registry = [...repositories, ...(caches.length === 0 ? [] : [counted(caches.length, "pull-through cache")])];
  return [
    {
      number: PART.route53,
      title: "Route 53",
      lines: hostedZones.length === 0 ? [] : ["private hosted zones:", ...shortened(hostedZones)],
    },
    { number: PART.ecr, title: "ECR", lines: shortened(registry) },
    { number: PART.flowLogs, title: "Flow log archive", lines: archive === "" ? [] : [`S3 bucket ${archive}`] },
  ].filter(({ lines }) => lines.length > 0);
}

function shortened(names: readonly string[]): string[] {
  if (names.length <= MOST_NAMES) return [...names];
  return [...names.slice(0, MOST_NAMES - 1), `and ${String(names.length - MOST_NAMES + 1)} more`];
}

function heightOf({ lines }: Service): number {
  return SERVICE.header + lines.length * SERVICE.line + SERVICE.foot;
}

function stacked(column: readonly Service[], x: number, top: number): HubLayout["services"] {
  let y = top;
  return column.map((service) => {
    const box = { x, y, width: SERVICE.width, height: heightOf(service) };
    y = bottom(box) + BESIDE;
    return { ...service, box };
  });
}

function serviceBox(
  { number, title, lines, box }: HubLayout["services"][number],
  vpc: Rectangle,
  view: NetworkView,
): Markup {
  const { header, line: lineHeight, width } = SERVICE;
  return markup`<g>${rectangle("box", box, 8)}
${numbered(number, title, { x: box.x + 8, y: box.y + 19 }, "strong")}
${lines.map((text, index) =>
  label(
    fitted(text, width - 20, 10),
    { x: box.x + 10, y: box.y + header + 12 + index * lineHeight },
    { kind: "small" },
  ),
)}
${connection(box, vpc, new NetworkGeometry(view, vpc).chips())}</g>`;
}

/** From the endpoints in the VPC to the service beside it. */
function connection(box: Rectangle, vpc: Rectangle, chips: readonly Rectangle[]): Markup {
  const [chip] = chips;
  if (chip === undefined) return NOTHING;
  const y = chip.y + chip.height / 2;
  if (y <= box.y || y >= bottom(box)) return NOTHING;
  const isLeft = middle(box) < middle(vpc);
  const [from, to] = isLeft ? [box.x + box.width, vpc.x] : [vpc.x + vpc.width, box.x];
  return line("plain", { x: from, y }, { x: to, y });
}

/** Between the frame of a spoke's account and its VPC. */
const SPOKE = { side: 8, top: 34, bottom: 28 };
/** The EKS control plane, which is in the account and outside the VPC. */
const CONTROL_PLANE = { width: 112, height: 40, above: 16, below: 10 };
/** Half of the room that the two lanes of a spoke take in the middle of the frame's header. */
const LANES = 26;

export function spokeAccountSize(view: NetworkView): Size {
  const { width, height } = networkSize(view);
  const controlPlane = CONTROL_PLANE.above + CONTROL_PLANE.height + CONTROL_PLANE.below;
  const foot = view.kubernetes === undefined ? SPOKE.bottom : controlPlane;
  return { width: width + 2 * SPOKE.side, height: SPOKE.top + height + foot };
}

/** Top of the pill that a spoke's lanes end at. */
export function laneEnd(frame: Rectangle): number {
  return frame.y + SPOKE.top - 10;
}

/** A spoke's account: its stack, its VPC, the EKS control plane, and what runs in the cluster. */
export function spokeAccount(view: NetworkView, frame: Rectangle): Markup {
  const size = networkSize(view);
  const vpc = { ...size, x: frame.x + SPOKE.side, y: frame.y + SPOKE.top };
  const half = frame.width / 2 - LANES;
  const header = frame.y + 18;
  return markup`
<g>${rectangle("account", frame, 12)}
${numbered(PART.spokeStack, fitted(view.name, half - 28, 14), { x: frame.x + 10, y: header }, "name")}
${numberedBefore(PART.spokeAccount, view.account, { x: frame.x + frame.width - 10, y: header }, "small")}
${networkBox(view, vpc, bottom(frame) + OUTSIDE - bottom(vpc))}
${controlPlane(view, vpc)}
${platformBox(view, vpc)}</g>`;
}

/** The control plane has network interfaces in the private subnets, by which it and the nodes talk. */
function controlPlane(view: NetworkView, vpc: Rectangle): Markup {
  const first = view.subnets.find(({ tier }) => tier === "private");
  if (view.kubernetes === undefined || first === undefined) return NOTHING;
  const { width, height, above } = CONTROL_PLANE;
  const box = { x: vpc.x, y: bottom(vpc) + above, width, height };
  const cell = new NetworkGeometry(view, vpc).cell(first);
  const [aside, level] = [vpc.x - SPOKE.side / 2, bottom(cell) - 17];
  return markup`${rectangle("chip", box, 6)}
${numbered(PART.controlPlane, fitted(`EKS ${view.kubernetes}`, width - 30, 11), { x: box.x + 4, y: box.y + 17 }, "strong")}
${label("control plane", { x: box.x + 23, y: box.y + 32 }, { kind: "small" })}
${line("plain", { x: box.x, y: box.y + 20 }, { x: aside, y: box.y + 20 }, { x: aside, y: level }, { x: cell.x, y: level })}`;
}

/** What `platform/` builds in the cluster, on the other side of the VPC's way to the internet. */
function platformBox({ platform }: NetworkView, vpc: Rectangle): Markup {
  if (platform === undefined) return NOTHING;
  const { width, height, above } = CONTROL_PLANE;
  const box = { x: vpc.x + vpc.width - width, y: bottom(vpc) + above, width, height };
  const pools = counted(platform.nodePools.length, "node pool");
  const parts = [
    ...platform.charts.map(({ name, version }) => `${name} ${version}`),
    ...platform.nodePools.map((pool) => `node pool ${pool.name} (${limitsInWords(pool)})`),
    ...platform.namespaces.map(({ name }) => `namespace ${name}`),
  ];
  return markup`<g><title>${parts.join(", ")}</title>${rectangle("chip", box, 6)}
${numbered(PART.platform, "platform", { x: box.x + 4, y: box.y + 17 }, "strong")}
${label(fitted(pools, width - 30, 10.5), { x: box.x + 23, y: box.y + 32 }, { kind: "small" })}</g>`;
}

/** Spokes whose cards show every part; the cards of more show name and CIDR. */
const MOST_FULL = 40;
const LINE = 19;
const SECOND_COLUMN = 102;

/** Size of a spoke's card. @param spokes number of cards in the picture */
export function cardSize(spokes: number): Size {
  return spokes > MOST_FULL ? { width: 150, height: 54 } : { width: 193, height: 147 };
}

/** A spoke in a picture of many: the numbered parts in words. */
export function networkCard(view: NetworkView, box: Rectangle): Markup {
  const at = (line: number, column: number): Point => ({
    x: box.x + 10 + column * SECOND_COLUMN,
    y: box.y + 22 + line * LINE,
  });
  const name = numbered(PART.spokeStack, fitted(view.name, box.width - 40, 15), at(0, 0), "name");
  const isFull = box.height > cardSize(MOST_FULL + 1).height;
  const content = isFull
    ? facts(view).flatMap((row, line) =>
        row.map(([number, text], column) => numbered(number, text, at(1 + line, column), "small")),
      )
    : [numbered(PART.cidr, view.cidr, at(1, 0), "small")];
  return place(placeKey("network", view.name), [onEdge(box, "top")], rectangle("account", box, 8), name, ...content);
}

type Fact = readonly [number: number, text: string];

/** Line by line. */
function facts(view: NetworkView): Fact[][] {
  const { account, cidr, zones, natGateways, subnets, kubernetes, platform, hasFlowLogs } = view;
  const inTier = (tier: string): SubnetView[] => subnets.filter((each) => each.tier === tier);
  const nodes = subnets.reduce((sum, each) => sum + (each.nodes ?? 0), 0);
  const isTagged = inTier("private").some(({ discoveryTags }) => discoveryTags.length > 0);
  const cluster: Fact[] = kubernetes === undefined ? [] : [[PART.controlPlane, `EKS ${kubernetes}`]];
  const lines: Fact[][] = [
    [[PART.spokeAccount, account]],
    [
      [PART.cidr, cidr],
      [PART.az, counted(zones.length, "AZ")],
    ],
    [
      [PART.publicSubnets, `${String(inTier("public").length)} public`],
      [PART.natGateway, `${String(natGateways.length)} NAT`],
    ],
    [
      [PART.privateSubnets, `${String(inTier("private").length)} private`],
      ...(cluster.length === 0 ? [] : [[PART.workerNodes, counted(nodes, "node")] as Fact]),
    ],
    [...cluster, ...(isTagged ? [[PART.subnetTags, "tags"] as Fact] : [])],
    [
      ...(hasFlowLogs ? [[PART.flowLogs, "flow logs"] as Fact] : []),
      ...(platform === undefined ? [] : [[PART.platform, "platform"] as Fact]),
    ],
  ];
  return lines.filter((line) => line.length > 0);
}
