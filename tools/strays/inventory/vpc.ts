import {
  DescribeFlowLogsCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcEndpointsCommand,
  type InternetGateway,
  type RouteTable,
  type Tag,
} from "@aws-sdk/client-ec2";
import type { Item, Place } from "../item";
import { isTagged, pages, valueOf, type Clients } from "./clients";

/** States of what is deleted, or about to be. */
const GONE: readonly unknown[] = ["deleted", "deleting", "terminated", "shutting-down"];

/** Tags by which EKS, its CNI and the load balancer controller name the cluster that they work for. */
const CLUSTER_TAGS = [
  "aws:eks:cluster-name",
  "eks:cluster-name",
  "elbv2.k8s.aws/cluster",
  "cluster.k8s.amazonaws.com/name",
];

/** All that is in a VPC, but for what comes and goes with it: its main route table, its default security group. */
export async function inVpc({ ec2 }: Clients, vpc: string, place: Place): Promise<Item[]> {
  const Filters = [{ Name: "vpc-id", Values: [vpc] }];
  const described = (Tags: readonly Tag[] | undefined): Pick<Item, "name" | "tagged" | "vpc"> => {
    return { name: valueOf(Tags, "Name"), tagged: isTagged(place, Tags), vpc };
  };
  const subnets = await pages(
    "ec2:DescribeSubnets",
    (page) => ec2.send(new DescribeSubnetsCommand({ Filters, ...page })),
    ({ Subnets }) => Subnets,
  );
  const tables = await pages(
    "ec2:DescribeRouteTables",
    (page) => ec2.send(new DescribeRouteTablesCommand({ Filters, ...page })),
    ({ RouteTables }) => RouteTables,
  );
  const internetGateways = await pages(
    "ec2:DescribeInternetGateways",
    (page) =>
      ec2.send(
        new DescribeInternetGatewaysCommand({ Filters: [{ Name: "attachment.vpc-id", Values: [vpc] }], ...page }),
      ),
    ({ InternetGateways }) => InternetGateways,
  );
  const nats = await pages(
    "ec2:DescribeNatGateways",
    (page) => ec2.send(new DescribeNatGatewaysCommand({ Filter: Filters, ...page })),
    ({ NatGateways }) => NatGateways,
  );
  const endpoints = await pages(
    "ec2:DescribeVpcEndpoints",
    (page) => ec2.send(new DescribeVpcEndpointsCommand({ Filters, ...page })),
    ({ VpcEndpoints }) => VpcEndpoints,
  );
  const interfaces = await pages(
    "ec2:DescribeNetworkInterfaces",
    (page) => ec2.send(new DescribeNetworkInterfacesCommand({ Filters, ...page })),
    ({ NetworkInterfaces }) => NetworkInterfaces,
  );
  const groups = await pages(
    "ec2:DescribeSecurityGroups",
    (page) => ec2.send(new DescribeSecurityGroupsCommand({ Filters, ...page })),
    ({ SecurityGroups }) => SecurityGroups,
  );
  const attachments = await pages(
    "ec2:DescribeTransitGatewayVpcAttachments",
    (page) => ec2.send(new DescribeTransitGatewayVpcAttachmentsCommand({ Filters, ...page })),
    ({ TransitGatewayVpcAttachments }) => TransitGatewayVpcAttachments,
  );
  const flowLogs = await pages(
    "ec2:DescribeFlowLogs",
    (page) => ec2.send(new DescribeFlowLogsCommand({ Filter: [{ Name: "resource-id", Values: [vpc] }], ...page })),
    ({ FlowLogs }) => FlowLogs,
  );
  const instances = await pages(
    "ec2:DescribeInstances",
    (page) => ec2.send(new DescribeInstancesCommand({ Filters, ...page })),
    ({ Reservations }) => Reservations?.flatMap(({ Instances = [] }) => Instances),
  );

  return [
    ...subnets.map(({ SubnetId: id = "", Tags, CidrBlock: cidr }): Item => {
      return { kind: "subnet", id, ...described(Tags), cidr };
    }),
    ...tables.flatMap((table) => routeTable(table, described(table.Tags))),
    ...internetGateways.map((each) => internetGateway(each, place)),
    ...nats
      .filter(({ State }) => !GONE.includes(State))
      .map(({ NatGatewayId: id = "", Tags, SubnetId: subnet, CreateTime }): Item => {
        return { kind: "natGateway", id, ...described(Tags), subnet, created: CreateTime?.toISOString() };
      }),
    ...endpoints
      .filter(({ State }) => !GONE.includes(State))
      .map(({ VpcEndpointId: id = "", Tags, ServiceName = "", CreationTimestamp }): Item => {
        const name = valueOf(Tags, "Name") || ServiceName;
        return { kind: "endpoint", id, ...described(Tags), name, created: CreationTimestamp?.toISOString() };
      }),
    // What is attached goes with what it is attached to.
    ...interfaces
      .filter(({ Status }) => Status === "available")
      .map(({ NetworkInterfaceId: id = "", TagSet, Description = "" }): Item => {
        return { kind: "networkInterface", id, ...described(TagSet), name: Description, cluster: clusterIn(TagSet) };
      }),
    ...groups
      .filter(({ GroupName }) => GroupName !== "default")
      .map(({ GroupId: id = "", GroupName: name = "", Tags }): Item => {
        return { kind: "securityGroup", id, ...described(Tags), name, cluster: clusterIn(Tags) };
      }),
    ...attachments
      .filter(({ State }) => !GONE.includes(State))
      .map(({ TransitGatewayAttachmentId: id = "", Tags, CreationTime }): Item => {
        return { kind: "transitAttachment", id, ...described(Tags), created: CreationTime?.toISOString() };
      }),
    ...flowLogs.map(({ FlowLogId: id = "", Tags, CreationTime }): Item => {
      return { kind: "flowLog", id, ...described(Tags), created: CreationTime?.toISOString() };
    }),
    ...instances
      .filter(({ State }) => !GONE.includes(State?.Name))
      .map(({ InstanceId: id = "", Tags, LaunchTime }): Item => {
        return {
          kind: "instance",
          id,
          ...described(Tags),
          cluster: clusterIn(Tags),
          created: LaunchTime?.toISOString(),
        };
      }),
  ];
}

/** An internet gateway, which need not be attached to any VPC. */
export function internetGateway(
  { InternetGatewayId: id = "", Tags, Attachments = [] }: InternetGateway,
  place: Place,
): Item {
  const [{ VpcId: vpc } = {}] = Attachments;
  return { kind: "internetGateway", id, name: valueOf(Tags, "Name"), tagged: isTagged(place, Tags), vpc };
}

/** A table with its associations and routes. The main one comes and goes with the VPC, and no stack makes routes in it. */
function routeTable(table: RouteTable, described: Pick<Item, "name" | "tagged" | "vpc">): Item[] {
  const { RouteTableId: id = "", Associations = [], Routes = [] } = table;
  if (Associations.some(({ Main }) => Main === true)) return [];
  const part = { name: "", tagged: false, vpc: described.vpc, routeTable: id };
  const subnetAssociations = Associations.flatMap(({ SubnetId: subnet, RouteTableAssociationId: association = "" }) =>
    subnet === undefined ? [] : [{ subnet, id: association }],
  );
  return [
    {
      kind: "routeTable",
      id,
      ...described,
      associations: subnetAssociations.map(({ id: association }) => association),
    },
    ...subnetAssociations.map(({ subnet }): Item => {
      return { kind: "routeTableAssociation", id: `${subnet}/${id}`, ...part, subnet };
    }),
    ...Routes.filter(({ Origin }) => Origin === "CreateRoute").flatMap(
      ({ DestinationCidrBlock: destination }): Item[] =>
        destination === undefined ? [] : [{ kind: "route", id: `${id}_${destination}`, ...part, destination }],
    ),
  ];
}

/** Name of the cluster that something was made for; undefined for what was not. */
function clusterIn(tags: readonly Tag[] = []): string | undefined {
  const owned = tags.find(({ Key = "" }) => Key.startsWith("kubernetes.io/cluster/"))?.Key?.split("/")[2];
  return CLUSTER_TAGS.map((name) => valueOf(tags, name)).find((value) => value !== "") ?? owned;
}
