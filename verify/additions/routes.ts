import { items, text, textIn, type ModelResource, type Properties } from "../../model/resource";
import { addition, told, type Find } from "./addition";

const ROUTE = "aws:ec2/route:Route";

/** What a destination is called inside a table, and in a route of its own. */
const DESTINATIONS: Readonly<Record<string, string>> = {
  cidrBlock: "destinationCidrBlock",
  ipv6CidrBlock: "destinationIpv6CidrBlock",
  destinationPrefixListId: "destinationPrefixListId",
};

/**
 * Routes of a table that nobody manages. A table has one route for a destination, so one that is managed is told by it
 * alone: where it leads is its own affair. The provider leaves out the local route, those of gateway endpoints and those
 * that a virtual private gateway propagates (terraform-provider-aws, flattenRoutes).
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
  const inputs = Object.fromEntries(set.map(([name, value]) => [DESTINATIONS[name] ?? name, value]));
  const [, target] = set.find(([name]) => DESTINATIONS[name] === undefined) ?? [];
  const destination = destinationIn(route, Object.keys(DESTINATIONS));
  return addition(
    table,
    ROUTE,
    { routeTableId: table.id, ...inputs },
    `${destination} → ${String(target ?? "nothing")}`,
  );
}

function destinationIn(route: Properties, names: readonly string[]): string {
  return names.map((name) => textIn(route, name)).find((value) => value !== "") ?? "";
}
