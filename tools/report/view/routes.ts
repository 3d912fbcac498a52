import { counted, groupsOf } from "../../io/words";
import { type Topology, topologyOf } from "../../model/topology/topology";
import type { TransitRoute } from "../../model/topology/transit-gateways";
import { stacksOfPlan } from "../../planner/stacks";
import type { Plan } from "../../planner/plan";
import type { RouteTableView, RouteView } from "./networks";
import type { Section } from "./section";

/** The route table of each subnet, in words. @param networks with their route tables */
export function routesSection(
  networks: readonly { readonly name: string; readonly tables: readonly RouteTableView[] }[],
): Section {
  return {
    id: "routes",
    title: "Subnet route tables",
    note: "Each subnet has its own route table, with the same name. Tables with the same routes appear once.",
    cards: networks.map(({ name, tables }) => ({
      title: name,
      entries: alike(tables).map(({ names, words }) => ({ term: namesInShort(names), lines: words })),
    })),
  };
}

/** Tables of a tier with the same routes, under all their names. */
export function alike(tables: readonly RouteTableView[]): { names: readonly string[]; words: readonly string[] }[] {
  const inWords = tables.map((table) => ({ name: table.name, words: tableInWords(table) }));
  return groupsOf(inWords, ({ name, words }) => [tierOf(name), ...words].join()).map((group) => ({
    names: group.map(({ name }) => name),
    words: group[0].words,
  }));
}

/** The two routes that lead to the internet together (ADR 28). */
const HALVES = ["0.0.0.0/1", "128.0.0.0/1"];

/** The routes of a table; `no other route` follows in a table without a route to the internet. */
function tableInWords({ routes }: RouteTableView): string[] {
  const destinations = routes.map(({ destination }) => destination);
  const hasDefault = destinations.includes(EVERYTHING) || HALVES.every((half) => destinations.includes(half));
  return [...routes.map(routeInWords), ...(hasDefault ? [] : ["no other route"])];
}

const EVERYTHING = "0.0.0.0/0";

/** `10.0.0.0/16 → transit gateway`. */
function routeInWords({ destination, kind, target }: RouteView): string {
  const to = destination === EVERYTHING ? "everything else" : destination;
  switch (kind) {
    case "local":
      return `${to} stays in the VPC`;
    case "endpoint":
      return `${to} → gateway endpoint`;
    case "NAT gateway":
      return `${to} → NAT gateway ${target}`;
    case "transit gateway":
    case "internet gateway":
      return `${to} → ${kind}`;
    case "other":
      return `${to} → a target that this plan does not model`;
  }
}

/** `dev-private-1, -2`: the first name in full, the others by their numbers. */
function namesInShort([first = "", ...others]: readonly string[]): string {
  return [first, ...others.map((name) => name.slice(tierOf(first).length))].join(", ");
}

/** `dev-private-1` → `dev-private`. */
function tierOf(name: string): string {
  return name.replace(/-\d+$/, "");
}

/** The transit gateway's route tables: the attachments that use each, and its routes. */
export function transitSection(plan: Plan): Section {
  return {
    id: "transit-gateway",
    title: "Transit gateway route tables",
    note: "Traffic from a network is routed by the table that its attachment is associated with. A network that is not in that table cannot be reached.",
    cards: transitTables(plan).map(({ name, readBy, routes }) => ({
      title: `Route table ${name}`,
      summary: `${counted(routes.length, "route")}; associated: ${readBy.length === 0 ? "no attachment" : readBy.join(", ")}`,
      table: {
        caption: `Routes of ${name}`,
        columns: [{ title: "Destination" }, { title: "Attachment" }, { title: "Origin" }],
        rows: routes.map(({ destination, network, origin }) => [
          destination,
          network ?? { words: "dropped (blackhole)" },
          { words: origin },
        ]),
      },
    })),
  };
}

/** A route table of the transit gateway. */
export interface TransitTableView {
  readonly name: string;
  /** Networks, firewalls and sites whose attachment is associated with it: it routes what they send. */
  readonly readBy: readonly string[];
  /** Propagated ones first, then static ones, each in the order of the plan. */
  readonly routes: readonly TransitRouteView[];
}

interface TransitRouteView {
  readonly destination: string;
  /** Network, firewall or site that it leads to; null: dropped. */
  readonly network: string | null;
  readonly origin: "propagated" | "static";
}

/** The transit gateway's route tables, with the attachments of all stacks. */
export function transitTables(plan: Plan): TransitTableView[] {
  const topology = topologyOf(stacksOfPlan(plan));
  const { attachments, firewalls, sites, tables, tableOf } = topology.transit;
  return tables.map((table) => ({
    name: table.name,
    readBy: [
      ...attachments.filter(({ id }) => tableOf.get(id) === table).map(({ vpcId }) => networkOf(topology, vpcId)),
      ...[...firewalls.values()].filter(({ id }) => tableOf.get(id) === table).map(({ name }) => `firewall ${name}`),
      ...sites.filter(({ id }) => tableOf.get(id) === table).map(({ name }) => `site ${name}`),
    ],
    routes: (["propagated", "static"] as const).flatMap((origin) =>
      table.routes.filter((route) => route.origin === origin).map((route) => transitRoute(topology, route)),
    ),
  }));
}

function transitRoute(topology: Topology, { destination, attachmentId, origin }: TransitRoute): TransitRouteView {
  const firewall = topology.transit.firewalls.get(attachmentId ?? "");
  if (firewall !== undefined) return { destination, network: `firewall ${firewall.name}`, origin };
  const attachment = topology.transit.attachmentById.get(attachmentId ?? "");
  const site = topology.transit.siteById.get(attachmentId ?? "");
  if (site !== undefined) return { destination, network: `site ${site.name}`, origin };
  return { destination, network: attachment === undefined ? null : networkOf(topology, attachment.vpcId), origin };
}

function networkOf({ networkById }: Topology, vpcId: string): string {
  return networkById.get(vpcId)?.stack ?? vpcId;
}
