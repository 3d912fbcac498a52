import type { NetworkView } from "../../view/networks";
import type { RouteTableView } from "../../view/routes";
import { markup, NOTHING, type Markup } from "../markup";
import { bottom, type Size } from "./layout";
import { PART } from "./legend";
import { networkBox } from "./network-box";
import { NetworkGeometry, networkSize } from "./network-geometry";
import type { Parts } from "./parts";
import { fitted, label, line, numbered, numberedBefore, rectangle, type Rectangle } from "./shapes";

/** Between the account's frame and its VPC. */
const FRAME = { side: 8, top: 34, bottom: 28 };
/** The EKS control plane, which is in the account and outside the VPC. */
const CONTROL_PLANE = { width: 112, height: 40, above: 16, below: 10 };
/** The internet begins so far from the account's frame. */
const OUTSIDE = 20;
/** Half of the room that the two lanes of a spoke take in the middle of the frame's header. */
const LANES = 26;

export function spokeAccountSize(view: NetworkView, parts: Parts): Size {
  const { width, height } = networkSize(view, parts);
  return { width: width + 2 * FRAME.side, height: FRAME.top + height + below(parts) };
}

function below({ kubernetes }: Parts): number {
  const { height, above, below } = CONTROL_PLANE;
  return kubernetes === undefined ? FRAME.bottom : above + height + below;
}

/** Top of the pill that a spoke's lanes end at. */
export function laneEnd(frame: Rectangle): number {
  return frame.y + FRAME.top - 10;
}

/** A spoke's account: its stack, its VPC and the EKS control plane. */
export function spokeAccount(
  view: NetworkView,
  tables: readonly RouteTableView[],
  parts: Parts,
  frame: Rectangle,
): Markup {
  const size = networkSize(view, parts);
  const vpc = { ...size, x: frame.x + FRAME.side, y: frame.y + FRAME.top };
  const half = frame.width / 2 - LANES;
  const header = frame.y + 18;
  return markup`
<g>${rectangle("account", frame, 12)}
${numbered(PART.spokeStack, fitted(view.name, half - 28, 14), { x: frame.x + 10, y: header }, "name")}
${numberedBefore(PART.spokeAccount, view.account, { x: frame.x + frame.width - 10, y: header }, "small")}
${networkBox({ view, tables, parts, box: vpc, toInternet: bottom(frame) + OUTSIDE - bottom(vpc) })}
${controlPlane(view, parts, vpc)}</g>`;
}

/** The control plane has network interfaces in the private subnets, by which it and the nodes talk. */
function controlPlane(view: NetworkView, parts: Parts, vpc: Rectangle): Markup {
  const first = view.subnets.find(({ tier }) => tier === "private");
  if (parts.kubernetes === undefined || first === undefined) return NOTHING;
  const { width, height, above } = CONTROL_PLANE;
  const box = { x: vpc.x, y: bottom(vpc) + above, width, height };
  const cell = new NetworkGeometry(view, parts, vpc).cell(first);
  const [aside, level] = [vpc.x - FRAME.side / 2, bottom(cell) - 17];
  return markup`${rectangle("chip", box, 6)}
${numbered(PART.controlPlane, fitted(`EKS ${parts.kubernetes}`, width - 30, 11), { x: box.x + 4, y: box.y + 17 }, "strong")}
${label("control plane", { x: box.x + 23, y: box.y + 32 }, { kind: "small" })}
${line("plain", { x: box.x, y: box.y + 20 }, { x: aside, y: box.y + 20 }, { x: aside, y: level }, { x: cell.x, y: level })}`;
}
