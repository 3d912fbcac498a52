import {
  DescribeDhcpOptionsCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  type Route,
  type RouteTable,
  type Vpc,
  type VpcEndpoint,
} from "@aws-sdk/client-ec2";
import { ListHostedZonesByVPCCommand, type VPCRegion } from "@aws-sdk/client-route-53";
import type { Facts } from "../facts";
import { nameOf, type Clients } from "./clients";

type Names = ReadonlyMap<string | undefined, string>;

/** What AWS says of a network's VPC, in the words of `expectedNetwork`. */
export async function seenNetwork(clients: Clients, name: string, region: string): Promise<Facts> {
  const { ec2, route53 } = clients;
  const { VpcId, DhcpOptionsId } = await vpcOf(clients, name);
  const ofVpc = { Name: "vpc-id", Values: [VpcId ?? ""] };
  const Filters = [ofVpc];
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const { NatGateways = [] } = await ec2.send(new DescribeNatGatewaysCommand({ Filter: Filters }));
  const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({ Filters }));
  const { TransitGatewayVpcAttachments = [] } = await ec2.send(
    new DescribeTransitGatewayVpcAttachmentsCommand({ Filters: [ofVpc, { Name: "state", Values: ["available"] }] }),
  );
  const { HostedZoneSummaries = [] } = await route53.send(
    new ListHostedZonesByVPCCommand({ VPCId: VpcId, VPCRegion: region as VPCRegion }),
  );

  const subnets: Names = new Map(Subnets.map(({ SubnetId, Tags }) => [SubnetId, nameOf(Tags)]));
  const nats: Names = new Map(NatGateways.map(({ NatGatewayId, Tags }) => [NatGatewayId, nameOf(Tags)]));
  return {
    subnets: Subnets.map(
      (each) => `${nameOf(each.Tags)} ${each.CidrBlock ?? "?"} ${each.AvailabilityZone ?? "?"}`,
    ).sort(),
    "routes of its subnets, without the local route": Subnets.map(
      ({ SubnetId, Tags }) => `${nameOf(Tags)}: ${routesOf(tableOf(SubnetId, RouteTables), nats)}`,
    ).sort(),
    "subnets of its transit gateway attachment": TransitGatewayVpcAttachments.flatMap(({ SubnetIds = [] }) =>
      named(SubnetIds, subnets),
    ),
    endpoints: VpcEndpoints.map((endpoint) => endpointLine(endpoint, subnets, RouteTables)).sort(),
    "private hosted zones": HostedZoneSummaries.map(({ Name = "?" }) => Name.replace(/\.$/, "")).sort(),
    "DHCP options": await dhcpOptions(ec2, DhcpOptionsId),
  };
}

async function vpcOf({ ec2, ours }: Clients, name: string): Promise<Vpc> {
  const Filters = [ours, { Name: "tag:Name", Values: [name] }];
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ Filters }));
  const [vpc, ...more] = Vpcs;
  if (vpc === undefined || more.length > 0) throw new Error(`AWS has ${String(Vpcs.length)} VPCs called ${name}`);
  return vpc;
}

/** The table that a subnet reads; undefined where it is the VPC's main one, which none of ours should read. */
function tableOf(subnet: string | undefined, tables: readonly RouteTable[]): RouteTable | undefined {
  return tables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnet));
}

function routesOf(table: RouteTable | undefined, nats: Names): string {
  if (table === undefined) return "routes of the main table";
  const lines = (table.Routes ?? []).flatMap((route) => routeLine(route, nats)).sort();
  return lines.length === 0 ? "none" : lines.join(", ");
}

/** None for the VPC's own block, and none for a gateway endpoint, which tells its tables itself. */
function routeLine(route: Route, nats: Names): string[] {
  const { DestinationCidrBlock, GatewayId, NatGatewayId, TransitGatewayId, State } = route;
  if (GatewayId === "local" || GatewayId?.startsWith("vpce-") === true) return [];
  const target =
    (TransitGatewayId !== undefined && "transit gateway") ||
    (NatGatewayId !== undefined && `NAT ${nats.get(NatGatewayId) ?? NatGatewayId}`) ||
    (GatewayId?.startsWith("igw-") === true && "internet gateway") ||
    "another target";
  return [`${DestinationCidrBlock ?? "?"} → ${target}${State === "blackhole" ? ", whose target does not exist" : ""}`];
}

function endpointLine(endpoint: VpcEndpoint, subnets: Names, tables: readonly RouteTable[]): string {
  const { VpcEndpointType, ServiceName, PrivateDnsEnabled, SubnetIds = [], RouteTableIds = [] } = endpoint;
  const service = `${VpcEndpointType ?? "?"} ${ServiceName ?? "?"}`;
  if (VpcEndpointType === "Interface") {
    return `${service} in ${named(SubnetIds, subnets).join(", ")}, private DNS ${PrivateDnsEnabled === true ? "on" : "off"}`;
  }
  const readers = [...subnets.keys()].filter((subnet) =>
    RouteTableIds.includes(tableOf(subnet, tables)?.RouteTableId ?? ""),
  );
  return `${service} for ${named(readers, subnets).join(", ")}`;
}

async function dhcpOptions(ec2: EC2Client, id: string | undefined): Promise<string[]> {
  if (id === undefined || id === "default") return [];
  const { DhcpOptions = [] } = await ec2.send(new DescribeDhcpOptionsCommand({ DhcpOptionsIds: [id] }));
  return DhcpOptions.flatMap(({ DhcpConfigurations = [] }) => DhcpConfigurations)
    .map(({ Key, Values = [] }) => `${Key ?? "?"}: ${Values.map(({ Value }) => Value ?? "?").join(", ")}`)
    .sort();
}

function named(ids: readonly (string | undefined)[], names: Names): string[] {
  return ids.map((id) => names.get(id) ?? String(id)).sort();
}
