import { attribute, items, text, textIn, texts, type Properties } from "../resource";
import { prefixListBlocks } from "./prefix-lists";
import { grouped, type Resources } from "./resources";

/** What a route leads to. `other`: something that this model does not follow, such as a peering connection. */
export type RouteKind = "transit gateway" | "NAT gateway" | "internet gateway" | "gateway endpoint" | "other";

/** A static route of a subnet's table; every table has its VPC's local route besides. */
export interface Route {
  /** An IPv4 block; of a gateway endpoint the name of its service, for which AWS keeps the prefix list. */
  readonly destination: string;
  readonly kind: RouteKind;
  /** Id of what it leads to. */
  readonly target: string;
  /** The resource that holds it. */
  readonly resource: string;
}

export interface RouteTable {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  /** Those of prefix lists last: of two for the same block the other is taken. */
  readonly routes: readonly Route[];
}

/** The route tables of all VPCs, and which of them a subnet reads. */
export interface RouteTables {
  readonly byId: ReadonlyMap<string, RouteTable>;
  /** Table id by subnet id, of the subnets that have one of their own. */
  readonly ofSubnet: ReadonlyMap<string, string>;
  /** Table id by VPC id: the main table, which every other subnet reads. */
  readonly mainOf: ReadonlyMap<string, string>;
}

/** Properties of a route that hold what it leads to, in a Route resource and inside a table alike. */
const TARGETS: Readonly<Record<string, RouteKind>> = {
  transitGatewayId: "transit gateway",
  natGatewayId: "NAT gateway",
  gatewayId: "internet gateway",
};

/** What a destination may be called. */
const DESTINATIONS = [
  "destinationCidrBlock",
  "cidrBlock",
  "destinationPrefixListId",
  "destinationIpv6CidrBlock",
  "ipv6CidrBlock",
];

/** Not what a route leads to. */
const NO_TARGETS = ["routeTableId", "region", ...DESTINATIONS];

export function routeTables(resources: Resources): RouteTables {
  const own = grouped(resources.ofType("aws:ec2/route:Route"), (route) => text(route, "routeTableId"));
  const ofEndpoints = grouped(endpointRoutes(resources), ({ table }) => table);
  const byId = new Map<string, RouteTable>();
  const add = (id: string, name: string, vpcId: string, inline: readonly Properties[]): void => {
    const separate = (own.get(id) ?? []).map((each) => ({ properties: each.inputs, resource: each.name }));
    const statics = [...separate, ...inline.map((properties) => ({ properties, resource: name }))];
    const inOrder = statics.sort((a, b) => Number(isOfList(a.properties)) - Number(isOfList(b.properties)));
    const routes = inOrder.flatMap(({ properties, resource }) => routesOf(properties, resource, resources));
    const services = (ofEndpoints.get(id) ?? []).map(({ route }) => route);
    byId.set(id, { id, name, vpcId, routes: [...routes, ...services] });
  };
  for (const table of resources.ofType("aws:ec2/routeTable:RouteTable")) {
    add(table.id, table.name, text(table, "vpcId"), items(table, "routes"));
  }

  const mainOf = new Map<string, string>();
  for (const vpc of resources.ofType("aws:ec2/vpc:Vpc")) {
    // AWS makes it with the VPC, and nothing in it but the local route (Amazon VPC User Guide, "Main route table").
    const id = attribute(vpc, "defaultRouteTableId");
    const adopted = resources
      .ofType("aws:ec2/defaultRouteTable:DefaultRouteTable")
      .find((table) => text(table, "defaultRouteTableId") === id);
    add(id, adopted?.name ?? `${vpc.name}, main table`, vpc.id, adopted === undefined ? [] : items(adopted, "routes"));
    mainOf.set(vpc.id, id);
  }
  for (const main of resources.ofType("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation")) {
    mainOf.set(text(main, "vpcId"), text(main, "routeTableId"));
  }
  const associations = resources.ofType("aws:ec2/routeTableAssociation:RouteTableAssociation");
  const ofSubnet = new Map(associations.map((each) => [text(each, "subnetId"), text(each, "routeTableId")]));
  return { byId, mainOf, ofSubnet };
}

/** Static routes come before those of prefix lists (Amazon VPC User Guide, "How route priority works"). */
function isOfList(properties: Properties): boolean {
  return textIn(properties, "destinationPrefixListId") !== "";
}

/** A route for each block that it is for: a prefix list of ours stands for its entries. */
function routesOf(properties: Properties, resource: string, resources: Resources): Route[] {
  const [destination = ""] = DESTINATIONS.map((name) => textIn(properties, name)).filter((value) => value !== "");
  const [property = ""] = Object.keys(properties).filter(
    (name) => !NO_TARGETS.includes(name) && textIn(properties, name) !== "",
  );
  const target = textIn(properties, property);
  const blocks = prefixListBlocks(resources, destination) ?? [destination];
  return blocks.map((each) => ({ destination: each, kind: kindOf(property, target, resources), target, resource }));
}

function kindOf(property: string, target: string, resources: Resources): RouteKind {
  const kind = TARGETS[property] ?? "other";
  // `gatewayId` takes virtual private gateways too, and "local".
  const isInternet = resources.byId(target)?.type === "aws:ec2/internetGateway:InternetGateway";
  return kind === "internet gateway" && !isInternet ? "other" : kind;
}

/** What gateway endpoints put into the tables that they are attached to, inside or by a resource of its own. */
function endpointRoutes(resources: Resources): { readonly table: string; readonly route: Route }[] {
  const separate = grouped(
    resources.ofType("aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"),
    (each) => text(each, "vpcEndpointId"),
  );
  return resources.ofType("aws:ec2/vpcEndpoint:VpcEndpoint").flatMap((endpoint) => {
    // Gateway is the default type (Amazon EC2 API Reference, CreateVpcEndpoint).
    if (!["Gateway", ""].includes(text(endpoint, "vpcEndpointType"))) return [];
    const route: Route = {
      destination: serviceOf(text(endpoint, "serviceName")),
      kind: "gateway endpoint",
      target: endpoint.id,
      resource: endpoint.name,
    };
    const tables = (separate.get(endpoint.id) ?? []).map((each) => text(each, "routeTableId"));
    return [...texts(endpoint, "routeTableIds"), ...tables].map((table) => ({ table, route }));
  });
}

/** `com.amazonaws.REGION.ecr.api` → `ecr.api`. */
export function serviceOf(serviceName: string): string {
  return serviceName.split(".").slice(3).join(".");
}
