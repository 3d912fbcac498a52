import { topologyOf, type VpcNetwork } from "../../model/topology/topology";
import { groupBy } from "../../model/topology/resources";
import type { Route } from "../../model/topology/route-tables";
import { estateStack } from "../../planner/estate";
import type { StackPlan } from "../../planner/plan";
import { referred } from "./resources";

/** A route table, and the subnets that use it. */
export interface RouteTableView {
  readonly name: string;
  /** Names of the subnets that use it. */
  readonly subnets: readonly string[];
  /** The most specific first, as AWS chooses. */
  readonly routes: readonly RouteView[];
}

export interface RouteView {
  /** A CIDR, or a service that a gateway endpoint leads to. */
  readonly destination: string;
  readonly kind: "local" | "endpoint" | "transit gateway" | "NAT gateway" | "internet gateway" | "other";
  /** Name of what it leads to; empty for local. */
  readonly target: string;
}

const EVERYTHING = "0.0.0.0/0";

/** Route tables of a stack that subnets use, by name: tier by tier, AZ by AZ. */
export function routeTables(stack: StackPlan): RouteTableView[] {
  const { networks } = topologyOf({ stacks: [estateStack(stack)] });
  return networks.flatMap(tablesOf).sort((a, b) => a.name.localeCompare(b.name));
}

function tablesOf({ blocks, subnets }: VpcNetwork): RouteTableView[] {
  const local = blocks.map((destination): RouteView => ({ destination, kind: "local", target: "" }));
  return [...groupBy(subnets, ({ table }) => table.id).values()].map((those) => {
    const { name = "", routes = [] } = those[0]?.table ?? {};
    return {
      name,
      subnets: those.map((subnet) => subnet.name),
      routes: [...local, ...routes.map(routeView)].sort((a, b) => specificity(b) - specificity(a)),
    };
  });
}

function routeView({ destination, kind, target }: Route): RouteView {
  const name = referred(target)?.name ?? target;
  if (kind !== "gateway endpoint") return { destination, kind, target: name };
  return { destination: destination.toUpperCase(), kind: "endpoint", target: name };
}

function specificity({ destination, kind }: RouteView): number {
  // The VPC's own CIDR is listed first: a reader starts there. A service's addresses are never private ones.
  if (kind === "local") return 34;
  return kind === "endpoint" ? 33 : Number(destination.split("/")[1]);
}

/** `10.0.0.0/16 → transit gateway`. */
export function routeInWords({ destination, kind, target }: RouteView): string {
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

/** A whole table, route by route; a table without a default route ends with that. */
export function tableInWords({ routes }: RouteTableView): string[] {
  const hasDefault = routes.some(({ destination }) => destination === EVERYTHING);
  return [...routes.map(routeInWords), ...(hasDefault ? [] : ["no other route"])];
}

/** Tables of a tier with the same routes, under all their names. */
export function alike(tables: readonly RouteTableView[]): { names: readonly string[]; words: readonly string[] }[] {
  const groups = new Map<string, { names: string[]; words: readonly string[] }>();
  for (const table of tables) {
    const words = tableInWords(table);
    const sameTierAndWords = [tierOf(table.name), ...words].join();
    const group = groups.get(sameTierAndWords) ?? { names: [], words };
    group.names.push(table.name);
    groups.set(sameTierAndWords, group);
  }
  return [...groups.values()];
}

/** `dev-private-1, -2`: of names that differ in their number alone, the further ones by it. */
export function namesInShort([first = "", ...others]: readonly string[]): string {
  return [first, ...others.map((name) => name.slice(tierOf(first).length))].join(", ");
}

/** `dev-private-1` → `dev-private`. */
function tierOf(name: string): string {
  return name.replace(/-\d+$/, "");
}
