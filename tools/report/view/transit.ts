import { topologyOf, type Topology } from "../../model/topology/topology";
import type { TransitRoute } from "../../model/topology/transit-gateways";
import { estateOfPlan } from "../../planner/estate";
import type { Plan } from "../../planner/plan";

/** A route table of the transit gateway. */
export interface TransitTableView {
  readonly name: string;
  /** Networks whose attachment is associated with it: it routes what they send. */
  readonly readBy: readonly string[];
  /** Propagated ones first, then static ones, each in the order of the plan. */
  readonly routes: readonly TransitRouteView[];
}

export interface TransitRouteView {
  readonly destination: string;
  /** Network that it leads to; null: dropped. */
  readonly network: string | null;
  readonly origin: "propagated" | "static";
}

/** The transit gateway's route tables, with the attachments of all stacks. */
export function transitTables(plan: Plan): TransitTableView[] {
  const topology = topologyOf(estateOfPlan(plan));
  const { attachments, tables, tableOf } = topology.transit;
  return tables.map((table) => ({
    name: table.name,
    readBy: attachments.filter(({ id }) => tableOf.get(id) === table).map(({ vpcId }) => networkOf(topology, vpcId)),
    routes: (["propagated", "static"] as const).flatMap((origin) =>
      table.routes.filter((route) => route.origin === origin).map((route) => routeView(topology, route)),
    ),
  }));
}

function routeView(topology: Topology, { destination, attachmentId, origin }: TransitRoute): TransitRouteView {
  const attachment = topology.transit.attachmentById.get(attachmentId ?? "");
  return { destination, network: attachment === undefined ? null : networkOf(topology, attachment.vpcId), origin };
}

function networkOf({ networkById }: Topology, vpcId: string): string {
  return networkById.get(vpcId)?.stack ?? vpcId;
}

/** `10.1.0.0/16 → dev`. */
export function transitRouteInWords({ destination, network }: TransitRouteView): string {
  return `${destination} → ${network ?? "dropped (blackhole)"}`;
}
