import { contains, isSameBlock } from "../addresses/ranges";
import { attribute, items, type ModelResource, type Properties, text, textIn } from "../resource";
import { groupBy, prefixListBlocks, type Resources } from "./resources";
import { readGatewayEndpoints, type GatewayEndpoint } from "./vpc-endpoints";

/** What a route leads to. `other`: something that this model does not follow, such as a peering connection. */
export type RouteKind = "transit gateway" | "NAT gateway" | "internet gateway" | "gateway endpoint" | "other";

/** A static route of a subnet's table; every table has its VPC's local route besides. */
export interface Route {
  /** CIDR; of a gateway endpoint the name of its service, for which AWS keeps the prefix list. */
  readonly destination: string;
  readonly kind: RouteKind;
  /** Id of what it leads to. */
  readonly target: string;
  /** The property that holds the target, `natGatewayId`; of a gateway endpoint `vpcEndpointId`. */
  readonly property: string;
  /** The resource that holds it. */
  readonly resource: string;
  /** Id of the prefix list that the destination is an entry of. */
  readonly list?: string;
  /** Of a gateway endpoint: region of the addresses that its prefix list holds. */
  readonly region?: string;
}

export interface RouteTable {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  /** Those of prefix lists last: of two for the same block the other is taken. */
  readonly routes: readonly Route[];
  /** Routes that AWS does not take, so that they lead nowhere. */
  readonly refused: readonly Route[];
}

/** The route tables of all VPCs, and which of them a subnet reads. */
export interface RouteTables {
  readonly byId: ReadonlyMap<string, RouteTable>;
  /** Table id by subnet id, of the subnets that have one of their own. */
  readonly ofSubnet: ReadonlyMap<string, string>;
  /** Table id by VPC id: the main table, which every other subnet reads. */
  readonly mainOf: ReadonlyMap<string, string>;
}

/** Properties that hold what a route leads to, in a Route resource and inside a table alike. */
const TARGETS: Readonly<Record<string, RouteKind>> = {
  transitGatewayId: "transit gateway",
  natGatewayId: "NAT gateway",
  gatewayId: "internet gateway",
  ...{ carrierGatewayId: "other", coreNetworkArn: "other", egressOnlyGatewayId: "other", instanceId: "other" },
  ...{ localGatewayId: "other", networkInterfaceId: "other", odbNetworkArn: "other", vpcEndpointId: "other" },
  vpcPeeringConnectionId: "other",
};

/** What a destination may be called. */
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
    const asked = inOrder
      .flatMap(({ properties, resource }) => routesOf(properties, resource, resources))
      .filter(({ target, destination }) => !isLocal(target, destination, blocksOf(vpcId)));
    const vpc = { blocks: blocksOf(vpcId), subnets: (subnets.get(vpcId) ?? []).map((each) => text(each, "cidrBlock")) };
    const refused = asked.filter((route) => isRefused(route, vpc));
    const services = (endpoints.get(id) ?? []).map(endpointRoute);
    byId.set(id, {
      ...{ id, name, vpcId, refused },
      routes: [...asked.filter((route) => !refused.includes(route)), ...services],
    });
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

/** The main table that AWS tells of a running VPC, which somebody may have changed; the default one in a plan. */
function mainTableOf(
  vpc: ModelResource,
  defaultId: string,
  byId: ReadonlyMap<string, RouteTable>,
  add: (id: string, name: string, vpcId: string, inline: readonly Properties[]) => void,
): string {
  const told = vpc.outputs === undefined ? "" : textIn(vpc.outputs, "mainRouteTableId");
  if (told === "" || told === defaultId) return defaultId;
  if (!byId.has(told)) add(told, `${vpc.name}, main table`, vpc.id, []);
  return told;
}

/** Static routes come before those of prefix lists (Amazon VPC User Guide, "How route priority works"). */
function isOfList(properties: Properties): boolean {
  return textIn(properties, "destinationPrefixListId") !== "";
}

/** Whether a route says what the local one says: tables that are written out list it. */
function isLocal(target: string, destination: string, blocks: readonly string[]): boolean {
  return target === "local" && blocks.some((each) => contains(each, destination));
}

/** A route for each block that it is for: a prefix list of ours stands for its entries. */
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
  // `gatewayId` takes virtual private gateways too, and "local".
  const isInternet = resources.byId(target)?.type === "aws:ec2/internetGateway:InternetGateway";
  return kind === "internet gateway" && !isInternet ? "other" : kind;
}

/** Blocks of a VPC, and those of its subnets, as CIDRs. */
export interface VpcBlocks {
  readonly blocks: readonly string[];
  readonly subnets: readonly string[];
}

/** What a route for a part of the VPC may lead to: a NAT gateway, a network interface, a Gateway Load Balancer endpoint. */
const TO_MIDDLEBOXES = ["natGatewayId", "networkInterfaceId", "instanceId", "vpcEndpointId"];

/**
 * Whether AWS refuses a route. A route that is more specific than the local one is for the whole block of a subnet, and
 * leads to a middlebox; a second route for the VPC's own block is none (Amazon VPC User Guide, "Configure route tables"
 * and "How route priority works").
 */
export function isRefused({ destination, property }: Route, { blocks, subnets }: VpcBlocks): boolean {
  if (!blocks.some((each) => contains(each, destination))) return false;
  if (blocks.some((each) => isSameBlock(each, destination))) return true;
  return !TO_MIDDLEBOXES.includes(property) || !subnets.some((each) => isSameBlock(each, destination));
}
