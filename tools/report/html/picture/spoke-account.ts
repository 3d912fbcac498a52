import type { NetworkView, SubnetView } from "../../view/networks";
import { counted } from "../../../io/words";
import { markup, NOTHING, type Markup } from "../markup";
import { PART } from "./legend";
import { networkBox } from "./network-box";
import { NetworkGeometry, networkSize } from "./network-geometry";
import { placeKey } from "./places";
import {
  bottom,
  fitted,
  label,
  line,
  numbered,
  numberedBefore,
  onEdge,
  place,
  rectangle,
  type Point,
  type Rectangle,
  type Size,
} from "./shapes";

/** Between the account's frame and its VPC. */
const FRAME = { side: 8, top: 34, bottom: 28 };
/** The EKS control plane, which is in the account and outside the VPC. */
const CONTROL_PLANE = { width: 112, height: 40, above: 16, below: 10 };
/** The internet begins so far from the account's frame. */
const OUTSIDE = 20;
/** Half of the room that the two lanes of a spoke take in the middle of the frame's header. */
const LANES = 26;

export function spokeAccountSize(view: NetworkView): Size {
  const { width, height } = networkSize(view);
  const controlPlane = CONTROL_PLANE.above + CONTROL_PLANE.height + CONTROL_PLANE.below;
  const foot = view.kubernetes === undefined ? FRAME.bottom : controlPlane;
  return { width: width + 2 * FRAME.side, height: FRAME.top + height + foot };
}

/** Top of the pill that a spoke's lanes end at. */
export function laneEnd(frame: Rectangle): number {
  return frame.y + FRAME.top - 10;
}

/** A spoke's account: its stack, its VPC and the EKS control plane. */
export function spokeAccount(view: NetworkView, frame: Rectangle): Markup {
  const size = networkSize(view);
  const vpc = { ...size, x: frame.x + FRAME.side, y: frame.y + FRAME.top };
  const half = frame.width / 2 - LANES;
  const header = frame.y + 18;
  return markup`
<g>${rectangle("account", frame, 12)}
${numbered(PART.spokeStack, fitted(view.name, half - 28, 14), { x: frame.x + 10, y: header }, "name")}
${numberedBefore(PART.spokeAccount, view.account, { x: frame.x + frame.width - 10, y: header }, "small")}
${networkBox(view, vpc, bottom(frame) + OUTSIDE - bottom(vpc))}
${controlPlane(view, vpc)}</g>`;
}

/** The control plane has network interfaces in the private subnets, by which it and the nodes talk. */
function controlPlane(view: NetworkView, vpc: Rectangle): Markup {
  const first = view.subnets.find(({ tier }) => tier === "private");
  if (view.kubernetes === undefined || first === undefined) return NOTHING;
  const { width, height, above } = CONTROL_PLANE;
  const box = { x: vpc.x, y: bottom(vpc) + above, width, height };
  const cell = new NetworkGeometry(view, vpc).cell(first);
  const [aside, level] = [vpc.x - FRAME.side / 2, bottom(cell) - 17];
  return markup`${rectangle("chip", box, 6)}
${numbered(PART.controlPlane, fitted(`EKS ${view.kubernetes}`, width - 30, 11), { x: box.x + 4, y: box.y + 17 }, "strong")}
${label("control plane", { x: box.x + 23, y: box.y + 32 }, { kind: "small" })}
${line("plain", { x: box.x, y: box.y + 20 }, { x: aside, y: box.y + 20 }, { x: aside, y: level }, { x: cell.x, y: level })}`;
}

/** Spokes whose cards show every part; the cards of more show name and CIDR. */
const MOST_FULL = 40;
const LINE = 19;
const SECOND_COLUMN = 102;

/** Size of a spoke's card in a picture of so many. */
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
function facts({ account, cidr, zones, natGateways, subnets, kubernetes, hasFlowLogs }: NetworkView): Fact[][] {
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
    hasFlowLogs ? [[PART.flowLogs, "flow logs"]] : [],
  ];
  return lines.filter((line) => line.length > 0);
}
