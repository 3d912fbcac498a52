import { items, lookup, text, textIn, type ModelResource, type Properties } from "../../model/resource";
import { addition, told, type Find } from "./addition";

const ROUTE = "aws:ec2/route:Route";

/** Names of the destination in an inline route, and in a separate Route resource. */
const DESTINATIONS: Readonly<Record<string, string>> = {
  cidrBlock: "destinationCidrBlock",
  ipv6CidrBlock: "destinationIpv6CidrBlock",
  destinationPrefixListId: "destinationPrefixListId",
};

/**
 * Unmanaged routes of a route table. A table has one route per destination, so the destination identifies managed routes;
 * their targets are compared separately. The provider omits the local route, and routes of gateway endpoints and of
 * virtual private gateways (terraform-provider-aws, flattenRoutes).
 */
export const routesOf: Find = (table, { resources }) => {
  const separate = resources
    .ofType(ROUTE)
    .filter((route) => text(route, "routeTableId") === table.id)
    .map(({ inputs }) => destinationIn(inputs, Object.values(DESTINATIONS)));
  const inline = items(table, "routes").map((route) => destinationIn(route, Object.keys(DESTINATIONS)));
  const managed = [...separate, ...inline];
  return items(told(table), "routes")
    .filter((route) => !managed.includes(destinationIn(route, Object.keys(DESTINATIONS))))
    .map((route) => unmanaged(table, route));
};

function unmanaged(table: ModelResource, route: Properties) {
  const set = Object.entries(route).filter(([, value]) => typeof value === "string" && value !== "");
  const inputs = Object.fromEntries(set.map(([name, value]) => [lookup(DESTINATIONS, name) ?? name, value]));
  const [, target] = set.find(([name]) => lookup(DESTINATIONS, name) === undefined) ?? [];
  const destination = destinationIn(route, Object.keys(DESTINATIONS));
  return addition(
    table,
    ROUTE,
    { routeTableId: table.id, ...inputs },
    `${destination} → ${String(target ?? "no target")}`,
  );
}

function destinationIn(route: Properties, names: readonly string[]): string {
  return names.map((name) => textIn(route, name)).find((value) => value !== "") ?? "";
}
