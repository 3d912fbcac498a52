import { counted } from "../../../io/words";
import { topologyOf } from "../../../model/topology/topology";
import type { Plan } from "../../../planner/plan";
import { stacksOfPlan } from "../../../planner/stacks";
import { networks, type NetworkView } from "../../view/networks";
import { overview } from "../../view/overview";
import { transitTables } from "../../view/routes";
import { PICTURE_STYLE } from "../assets";
import { Markup, markup, NOTHING } from "../markup";
import { cardSize, hubAccount, hubLayout, laneEnd, networkCard, spokeAccount, spokeAccountSize } from "./accounts";
import { legend } from "./legend";
import { bottom, GUTTER, inRows, type Lane, line } from "./shapes";
import { type Joined, spokeLanes, type Tables } from "./transit-gateway";

/** Spokes that are drawn with their subnets; more of them are drawn as cards. */
const MOST_IN_DETAIL = 12;

export function isInDetail(plan: Plan): boolean {
  return networks(plan).filter(({ role }) => role === "spoke").length <= MOST_IN_DETAIL;
}

/** Widths of the two drawings: a window's, and a telephone's. */
const WIDTHS = { wide: 1096, narrow: 436 } as const;
const HUB_TOP = 28;
/** From the hub's account, and from row to row: room for the buses, and for the internet below a row. */
const ABOVE_ROW = { detail: 76, cards: 50 };
const ROW_GAP = { detail: 104, cards: 52 };
/** A row of the narrow drawing has room for a network of three AZs. */
const NARROW_GUTTER = 12;

/** The network in two drawings, of which the page shows one, and their legend; undefined without a hub or its tables. */
export function picture(plan: Plan): Markup | undefined {
  const tables = gatewayTables(plan);
  const hub = networks(plan).find(({ role }) => role === "hub");
  if (tables === undefined || hub === undefined) return undefined;
  const description = `${overview(plan)}. The sections below list every CIDR and route of this picture as text.`;
  const page = { description, style: NOTHING };
  return markup`
<div class="drawn">
<div class="drawings">${drawing(plan, hub, tables, "wide", page)}${drawing(plan, hub, tables, "narrow", page)}</div>
<div class="key">
<h3>Legend</h3>
<ul class="legend">${entry("to-hub", `to the hub: route table ${tables.toHub.name}`)}
${entry("to-spokes", `to the spokes: route table ${tables.toSpokes.name}`)}
${entry("internet", "to the internet")}
${entry("plain", "network interfaces")}</ul>
${legend(plan)}
</div>
</div>`;
}

/** What the drawing has beside its shapes. */
interface Surroundings {
  /** Description for screen readers. */
  readonly description: string;
  readonly style: Markup;
}

/** The wide drawing with its numbers as an SVG file; empty for a plan without a hub or its tables. */
export function pictureFile(plan: Plan): string {
  const [tables, hub] = [gatewayTables(plan), networks(plan).find(({ role }) => role === "hub")];
  if (tables === undefined || hub === undefined) return "";
  const style = markup`
<style>${new Markup(PICTURE_STYLE)}</style>`;
  const { text } = drawing(plan, hub, tables, "wide", { description: overview(plan), style });
  // A file needs the namespace, which HTML implies.
  return `${text.trim().replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')}\n`;
}

/**
 * The table that the hub reads leads to the spokes, or that of its firewall; the one of new attachments to the hub. Others
 * are of one spoke or site, or lead from the hub to the firewall.
 */
function gatewayTables(plan: Plan): Tables | undefined {
  const tables = transitTables(plan);
  const roles = new Map(plan.map(({ name, settings }) => [name, settings.role]));
  const { transit } = topologyOf(stacksOfPlan(plan));
  const firewalls = [...transit.firewalls.values()];
  const ofFirewalls = firewalls.map(({ id }) => transit.tableOf.get(id)?.name);
  const toSpokes =
    tables.find(({ name }) => ofFirewalls.includes(name)) ??
    tables.find(({ readBy }) => readBy.some((name) => roles.get(name) === "hub"));
  const isDefault = new Set([...transit.defaultTables.values()].map((each) => each?.name));
  const others = tables.filter((table) => table !== toSpokes);
  const toHub = others.find(({ name }) => isDefault.has(name)) ?? others[0];
  if (toSpokes === undefined || toHub === undefined) return undefined;
  const further = others.filter((table) => table !== toHub);
  return { toSpokes, toHub, further, firewalls: firewalls.map(({ name }) => name) };
}

function drawing(
  plan: Plan,
  hub: NetworkView,
  tables: Tables,
  form: keyof typeof WIDTHS,
  { description, style: files }: Surroundings,
): Markup {
  const width = WIDTHS[form];
  const spokes = networks(plan).filter(({ role }) => role === "spoke");
  const style = isInDetail(plan) ? "detail" : "cards";
  const layout = hubLayout(hub, tables, width, HUB_TOP);
  const isDetailed = style === "detail";
  const sizes = spokes.map((spoke) => ({
    ...(isDetailed ? spokeAccountSize(spoke) : cardSize(spokes.length)),
    spoke,
  }));
  const rows = inRows(sizes, {
    ...{ width, y: bottom(layout.frame) + ABOVE_ROW[style], rowGap: ROW_GAP[style] },
    gutter: form === "narrow" ? NARROW_GUTTER : GUTTER,
  });
  const joined = rows.map((row) =>
    row.map(({ spoke, ...box }): Joined => ({
      ...{ name: spoke.name, box },
      top: isDetailed ? laneEnd(box) : box.y,
      inbound: isDetailed ? spoke.cidr : "",
      outbound: isDetailed ? toGateway(spoke) : "",
    })),
  );
  const height = Math.max(bottom(layout.frame), ...rows.flat().map(bottom)) + (isDetailed ? 28 : 12);
  const id = `picture-${form}`;
  return markup`
<svg class="picture ${form}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">The hub, the transit gateway and the spokes</title>
<desc id="${id}-desc">${description}</desc>${files}
${rows.flat().map(({ spoke, ...box }) => (isDetailed ? spokeAccount(spoke, box) : networkCard(spoke, box)))}
${hubAccount(hub, tables, layout)}
${spokes.length === 0 ? NOTHING : spokeLanes(tables, layout.gateway, joined, width)}
</svg>`;
}

/** What a network sends to the transit gateway. */
function toGateway({ tables }: NetworkView): string {
  const routes = tables.flatMap((table) => table.routes).filter(({ kind }) => kind === "transit gateway");
  const [first = "", ...others] = new Set(routes.map(({ destination }) => destination));
  return others.length === 0 ? first : `${first} and ${counted(others.length, "more CIDR")}`;
}

function entry(lane: Lane, meaning: string): Markup {
  return markup`<li><svg viewBox="0 0 34 10" aria-hidden="true">${line(lane, { x: 0, y: 5 }, { x: 34, y: 5 })}</svg>${meaning}</li>`;
}
