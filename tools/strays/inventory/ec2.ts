import {
  DescribeAddressesCommand,
  DescribeCustomerGatewaysCommand,
  DescribeDhcpOptionsCommand,
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeLaunchTemplatesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeTransitGatewaysCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  DescribeVpnConnectionsCommand,
  type $Command,
  type EC2ClientResolvedConfig,
  type InternetGateway,
  type RouteTable,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  type Tag,
} from "@aws-sdk/client-ec2";
import { CLUSTER_GROUP_TAG, LOAD_BALANCER_TAG } from "../../../components/kubernetes-names";
import type { ExistingResource, Kind, StackLocation } from "../kinds";
import { isTagged, nameTag, pages, required, tagFilters, tagValue, type InventoryClients } from "./clients";

/** States of resources that are deleted, or about to be; AWS lists them for a while. */
const GONE: readonly unknown[] = ["deleted", "deleting", "terminated", "shutting-down"];

/** Tags with the cluster's name that EKS, its CNI and the load balancer controller set on what they create. */
const CLUSTER_TAGS = [CLUSTER_GROUP_TAG, "eks:cluster-name", LOAD_BALANCER_TAG, "cluster.k8s.amazonaws.com/name"];

/** VPCs with the tags of a stack, and tagged resources that are in no VPC. */
export async function taggedNetwork({ ec2 }: InventoryClients, location: StackLocation): Promise<ExistingResource[]> {
  const Filters = tagFilters(location);
  /** A resource that EC2 has filtered by the tags of the stack. */
  const tagged = (kind: Kind, id: string | undefined, name: string, created?: Date): ExistingResource => ({
    ...{ kind, id: required(id, `id of a ${kind}`), name, tagged: true },
    ...(created === undefined ? {} : { created: created.toISOString() }),
  });
  return [
    ...(await describeAll(ec2, DescribeVpcsCommand, { Filters }, ({ Vpcs = [] }) =>
      Vpcs.map(({ VpcId, Tags, CidrBlock: cidr }) => ({ ...tagged("vpc", VpcId, nameTag(Tags)), cidr })),
    )),
    ...(await describeAll(ec2, DescribeAddressesCommand, { Filters }, ({ Addresses = [] }) =>
      Addresses.map(({ AllocationId, Tags }) => tagged("address", AllocationId, nameTag(Tags))),
    )),
    ...(await describeAll(ec2, DescribeDhcpOptionsCommand, { Filters }, ({ DhcpOptions = [] }) =>
      DhcpOptions.map(({ DhcpOptionsId, Tags }) => tagged("dhcpOptions", DhcpOptionsId, nameTag(Tags))),
    )),
    ...(await describeAll(ec2, DescribeInternetGatewaysCommand, { Filters }, ({ InternetGateways = [] }) =>
      InternetGateways.map((each) => internetGateway(each, location)),
    )),
    ...(await describeAll(ec2, DescribeLaunchTemplatesCommand, { Filters }, ({ LaunchTemplates = [] }) =>
      LaunchTemplates.map(({ LaunchTemplateId, LaunchTemplateName, CreateTime, Tags }) => ({
        ...tagged("launchTemplate", LaunchTemplateId, required(LaunchTemplateName, "LaunchTemplateName"), CreateTime),
        cluster: clusterIn(Tags),
      })),
    )),
    ...(await describeAll(ec2, DescribeTransitGatewaysCommand, { Filters }, ({ TransitGateways = [] }) =>
      TransitGateways.filter(({ State }) => !GONE.includes(State)).map(({ TransitGatewayId, Tags, CreationTime }) =>
        tagged("transitGateway", TransitGatewayId, nameTag(Tags), CreationTime),
      ),
    )),
    ...(await describeAll(ec2, DescribeVpnConnectionsCommand, { Filters }, ({ VpnConnections = [] }) =>
      VpnConnections.filter(({ State }) => !GONE.includes(State)).map(({ VpnConnectionId, Tags }) =>
        tagged("vpnConnection", VpnConnectionId, nameTag(Tags)),
      ),
    )),
    ...(await describeAll(ec2, DescribeCustomerGatewaysCommand, { Filters }, ({ CustomerGateways = [] }) =>
      CustomerGateways.filter(({ State }) => !GONE.includes(State)).map(({ CustomerGatewayId, Tags }) =>
        tagged("customerGateway", CustomerGatewayId, nameTag(Tags)),
      ),
    )),
    ...(await describeAll(
      ec2,
      DescribeTransitGatewayRouteTablesCommand,
      { Filters },
      ({ TransitGatewayRouteTables = [] }) =>
        // The table that AWS creates with the gateway has no tags; not every emulator filters by them.
        TransitGatewayRouteTables.filter(({ State, Tags }) => !GONE.includes(State) && isTagged(location, Tags)).map(
          ({ TransitGatewayRouteTableId, Tags, CreationTime }) =>
            tagged("transitRouteTable", TransitGatewayRouteTableId, nameTag(Tags), CreationTime),
        ),
    )),
  ];
}

/** The contents of a VPC, without its main route table and default security group, which AWS creates and deletes with it. */
export async function vpcContents(
  { ec2 }: InventoryClients,
  vpc: string,
  location: StackLocation,
): Promise<ExistingResource[]> {
  const Filters = [{ Name: "vpc-id", Values: [vpc] }];
  const attached = [{ Name: "attachment.vpc-id", Values: [vpc] }];
  const inVpc: InVpc = (kind, id, tags, created) => ({
    ...{ kind, id: required(id, `id of a ${kind}`), name: nameTag(tags), tagged: isTagged(location, tags), vpc },
    created: created?.toISOString(),
  });
  const gateways = await describeAll(ec2, DescribeNatGatewaysCommand, { Filter: Filters }, ({ NatGateways = [] }) =>
    NatGateways.filter(({ State }) => !GONE.includes(State)),
  );
  // AWS creates a route table for a regional NAT gateway (Amazon VPC User Guide, "Regional NAT gateways for automatic
  // multi-AZ expansion").
  const tablesOfGateways = gateways.map(({ RouteTableId }) => RouteTableId);
  return [
    ...(await describeAll(ec2, DescribeSubnetsCommand, { Filters }, ({ Subnets = [] }) =>
      Subnets.map(({ SubnetId, Tags, CidrBlock: cidr }) => ({ ...inVpc("subnet", SubnetId, Tags), cidr })),
    )),
    ...(await describeAll(ec2, DescribeRouteTablesCommand, { Filters }, ({ RouteTables = [] }) =>
      RouteTables.filter(({ RouteTableId }) => !tablesOfGateways.includes(RouteTableId)).flatMap((table) =>
        routeTableWithParts(table, inVpc("routeTable", table.RouteTableId, table.Tags)),
      ),
    )),
    ...(await describeAll(ec2, DescribeInternetGatewaysCommand, { Filters: attached }, ({ InternetGateways = [] }) =>
      InternetGateways.map((each) => internetGateway(each, location)),
    )),
    ...gateways.map(({ NatGatewayId, Tags, SubnetId: subnet, CreateTime }) => {
      return { ...inVpc("natGateway", NatGatewayId, Tags, CreateTime), subnet };
    }),
    ...(await describeAll(ec2, DescribeVpcEndpointsCommand, { Filters }, ({ VpcEndpoints = [] }) =>
      VpcEndpoints.filter(({ State }) => !GONE.includes(State)).map(
        ({ VpcEndpointId, Tags, ServiceName, CreationTimestamp }) => {
          const name = nameTag(Tags) || required(ServiceName, "ServiceName");
          return { ...inVpc("endpoint", VpcEndpointId, Tags, CreationTimestamp), name };
        },
      ),
    )),
    ...(await attachedToVpc(ec2, vpc, inVpc)),
  ];
}

/** An existing resource in the VPC. */
type InVpc = (kind: Kind, id: string | undefined, tags: readonly Tag[] | undefined, created?: Date) => ExistingResource;

/** Interfaces, groups and instances in a VPC, which EKS creates too, its attachments to transit gateways and flow logs. */
async function attachedToVpc(ec2: InventoryClients["ec2"], vpc: string, inVpc: InVpc): Promise<ExistingResource[]> {
  const Filters = [{ Name: "vpc-id", Values: [vpc] }];
  const logged = [{ Name: "resource-id", Values: [vpc] }];
  return [
    ...(await describeAll(ec2, DescribeNetworkInterfacesCommand, { Filters }, ({ NetworkInterfaces = [] }) =>
      // An attached interface is deleted with what it is attached to.
      NetworkInterfaces.filter(({ Status }) => Status === "available").map(
        ({ NetworkInterfaceId, TagSet, Description = "" }) => {
          return {
            ...inVpc("networkInterface", NetworkInterfaceId, TagSet),
            name: Description,
            cluster: clusterIn(TagSet),
          };
        },
      ),
    )),
    ...(await describeAll(ec2, DescribeSecurityGroupsCommand, { Filters }, ({ SecurityGroups = [] }) =>
      SecurityGroups.filter(({ GroupName }) => GroupName !== "default").map(({ GroupId, GroupName, Tags }) => {
        const name = required(GroupName, "GroupName");
        return { ...inVpc("securityGroup", GroupId, Tags), name, cluster: clusterIn(Tags) };
      }),
    )),
    ...(await describeAll(
      ec2,
      DescribeTransitGatewayVpcAttachmentsCommand,
      { Filters },
      ({ TransitGatewayVpcAttachments = [] }) =>
        TransitGatewayVpcAttachments.filter(({ State }) => !GONE.includes(State)).map(
          ({ TransitGatewayAttachmentId, Tags, CreationTime }) =>
            inVpc("transitAttachment", TransitGatewayAttachmentId, Tags, CreationTime),
        ),
    )),
    ...(await describeAll(ec2, DescribeFlowLogsCommand, { Filter: logged }, ({ FlowLogs = [] }) =>
      FlowLogs.map(({ FlowLogId, Tags, CreationTime }) => inVpc("flowLog", FlowLogId, Tags, CreationTime)),
    )),
    ...(await describeAll(ec2, DescribeInstancesCommand, { Filters }, ({ Reservations = [] }) =>
      Reservations.flatMap(({ Instances = [] }) => Instances)
        .filter(({ State }) => !GONE.includes(State?.Name))
        .map(({ InstanceId, Tags, LaunchTime }) => {
          return { ...inVpc("instance", InstanceId, Tags, LaunchTime), cluster: clusterIn(Tags) };
        }),
    )),
  ];
}

/** All pages of an EC2 call. */
function describeAll<
  Input extends ServiceInputTypes,
  Page extends ServiceOutputTypes & { readonly NextToken?: string | undefined },
  Item = ExistingResource,
>(
  ec2: InventoryClients["ec2"],
  Command: new (input: Input) => $Command<Input, Page, EC2ClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes>,
  input: Input,
  resources: (page: Page) => readonly Item[],
): Promise<Item[]> {
  return pages(
    `ec2:${Command.name.replace(/Command$/, "")}`,
    (token) => ec2.send(new Command(token === undefined ? input : { ...input, NextToken: token })),
    resources,
    ({ NextToken }) => NextToken,
  );
}

/** An internet gateway, which need not be attached to any VPC. */
function internetGateway(
  { InternetGatewayId, Tags, Attachments = [] }: InternetGateway,
  location: StackLocation,
): ExistingResource {
  const id = required(InternetGatewayId, "InternetGatewayId");
  const vpc = Attachments[0]?.VpcId;
  return { kind: "internetGateway", id, name: nameTag(Tags), tagged: isTagged(location, Tags), vpc };
}

/** A route table with its associations and routes; nothing for the main one, which AWS creates and deletes with the VPC. */
function routeTableWithParts(table: RouteTable, described: ExistingResource): ExistingResource[] {
  const { Associations = [], Routes = [] } = table;
  if (Associations.some(({ Main }) => Main === true)) return [];
  const { id, vpc } = described;
  const part = { name: "", tagged: false, vpc, routeTable: id };
  const subnetAssociations = Associations.flatMap(({ SubnetId: subnet, RouteTableAssociationId: association }) =>
    subnet === undefined ? [] : [{ subnet, association: required(association, "RouteTableAssociationId") }],
  );
  return [
    { ...described, associations: subnetAssociations.map(({ association }) => association) },
    ...subnetAssociations.map(({ subnet }): ExistingResource => {
      return { kind: "routeTableAssociation", id: `${subnet}/${id}`, ...part, subnet };
    }),
    ...Routes.filter(({ Origin }) => Origin === "CreateRoute").flatMap(
      ({ DestinationCidrBlock: destination }): ExistingResource[] =>
        destination === undefined ? [] : [{ kind: "route", id: `${id}_${destination}`, ...part, destination }],
    ),
  ];
}

/** Name of the cluster that a resource was created for; undefined if it was not created for one. */
function clusterIn(tags: readonly Tag[] = []): string | undefined {
  const owned = tags.find(({ Key }) => Key?.startsWith("kubernetes.io/cluster/"))?.Key?.split("/")[2];
  return CLUSTER_TAGS.map((name) => tagValue(tags, name)).find((value) => value !== undefined && value !== "") ?? owned;
}
