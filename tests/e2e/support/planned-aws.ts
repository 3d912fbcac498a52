import type { EC2Client } from "@aws-sdk/client-ec2";
import type { Route53Client } from "@aws-sdk/client-route-53";
import { AwsAccount } from "../../../e2e/aws";
import type { RunSettings } from "../../../e2e/settings";
import { type ModelResource, text, texts } from "../../../tools/model/resource";
import { Resources } from "../../../tools/model/topology/resources";
import { readTransitGateways } from "../../../tools/model/topology/transit-gateways";

type Filters = readonly { readonly Name: string; readonly Values: readonly string[] }[];

/** A command of the SDK: its name and its input. */
interface Call {
  readonly constructor: { readonly name: string };
  readonly input: {
    readonly Filters?: Filters;
    readonly Filter?: Filters;
    readonly DhcpOptionsIds?: readonly string[];
    readonly TransitGatewayRouteTableId?: string;
    readonly VPCId?: string;
  };
}

/** An AWS account that has these resources. EC2 and Route 53 answer the commands of the end-to-end run. */
export function plannedAws(resources: readonly ModelResource[], settings: RunSettings): AwsAccount {
  const client = { send: (call: Call) => Promise.resolve(answer(resources, call)) };
  return new AwsAccount(settings, client as unknown as EC2Client, client as unknown as Route53Client);
}

function answer(resources: readonly ModelResource[], { constructor, input }: Call): object {
  const ofType = (type: string): readonly ModelResource[] => resources.filter((each) => each.type === type);
  const filters = [...(input.Filters ?? []), ...(input.Filter ?? [])];
  const filterValue = (filter: string): string | undefined => filters.find(({ Name }) => Name === filter)?.Values[0];
  const inVpc = (type: string): readonly ModelResource[] =>
    ofType(type).filter((each) => text(each, "vpcId") === filterValue("vpc-id"));
  const { tables, tableOf } = readTransitGateways(
    new Resources({ stacks: [{ name: "all", isHub: false, resources }] }),
    // A VPC has one CIDR.
    (vpcId) => [text(resources.find(({ id }) => id === vpcId) ?? { inputs: {} }, "cidrBlock")],
  );
  const table = tables.find(({ id }) => id === input.TransitGatewayRouteTableId);
  const attachments = (ids: readonly (string | null)[]): object[] =>
    ids.map((TransitGatewayAttachmentId) => ({ TransitGatewayAttachmentId }));

  switch (constructor.name) {
    case "DescribeVpcsCommand": {
      const vpcs = ofType("aws:ec2/vpc:Vpc").filter(({ name }) => (filterValue("tag:Name") ?? name) === name);
      return {
        Vpcs: vpcs.map((vpc) => ({ VpcId: vpc.id, DhcpOptionsId: optionsOf(resources, vpc.id), ...tags(vpc) })),
      };
    }
    case "DescribeDhcpOptionsCommand":
      return {
        DhcpOptions: ofType("aws:ec2/vpcDhcpOptions:VpcDhcpOptions")
          .filter(({ id }) => input.DhcpOptionsIds?.includes(id) ?? true)
          .map((each) => ({
            DhcpOptionsId: each.id,
            DhcpConfigurations: [
              { Key: "domain-name", Values: [{ Value: text(each, "domainName") }] },
              { Key: "domain-name-servers", Values: texts(each, "domainNameServers").map((Value) => ({ Value })) },
            ],
          })),
      };
    case "DescribeSubnetsCommand":
      return {
        Subnets: inVpc("aws:ec2/subnet:Subnet").map((subnet) => ({
          SubnetId: subnet.id,
          CidrBlock: text(subnet, "cidrBlock"),
          AvailabilityZone: text(subnet, "availabilityZone"),
          ...tags(subnet),
        })),
      };
    case "DescribeRouteTablesCommand":
      return { RouteTables: inVpc("aws:ec2/routeTable:RouteTable").map((each) => routeTable(each, ofType)) };
    case "DescribeNatGatewaysCommand":
      return {
        NatGateways: ofType("aws:ec2/natGateway:NatGateway").map((nat) => ({ NatGatewayId: nat.id, ...tags(nat) })),
      };
    case "DescribeVpcEndpointsCommand":
      return {
        VpcEndpoints: inVpc("aws:ec2/vpcEndpoint:VpcEndpoint").map((endpoint) => ({
          VpcEndpointType: text(endpoint, "vpcEndpointType"),
          ServiceName: text(endpoint, "serviceName"),
          PrivateDnsEnabled: endpoint.inputs["privateDnsEnabled"] === true,
          SubnetIds: texts(endpoint, "subnetIds"),
          RouteTableIds: texts(endpoint, "routeTableIds"),
        })),
      };
    case "DescribeTransitGatewayVpcAttachmentsCommand":
      return {
        TransitGatewayVpcAttachments: ofType("aws:ec2transitgateway/vpcAttachment:VpcAttachment")
          .filter((each) => (filterValue("vpc-id") ?? text(each, "vpcId")) === text(each, "vpcId"))
          .map((each) => ({
            TransitGatewayAttachmentId: each.id,
            VpcId: text(each, "vpcId"),
            SubnetIds: texts(each, "subnetIds"),
          })),
      };
    case "DescribeTransitGatewayRouteTablesCommand":
      return {
        TransitGatewayRouteTables: ofType("aws:ec2transitgateway/routeTable:RouteTable").map((each) => ({
          TransitGatewayRouteTableId: each.id,
          ...tags(each),
        })),
      };
    case "GetTransitGatewayRouteTableAssociationsCommand":
      return { Associations: attachments([...tableOf].filter(([, read]) => read === table).map(([id]) => id)) };
    case "GetTransitGatewayRouteTablePropagationsCommand": {
      const propagated = table?.routes.filter(({ origin }) => origin === "propagated") ?? [];
      return { TransitGatewayRouteTablePropagations: attachments(propagated.map(({ attachmentId }) => attachmentId)) };
    }
    case "SearchTransitGatewayRoutesCommand":
      return {
        Routes: table?.routes
          .filter(({ origin }) => (filterValue("type") ?? origin) === origin)
          .map(({ destination, attachmentId }) => ({
            DestinationCidrBlock: destination,
            State: attachmentId === null ? "blackhole" : "active",
          })),
      };
    case "ListHostedZonesByVPCCommand":
      return { HostedZoneSummaries: zonesOf(ofType, input.VPCId).map((Name) => ({ Name: `${Name}.` })) };
    case "ListHostedZonesCommand":
      return {
        HostedZones: ofType("aws:route53/zone:Zone").map((zone) => ({
          Id: `/hostedzone/${zone.id}`,
          Name: `${text(zone, "name")}.`,
        })),
      };
    case "DescribeAddressesCommand":
      return { Addresses: ofType("aws:ec2/eip:Eip").map(({ id }) => ({ PublicIp: id })) };
    case "DescribeTransitGatewaysCommand":
      return {
        TransitGateways: ofType("aws:ec2transitgateway/transitGateway:TransitGateway").map(({ id, inputs }) => ({
          TransitGatewayId: id,
          State: inputs["state"] ?? "available",
        })),
      };
    default:
      throw new Error(`no answer for ${constructor.name}`);
  }
}

type OfType = (type: string) => readonly ModelResource[];

const tags = ({ name }: ModelResource): object => ({ Tags: [{ Key: "Name", Value: name }] });

function optionsOf(resources: readonly ModelResource[], vpcId: string): string {
  const association = resources.find(
    (each) =>
      each.type === "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation" && text(each, "vpcId") === vpcId,
  );
  return association === undefined ? "default" : text(association, "dhcpOptionsId");
}

function routeTable(table: ModelResource, ofType: OfType): object {
  const ofTable = (type: string): readonly ModelResource[] =>
    ofType(type).filter((each) => text(each, "routeTableId") === table.id);
  return {
    RouteTableId: table.id,
    Associations: ofTable("aws:ec2/routeTableAssociation:RouteTableAssociation").map((each) => ({
      SubnetId: text(each, "subnetId"),
    })),
    Routes: [
      { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local" },
      ...ofTable("aws:ec2/route:Route").map((route) => ({
        DestinationCidrBlock: text(route, "destinationCidrBlock"),
        ...(text(route, "gatewayId") === "" ? {} : { GatewayId: `igw-${text(route, "gatewayId")}` }),
        ...(text(route, "natGatewayId") === "" ? {} : { NatGatewayId: text(route, "natGatewayId") }),
        ...(text(route, "transitGatewayId") === "" ? {} : { TransitGatewayId: text(route, "transitGatewayId") }),
        State: "active",
      })),
      { DestinationPrefixListId: "pl-1", GatewayId: "vpce-1" },
    ],
    ...tags(table),
  };
}

/** Hosted zones that were created with a VPC, and those that were associated with it later. */
function zonesOf(ofType: OfType, vpcId: string | undefined): string[] {
  const zones = ofType("aws:route53/zone:Zone");
  const created = zones.filter(({ inputs }) => JSON.stringify(inputs["vpcs"]).includes(`"${String(vpcId)}"`));
  const associated = ofType("aws:route53/zoneAssociation:ZoneAssociation")
    .filter((each) => text(each, "vpcId") === vpcId)
    .flatMap((each) => zones.filter(({ id }) => id === text(each, "zoneId")));
  return [...created, ...associated].map((zone) => text(zone, "name"));
}
