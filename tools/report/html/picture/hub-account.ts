import type { NetworkView } from "../../view/networks";
import { counted } from "../../../io/words";
import { markup, NOTHING, type Markup } from "../markup";
import { PART } from "./legend";
import { networkBox } from "./network-box";
import { NetworkGeometry, networkSize } from "./network-geometry";
import {
  bottom,
  fitted,
  label,
  line,
  middle,
  numbered,
  numberedBefore,
  onEdge,
  rectangle,
  type Rectangle,
} from "./shapes";
import { gatewayBox, gatewaySize, hubLanes, type Tables } from "./transit-gateway";

const FRAME = { side: 12, top: 36, bottom: 14 };
/** Between the VPC and the transit gateway, and between the VPC and the services beside it. */
const TO_GATEWAY = 56;
const BESIDE = 20;
const SERVICE = { width: 184, header: 26, line: 16, foot: 8 };
/** Names of a service that are drawn; the number of the others follows. */
const MOST_NAMES = 5;
const OUTSIDE = 20;

/** A service of the hub that is not in its VPC. */
interface Service {
  readonly number: number;
  readonly title: string;
  readonly lines: readonly string[];
}

interface HubLayout {
  readonly frame: Rectangle;
  readonly vpc: Rectangle;
  readonly gateway: Rectangle;
  readonly services: readonly (Service & { readonly box: Rectangle })[];
}

/** The services stand on both sides of the VPC where the drawing is wide enough, otherwise above it. */
export function hubLayout(view: NetworkView, tables: Tables, width: number, top: number): HubLayout {
  const size = networkSize(view);
  const [names, ...others] = servicesOf(view);
  const isWide = width >= size.width + 2 * (SERVICE.width + BESIDE + FRAME.side);
  const columns = [names === undefined ? [] : [names], others];
  const heights = columns.map((column) => column.reduce((sum, each) => sum + heightOf(each) + BESIDE, 0));
  const above = isWide ? 0 : Math.max(...heights);
  const vpc = { ...size, x: (width - size.width) / 2, y: top + FRAME.top + above };
  const left = isWide ? vpc.x - BESIDE - SERVICE.width : width / 2 - BESIDE / 2 - SERVICE.width;
  const right = isWide ? vpc.x + vpc.width + BESIDE : width / 2 + BESIDE / 2;
  const start = isWide ? vpc.y + (vpc.height - Math.max(...heights) + BESIDE) / 2 : top + FRAME.top;
  const services = columns.flatMap((column, index) => stacked(column, index === 0 ? left : right, start));

  const bounds = gatewaySize(tables, width - 2 * FRAME.side - 8);
  const gateway = { ...bounds, x: (width - bounds.width) / 2, y: bottom(vpc) + TO_GATEWAY };
  const x = Math.min(vpc.x, gateway.x, ...services.map(({ box }) => box.x)) - FRAME.side;
  const frame = { x, y: top, width: width - 2 * x, height: bottom(gateway) + FRAME.bottom - top };
  return { frame, vpc, gateway, services };
}

/** The shared account: its stack, its VPC, the transit gateway, and the services that all networks use. */
export function hubAccount(view: NetworkView, tables: Tables, { frame, vpc, gateway, services }: HubLayout): Markup {
  const header = frame.y + 23;
  return markup`
<g>${rectangle("account", frame, 12)}
${numbered(PART.hubStack, fitted(view.name, 140, 14), { x: frame.x + FRAME.side, y: header }, "name")}
${numberedBefore(PART.hubAccount, view.account, { x: frame.x + frame.width - FRAME.side, y: header }, "small")}
${services.map((service) => serviceBox(service, vpc, view))}</g>
${gatewayBox(tables, gateway)}
${networkBox(view, vpc, vpc.y - frame.y + OUTSIDE)}
${hubLanes({ ...onEdge(vpc, "bottom"), y: bottom(vpc) + 10 }, gateway)}`;
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
