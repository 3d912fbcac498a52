import { text, texts, type ModelResource } from "./resource";
import { transitTablesOf, type TransitTable } from "./transit";

/** What the routing of a set of stacks consists of, whichever account each part is in. */
export interface NetworkModel {
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly attachments: readonly Attachment[];
  readonly transitTables: readonly TransitTable[];
  readonly natGateways: readonly { readonly id: string; readonly name: string; readonly subnetId: string }[];
  readonly rules: readonly IngressRule[];
}

export interface Vpc {
  readonly id: string;
  /** Name of the network. */
  readonly name: string;
  readonly cidr: string;
}

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly cidr: string;
  readonly zone: string;
  /** Gives instances a public address when they start. */
  readonly isPublic: boolean;
  /** Of its route table, besides the local one. */
  readonly routes: readonly Route[];
}

export interface Route {
  /** An IPv4 block; the name of a service for a gateway endpoint. */
  readonly destination: string;
  readonly kind: "transit gateway" | "NAT gateway" | "internet gateway" | "gateway endpoint";
  /** Id of what it leads to. */
  readonly target: string;
}

export interface Attachment {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  /** Whether the gateway's default tables take it in. */
  readonly associates: boolean;
  readonly propagates: boolean;
}

export interface IngressRule {
  readonly name: string;
  readonly groupId: string;
  readonly cidr: string;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

/** Properties of a route that hold what it leads to. */
const TARGETS = [
  ["transitGatewayId", "transit gateway"],
  ["natGatewayId", "NAT gateway"],
  ["gatewayId", "internet gateway"],
] as const;

/** Reads the routing out of resources, of all stacks together: a spoke's routes lead to the hub's gateway. */
export function networkModel(resources: readonly ModelResource[]): NetworkModel {
  const ofType = (type: string): readonly ModelResource[] => resources.filter((resource) => resource.type === type);
  const attachments = ofType("aws:ec2transitgateway/vpcAttachment:VpcAttachment").map((attachment): Attachment => ({
    id: attachment.id,
    vpcId: text(attachment, "vpcId"),
    subnetIds: texts(attachment, "subnetIds"),
    associates: attachment.inputs["transitGatewayDefaultRouteTableAssociation"] !== false,
    propagates: attachment.inputs["transitGatewayDefaultRouteTablePropagation"] !== false,
  }));
  const vpcs = ofType("aws:ec2/vpc:Vpc").map((vpc) => ({ id: vpc.id, name: vpc.name, cidr: text(vpc, "cidrBlock") }));
  const routes = routesByTable(ofType("aws:ec2/route:Route"), ofType("aws:ec2/vpcEndpoint:VpcEndpoint"));
  const tables = new Map(
    ofType("aws:ec2/routeTableAssociation:RouteTableAssociation").map((association) => [
      text(association, "subnetId"),
      text(association, "routeTableId"),
    ]),
  );
  return {
    vpcs,
    attachments,
    subnets: ofType("aws:ec2/subnet:Subnet").map((subnet) => ({
      id: subnet.id,
      name: subnet.name,
      vpcId: text(subnet, "vpcId"),
      cidr: text(subnet, "cidrBlock"),
      zone: text(subnet, "availabilityZone"),
      isPublic: subnet.inputs["mapPublicIpOnLaunch"] === true,
      routes: routes.get(tables.get(subnet.id) ?? "") ?? [],
    })),
    transitTables: transitTablesOf(resources, attachments, vpcs),
    natGateways: ofType("aws:ec2/natGateway:NatGateway").map((nat) => ({
      id: nat.id,
      name: nat.name,
      subnetId: text(nat, "subnetId"),
    })),
    rules: ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map((rule) => ({
      name: rule.name,
      groupId: text(rule, "securityGroupId"),
      cidr: text(rule, "cidrIpv4"),
      protocol: text(rule, "ipProtocol"),
      fromPort: Number(rule.inputs["fromPort"]),
      toPort: Number(rule.inputs["toPort"]),
    })),
  };
}

function routesByTable(
  routes: readonly ModelResource[],
  endpoints: readonly ModelResource[],
): ReadonlyMap<string, readonly Route[]> {
  const byTable = new Map<string, Route[]>();
  const add = (table: string, route: Route): void => void byTable.set(table, [...(byTable.get(table) ?? []), route]);
  for (const route of routes) {
    const [property, kind] = TARGETS.find(([name]) => text(route, name) !== "") ?? TARGETS[2];
    add(text(route, "routeTableId"), {
      destination: text(route, "destinationCidrBlock"),
      kind,
      target: text(route, property),
    });
  }
  for (const endpoint of endpoints.filter((each) => text(each, "vpcEndpointType") === "Gateway")) {
    const destination = text(endpoint, "serviceName").split(".").pop() ?? "";
    for (const table of texts(endpoint, "routeTableIds")) {
      add(table, { destination, kind: "gateway endpoint", target: endpoint.id });
    }
  }
  return byTable;
}
