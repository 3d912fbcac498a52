import type { Plan } from "../../plan";
import { networks, type NetworkView } from "../../view/networks";
import { overview } from "../../view/overview";
import { routeTables, type RouteTableView } from "../../view/routes";
import { transitTables } from "../../view/transit";
import { Markup, markup, NOTHING } from "../markup";
import { PALETTE } from "../palette";
import type { Section } from "../section";
import { gatewayBox, gatewaySize, type Tables } from "./gateway-box";
import { hubLanes, spokeLanes, type Joined } from "./lanes";
import { bottom, GUTTER, inRows, onEdge } from "./layout";
import { networkBox } from "./network-box";
import { CARD_SIZE, networkCard } from "./network-card";
import { networkSize } from "./network-geometry";
import { line, type Lane } from "./shapes";
import { FILE_STYLE, PICTURE_STYLE } from "./style";

/** Spokes that are drawn with their subnets; more of them are drawn as cards. */
const MOST_IN_DETAIL = 12;

export function isInDetail(plan: Plan): boolean {
  return networks(plan).filter(({ role }) => role === "spoke").length <= MOST_IN_DETAIL;
}

/** Widths of the two drawings: a window's, and a telephone's. */
const WIDTHS = { wide: 1096, narrow: 412 } as const;
const HUB_TOP = 40;
const BETWEEN = 56;
/** From the gateway, and from row to row: room for the buses, and for the internet below a row. */
const ABOVE_ROW = 84;
const ROW_GAP = 104;

export const picture: Section = {
  id: "network",
  title: "The network",
  body: ({ plan }) => {
    const tables = gatewayTables(plan);
    const hub = networks(plan).find(({ role }) => role === "hub");
    if (tables === undefined || hub === undefined) return undefined;
    const description = `${overview(plan)}. The sections below tell every block and route of this picture in words.`;
    const page = { description, style: NOTHING };
    return markup`
<ul class="legend">${entry("to-hub", `to the hub, by the table ${tables.toHub.name}`)}
${entry("to-spokes", `to the spokes, by the table ${tables.toSpokes.name}`)}
${entry("internet", "to the internet")}</ul>
${drawing(plan, hub, tables, "wide", page)}${drawing(plan, hub, tables, "narrow", page)}`;
  },
};

/** What the drawing has beside its shapes. */
interface Surroundings {
  /** What it says to whoever does not see it. */
  readonly description: string;
  readonly style: Markup;
}

/** The wide drawing as an SVG file; empty for a plan without a hub or its tables. */
export function pictureFile(plan: Plan): string {
  const [tables, hub] = [gatewayTables(plan), networks(plan).find(({ role }) => role === "hub")];
  if (tables === undefined || hub === undefined) return "";
  const style = markup`
<style>${new Markup(`${PALETTE}${FILE_STYLE}${PICTURE_STYLE}`)}</style>`;
  const { text } = drawing(plan, hub, tables, "wide", { description: overview(plan), style });
  // HTML knows an svg for what it is; a file has to say it.
  return `${text.trim().replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')}\n`;
}

/** The table that the hub reads leads to the spokes, and the other one to the hub. */
function gatewayTables(plan: Plan): Tables | undefined {
  const tables = transitTables(plan);
  const roles = new Map(plan.map(({ name, settings }) => [name, settings.role]));
  const toSpokes = tables.find(({ readBy }) => readBy.some((name) => roles.get(name) === "hub"));
  const toHub = tables.find((table) => table !== toSpokes);
  return toSpokes === undefined || toHub === undefined ? undefined : { toSpokes, toHub };
}

function drawing(
  plan: Plan,
  hub: NetworkView,
  tables: Tables,
  form: keyof typeof WIDTHS,
  { description, style }: Surroundings,
): Markup {
  const width = WIDTHS[form];
  const spokes = networks(plan).filter(({ role }) => role === "spoke");
  const inDetail = isInDetail(plan);
  const routes = new Map(plan.map((stack) => [stack.name, routeTables(stack)]));
  const routesOf = ({ name }: NetworkView): readonly RouteTableView[] => routes.get(name) ?? [];

  const hubSize = networkSize(hub);
  const hubBox = { ...hubSize, x: (width - hubSize.width) / 2, y: HUB_TOP };
  const gatewayBounds = gatewaySize(tables, width - 2 * GUTTER);
  const gateway = { ...gatewayBounds, x: (width - gatewayBounds.width) / 2, y: bottom(hubBox) + BETWEEN };
  const sizes = spokes.map((spoke) => (inDetail ? networkSize(spoke) : CARD_SIZE));
  const rows = inRows(sizes, { width, y: bottom(gateway) + ABOVE_ROW, rowGap: inDetail ? ROW_GAP : ABOVE_ROW });
  const boxes = rows.flat();
  const placed = spokes.flatMap((spoke, index) => {
    const box = boxes[index];
    return box === undefined ? [] : [{ spoke, box }];
  });
  const joined = rows.map((row) =>
    placed
      .filter(({ box }) => row.includes(box))
      .map(({ spoke, box }): Joined => ({
        name: spoke.name,
        box,
        top: inDetail ? box.y - 10 : box.y,
        inbound: inDetail ? spoke.cidr : "",
        outbound: inDetail ? toGateway(routesOf(spoke)) : "",
      })),
  );
  const height = Math.max(bottom(gateway), ...boxes.map(bottom)) + (inDetail ? 40 : 12);
  const id = `picture-${form}`;
  return markup`
<svg class="picture ${form}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">The hub, the transit gateway and the spokes</title>
<desc id="${id}-desc">${description}</desc>${style}
${gatewayBox(tables, gateway)}
${spokes.length === 0 ? NOTHING : spokeLanes(gateway, joined, width)}
${networkBox(hub, routesOf(hub), hubBox)}
${hubLanes({ ...onEdge(hubBox, "bottom"), y: bottom(hubBox) + 10 }, gateway)}
${placed.map(({ spoke, box }) => (inDetail ? networkBox(spoke, routesOf(spoke), box) : networkCard(spoke, box)))}
</svg>`;
}

/** What a network sends to the transit gateway. */
function toGateway(tables: readonly RouteTableView[]): string {
  const routes = tables.flatMap(({ routes }) => routes).filter(({ kind }) => kind === "transit gateway");
  return [...new Set(routes.map(({ destination }) => destination))].join(", ");
}

function entry(lane: Lane, meaning: string): Markup {
  return markup`<li><svg viewBox="0 0 34 10" aria-hidden="true">${line(lane, { x: 0, y: 5 }, { x: 34, y: 5 })}</svg>${meaning}</li>`;
}
