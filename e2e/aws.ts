import {
  DescribeAddressesCommand,
  DescribeDhcpOptionsCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeTransitGatewaysCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
  GetTransitGatewayRouteTableAssociationsCommand,
  GetTransitGatewayRouteTablePropagationsCommand,
  SearchTransitGatewayRoutesCommand,
  type Filter,
  type Route,
  type RouteTable,
  type Tag,
  type Vpc,
  type VpcEndpoint,
} from "@aws-sdk/client-ec2";
import {
  ListHostedZonesByVPCCommand,
  ListHostedZonesCommand,
  Route53Client,
  type VPCRegion,
} from "@aws-sdk/client-route-53";
import { withoutDot } from "../tools/io/aws";
import type { Description } from "./checks";
import { endpointDomains, type RunSettings } from "./settings";

/** What a run reads from AWS. */
export interface Aws {
  /** Describes the VPC of a network, in the headings and lines of `expectedNetwork`. */
  describeNetwork(name: string): Promise<Description>;
  /** Describes the transit gateway route tables, in the headings and lines of `expectedTransitGateway`. */
  describeTransitGateway(): Promise<Description>;
  /** Lists the resources of this program that cost money or block another run. */
  listLeftovers(): Promise<readonly string[]>;
}

/** IDs to names. */
type Names = ReadonlyMap<string | undefined, string | undefined>;

/** The AWS account of a run, with the credentials and endpoints of the environment. */
export class AwsAccount implements Aws {
  /** Filter for the resources of this program. */
  private readonly ours: Filter;

  constructor(
    private readonly settings: RunSettings,
    private readonly ec2 = new EC2Client({ region: settings.region }),
    private readonly route53 = new Route53Client({ region: settings.region }),
  ) {
    this.ours = { Name: "tag:Project", Values: [settings.prefix] };
  }

  async describeNetwork(name: string): Promise<Description> {
    const { ec2, route53 } = this;
    const { VpcId, DhcpOptionsId } = await this.findVpc(name);
    const ofVpc: Filter = { Name: "vpc-id", Values: [VpcId] };
    const Filters = [ofVpc];
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
    const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
    const { NatGateways = [] } = await ec2.send(new DescribeNatGatewaysCommand({ Filter: Filters }));
    const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({ Filters }));
    const { TransitGatewayVpcAttachments = [] } = await ec2.send(
      new DescribeTransitGatewayVpcAttachmentsCommand({ Filters: [ofVpc, { Name: "state", Values: ["available"] }] }),
    );
    const { HostedZoneSummaries = [] } = await route53.send(
      new ListHostedZonesByVPCCommand({ VPCId: VpcId, VPCRegion: this.settings.region as VPCRegion }),
    );

    const subnets: Names = new Map(Subnets.map(({ SubnetId, Tags }) => [SubnetId, nameTag(Tags)]));
    const nats: Names = new Map(NatGateways.map(({ NatGatewayId, Tags }) => [NatGatewayId, nameTag(Tags)]));
    return {
      subnets: Subnets.map(
        (each) => `${nameTag(each.Tags)} ${each.CidrBlock ?? "?"} ${each.AvailabilityZone ?? "?"}`,
      ).sort(),
      "routes of its subnets, without the local route": Subnets.map(
        ({ SubnetId, Tags }) => `${nameTag(Tags)}: ${routesOf(SubnetId, RouteTables, nats)}`,
      ).sort(),
      "subnets of its transit gateway attachment": TransitGatewayVpcAttachments.flatMap(({ SubnetIds = [] }) =>
        namesOf(SubnetIds, subnets),
      ),
      endpoints: VpcEndpoints.map((endpoint) => endpointLine(endpoint, subnets, RouteTables)).sort(),
      "private hosted zones": HostedZoneSummaries.map(({ Name = "?" }) => withoutDot(Name)).sort(),
      "DHCP options": await this.describeDhcpOptions(DhcpOptionsId),
    };
  }

  async describeTransitGateway(): Promise<Description> {
    const { ec2 } = this;
    const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ Filters: [this.ours] }));
    const { TransitGatewayVpcAttachments = [] } = await ec2.send(new DescribeTransitGatewayVpcAttachmentsCommand({}));
    const vpcs: Names = new Map(Vpcs.map(({ VpcId, Tags }) => [VpcId, nameTag(Tags)]));
    const attachments: Names = new Map(
      TransitGatewayVpcAttachments.map(({ TransitGatewayAttachmentId: id, VpcId }) => [id, vpcs.get(VpcId)]),
    );
    const description: Record<string, string[]> = {};
    for (const table of ["hub-hub", "hub-spokes"]) {
      const TransitGatewayRouteTableId = await this.findTransitGatewayRouteTable(table);
      const { Associations = [] } = await ec2.send(
        new GetTransitGatewayRouteTableAssociationsCommand({ TransitGatewayRouteTableId }),
      );
      // Propagations are queried themselves, because not every emulator creates the propagated routes.
      const { TransitGatewayRouteTablePropagations: propagations = [] } = await ec2.send(
        new GetTransitGatewayRouteTablePropagationsCommand({ TransitGatewayRouteTableId }),
      );
      const Filters = [{ Name: "type", Values: ["static"] }];
      const { Routes = [] } = await ec2.send(
        new SearchTransitGatewayRoutesCommand({ TransitGatewayRouteTableId, Filters }),
      );
      description[`associated with ${table}`] = namesOf(Associations.map(attachmentId), attachments);
      description[`propagating to ${table}`] = namesOf(propagations.map(attachmentId), attachments);
      description[`static routes of ${table}`] = Routes.map(
        ({ DestinationCidrBlock = "?", State = "?" }) => `${DestinationCidrBlock} → ${State}`,
      ).sort();
    }
    return description;
  }

  /** A VPC with content cannot be deleted, so the VPC represents its content. */
  async listLeftovers(): Promise<string[]> {
    const { ec2, route53, settings } = this;
    const Filters = [this.ours];
    const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ Filters }));
    const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({ Filters }));
    const { DhcpOptions = [] } = await ec2.send(new DescribeDhcpOptionsCommand({ Filters }));
    const { TransitGateways = [] } = await ec2.send(new DescribeTransitGatewaysCommand({ Filters }));
    const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand({}));
    const domains = [settings.domain, ...endpointDomains(settings)];
    return [
      ...Vpcs.map(({ VpcId = "?" }) => `VPC ${VpcId}`),
      ...Addresses.map(({ PublicIp = "?" }) => `Elastic IP address ${PublicIp}`),
      ...DhcpOptions.map(({ DhcpOptionsId = "?" }) => `DHCP options ${DhcpOptionsId}`),
      // AWS lists a deleted transit gateway for a while.
      ...TransitGateways.filter(({ State }) => State !== "deleted").map(
        ({ TransitGatewayId = "?" }) => `transit gateway ${TransitGatewayId}`,
      ),
      ...HostedZones.map(({ Id = "?", Name = "" }) => ({ id: Id, name: withoutDot(Name) }))
        .filter(({ name }) => domains.includes(name) || name.endsWith(`.${settings.domain}`))
        .map(({ id, name }) => `hosted zone ${name} (${id.replace("/hostedzone/", "")})`),
    ];
  }

  private async findVpc(name: string): Promise<Vpc & { readonly VpcId: string }> {
    const Filters = [this.ours, { Name: "tag:Name", Values: [name] }];
    const { Vpcs = [] } = await this.ec2.send(new DescribeVpcsCommand({ Filters }));
    const [vpc, ...more] = Vpcs;
    if (vpc?.VpcId === undefined || more.length > 0) {
      throw new Error(`AWS has ${String(Vpcs.length)} VPCs called ${name}`);
    }
    return { ...vpc, VpcId: vpc.VpcId };
  }

  private async describeDhcpOptions(id: string | undefined): Promise<string[]> {
    if (id === undefined || id === "default") return [];
    const { DhcpOptions = [] } = await this.ec2.send(new DescribeDhcpOptionsCommand({ DhcpOptionsIds: [id] }));
    return DhcpOptions.flatMap(({ DhcpConfigurations = [] }) => DhcpConfigurations)
      .map(({ Key, Values = [] }) => `${Key ?? "?"}: ${Values.map(({ Value }) => Value ?? "?").join(", ")}`)
      .sort();
  }

  private async findTransitGatewayRouteTable(name: string): Promise<string> {
    const { TransitGatewayRouteTables = [] } = await this.ec2.send(
      new DescribeTransitGatewayRouteTablesCommand({ Filters: [{ Name: "state", Values: ["available"] }] }),
    );
    const table = TransitGatewayRouteTables.find(({ Tags }) => nameTag(Tags) === name);
    if (table?.TransitGatewayRouteTableId === undefined) throw new Error(`AWS has no transit gateway table ${name}`);
    return table.TransitGatewayRouteTableId;
  }
}

function routesOf(subnet: string | undefined, tables: readonly RouteTable[], nats: Names): string {
  const table = tables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnet));
  if (table === undefined) return "routes of the main table";
  const lines = (table.Routes ?? []).flatMap((route) => routeLine(route, nats)).sort();
  return lines.length === 0 ? "none" : lines.join(", ");
}

/** No line for the local route, nor for that of a gateway endpoint, because `endpointLine` shows its subnets. */
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
    return `${service} in ${namesOf(SubnetIds, subnets).join(", ")}, private DNS ${PrivateDnsEnabled === true ? "on" : "off"}`;
  }
  const subnetIds = tables
    .filter(({ RouteTableId }) => RouteTableId !== undefined && RouteTableIds.includes(RouteTableId))
    .flatMap(({ Associations = [] }) => Associations.flatMap(({ SubnetId }) => SubnetId ?? []));
  return `${service} for ${namesOf(subnetIds, subnets).join(", ")}`;
}

function attachmentId(of: { readonly TransitGatewayAttachmentId?: string | undefined }): string | undefined {
  return of.TransitGatewayAttachmentId;
}

/** The names of resources, sorted; the ID of one that has none. */
function namesOf(ids: readonly (string | undefined)[], names: Names): string[] {
  return ids.map((id) => names.get(id) ?? String(id)).sort();
}

function nameTag(tags: readonly Tag[] | undefined): string {
  return tags?.find(({ Key }) => Key === "Name")?.Value ?? "?";
}
