import { contains, isSameBlock } from "../addresses/ranges";
import { attribute, items, text, textIn, type ModelResource, type Properties } from "../resource";
import { readGatewayEndpoints, type GatewayEndpoint } from "./endpoints-and-zones";
import { groupBy, prefixListBlocks, type Resources } from "./resources";

/** The target of a route. `other`: one that is not modeled, such as a peering connection. */
export type RouteKind = "transit gateway" | "NAT gateway" | "internet gateway" | "gateway endpoint" | "other";

/** A static route of a subnet's route table. The local routes of the VPC are not included. */
export interface Route {
  /** A CIDR; for a gateway endpoint, the name of its service, whose prefix list AWS manages. */
  readonly destination: string;
  readonly kind: RouteKind;
  /** Id of the target. */
  readonly target: string;
  /** Name of the property with the target: `natGatewayId`; for a gateway endpoint, `vpcEndpointId`. */
  readonly property: string;
  /** Name of the resource that contains it. */
  readonly resource: string;
  /** Id of the prefix list that contains the destination. */
  readonly list?: string;
  /** Only for a gateway endpoint: the Region of its service. */
  readonly region?: string;
}

export interface RouteTable {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  /** Routes of prefix lists are last, because of two routes for one CIDR the static one wins. */
  readonly routes: readonly Route[];
  /** Routes that AWS refuses. */
  readonly refused: readonly Route[];
}

/** The route tables of all VPCs, and their subnets. */
export interface RouteTables {
  readonly byId: ReadonlyMap<string, RouteTable>;
  /** Table id by subnet id, for subnets with an association. */
  readonly ofSubnet: ReadonlyMap<string, string>;
  /** Id of the main route table by VPC id: every other subnet uses it. */
  readonly mainOf: ReadonlyMap<string, string>;
}

/** Target properties, the same for a Route resource and for an inline route. */
const TARGETS: Readonly<Record<string, RouteKind>> = {
  transitGatewayId: "transit gateway",
  natGatewayId: "NAT gateway",
  gatewayId: "internet gateway",
  ...{ carrierGatewayId: "other", coreNetworkArn: "other", egressOnlyGatewayId: "other", instanceId: "other" },
  ...{ localGatewayId: "other", networkInterfaceId: "other", odbNetworkArn: "other", vpcEndpointId: "other" },
  vpcPeeringConnectionId: "other",
};

/** Destination properties of a Route resource and of an inline route. */
const DESTINATIONS = [
  ...["destinationCidrBlock", "cidrBlock", "destinationPrefixListId"],
  ...["destinationIpv6CidrBlock", "ipv6CidrBlock"],
];

export function readRouteTables(resources: Resources, blocksOf: (vpcId: string) => readonly string[]): RouteTables {
  const own = groupBy(resources.ofType("aws:ec2/route:Route"), (route) => resources.reference(route, "routeTableId"));
  const endpoints = groupBy(readGatewayEndpoints(resources), ({ table }) => table);
  const subnets = groupBy(resources.ofType("aws:ec2/subnet:Subnet"), (subnet) => text(subnet, "vpcId"));
  const byId = new Map<string, RouteTable>();
  const add = (id: string, name: string, vpcId: string, inline: readonly Properties[]): void => {
    const separate = (own.get(id) ?? []).map((each) => ({ properties: each.inputs, resource: each.name }));
    const statics = [...separate, ...inline.map((properties) => ({ properties, resource: name }))];
    const inOrder = statics.sort((a, b) => Number(isOfList(a.properties)) - Number(isOfList(b.properties)));
    const all = inOrder
      .flatMap(({ properties, resource }) => routesOf(properties, resource, resources))
      .filter(({ target, destination }) => !isLocal(target, destination, blocksOf(vpcId)));
    const vpc = { blocks: blocksOf(vpcId), subnets: (subnets.get(vpcId) ?? []).map((each) => text(each, "cidrBlock")) };
    const refused = all.filter((route) => isRefused(route, vpc));
    const services = (endpoints.get(id) ?? []).map(endpointRoute);
    byId.set(id, {
      ...{ id, name, vpcId, refused },
      routes: [...all.filter((route) => !refused.includes(route)), ...services],
    });
  };
  for (const table of resources.ofType("aws:ec2/routeTable:RouteTable")) {
    add(table.id, table.name, text(table, "vpcId"), items(table, "routes"));
  }

  const mainOf = new Map<string, string>();
  for (const vpc of resources.ofType("aws:ec2/vpc:Vpc")) {
    // AWS creates it with the VPC, with only the local route (Amazon VPC User Guide, "Main route table").
    const id = attribute(vpc, "defaultRouteTableId");
    const adopted = resources
      .ofType("aws:ec2/defaultRouteTable:DefaultRouteTable")
      .find((table) => text(table, "defaultRouteTableId") === id || resources.canonical(table.id) === id);
    add(id, adopted?.name ?? `${vpc.name}, main table`, vpc.id, adopted === undefined ? [] : items(adopted, "routes"));
    mainOf.set(vpc.id, mainTableOf(vpc, id, byId, add));
  }
  for (const main of resources.ofType("aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation")) {
    mainOf.set(text(main, "vpcId"), resources.reference(main, "routeTableId"));
  }
  const associations = resources.ofType("aws:ec2/routeTableAssociation:RouteTableAssociation");
  const ofSubnet = new Map(
    associations.map((each) => [text(each, "subnetId"), resources.reference(each, "routeTableId")]),
  );
  return { byId, mainOf, ofSubnet };
}

function endpointRoute({ id, name, service, region }: GatewayEndpoint): Route {
  return {
    ...{ destination: service, region, kind: "gateway endpoint", target: id },
    ...{ property: "vpcEndpointId", resource: name },
  };
}

/** The main route table that AWS returned for a deployed VPC, which may have been replaced; in a plan, the default one. */
function mainTableOf(
  vpc: ModelResource,
  defaultId: string,
  byId: ReadonlyMap<string, RouteTable>,
  add: (id: string, name: string, vpcId: string, inline: readonly Properties[]) => void,
): string {
  const actual = vpc.outputs === undefined ? "" : textIn(vpc.outputs, "mainRouteTableId");
  if (actual === "" || actual === defaultId) return defaultId;
  if (!byId.has(actual)) add(actual, `${vpc.name}, main table`, vpc.id, []);
  return actual;
}

/** Static routes come before those of prefix lists (Amazon VPC User Guide, "How route priority works"). */
function isOfList(properties: Properties): boolean {
  return textIn(properties, "destinationPrefixListId") !== "";
}

/** Whether a route repeats the local route: a table with inline routes may list it. */
function isLocal(target: string, destination: string, blocks: readonly string[]): boolean {
  return target === "local" && blocks.some((each) => contains(each, destination));
}

/** The routes of a resource or an inline route: several for a prefix list that a stack creates, one for each entry. */
function routesOf(properties: Properties, resource: string, resources: Resources): Route[] {
  const [destination = ""] = DESTINATIONS.map((name) => textIn(properties, name)).filter((value) => value !== "");
  const [property = ""] = Object.keys(TARGETS).filter((name) => textIn(properties, name) !== "");
  const target = textIn(properties, property);
  const kind = kindOf(property, target, resources);
  const route = { destination, kind, target, property, resource };
  const blocks = prefixListBlocks(resources, destination);
  return blocks?.map((each) => ({ ...route, destination: each, list: destination })) ?? [route];
}

function kindOf(property: string, target: string, resources: Resources): RouteKind {
  const kind = TARGETS[property] ?? "other";
  // `gatewayId` also accepts virtual private gateways and "local".
  const isInternet = resources.byId(target)?.type === "aws:ec2/internetGateway:InternetGateway";
  return kind === "internet gateway" && !isInternet ? "other" : kind;
}

/** The CIDRs of a VPC and of its subnets. */
interface VpcBlocks {
  readonly blocks: readonly string[];
  readonly subnets: readonly string[];
}

/** Targets that a route for a part of the VPC may have: a NAT gateway, a network interface, a Gateway Load Balancer endpoint. */
const TO_MIDDLEBOXES = ["natGatewayId", "networkInterfaceId", "instanceId", "vpcEndpointId"];

/**
 * Whether AWS refuses a route. A route that is more specific than the local one must have the exact CIDR of a subnet and
 * target a middlebox; a route for the VPC's own CIDR is refused (Amazon VPC User Guide, "Configure route tables" and
 * "How route priority works").
 */
function isRefused({ destination, property }: Route, { blocks, subnets }: VpcBlocks): boolean {
  if (!blocks.some((each) => contains(each, destination))) return false;
  if (blocks.some((each) => isSameBlock(each, destination))) return true;
  return !TO_MIDDLEBOXES.includes(property) || !subnets.some((each) => isSameBlock(each, destination));
}
