import { aws, type KindOfThing } from "./kind";

/** Kinds of a network, in the order of deletion: users before what they use. */
export const NETWORK = {
  instance: {
    title: "EC2 instance",
    remove: ({ id }, place) => [
      aws(place, "ec2", "terminate-instances", "--instance-ids", id),
      aws(place, "ec2", "wait", "instance-terminated", "--instance-ids", id),
    ],
  },
  endpoint: {
    title: "VPC endpoint",
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    remove: ({ id }, place) => [aws(place, "ec2", "delete-vpc-endpoints", "--vpc-endpoint-ids", id)],
  },
  natGateway: {
    title: "NAT gateway",
    type: "aws:ec2/natGateway:NatGateway",
    remove: ({ id }, place) => [
      aws(place, "ec2", "delete-nat-gateway", "--nat-gateway-id", id),
      aws(place, "ec2", "wait", "nat-gateway-deleted", "--nat-gateway-ids", id),
    ],
  },
  address: {
    title: "Elastic IP address",
    type: "aws:ec2/eip:Eip",
    remove: ({ id }, place) => [aws(place, "ec2", "release-address", "--allocation-id", id)],
  },
  transitAttachment: {
    title: "transit gateway attachment",
    type: "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
    remove: ({ id }, place) => [
      aws(place, "ec2", "delete-transit-gateway-vpc-attachment", "--transit-gateway-attachment-id", id),
    ],
  },
  flowLog: {
    title: "flow log",
    type: "aws:ec2/flowLog:FlowLog",
    remove: ({ id }, place) => [aws(place, "ec2", "delete-flow-logs", "--flow-log-ids", id)],
  },
  zoneAssociation: {
    title: "hosted zone association",
    type: "aws:route53/zoneAssociation:ZoneAssociation",
    remove: ({ id }, place) => {
      const [zone = "", vpc = ""] = id.split(":");
      const { region } = place;
      return [
        aws(
          place,
          ...["route53", "disassociate-vpc-from-hosted-zone", "--hosted-zone-id", zone],
          ...["--vpc", `VPCRegion=${region},VPCId=${vpc}`],
        ),
      ];
    },
  },
  networkInterface: {
    title: "network interface",
    remove: ({ id }, place) => [aws(place, "ec2", "delete-network-interface", "--network-interface-id", id)],
  },
  internetGateway: {
    title: "internet gateway",
    type: "aws:ec2/internetGateway:InternetGateway",
    remove: ({ id, vpc }, place) => [
      ...(vpc === undefined
        ? []
        : [aws(place, "ec2", "detach-internet-gateway", "--internet-gateway-id", id, "--vpc-id", vpc)]),
      aws(place, "ec2", "delete-internet-gateway", "--internet-gateway-id", id),
    ],
  },
  routeTable: {
    title: "route table",
    type: "aws:ec2/routeTable:RouteTable",
    remove: ({ id, associations = [] }, place) => [
      ...associations.map((each) => aws(place, "ec2", "disassociate-route-table", "--association-id", each)),
      aws(place, "ec2", "delete-route-table", "--route-table-id", id),
    ],
  },
  subnet: {
    title: "subnet",
    type: "aws:ec2/subnet:Subnet",
    remove: ({ id }, place) => [aws(place, "ec2", "delete-subnet", "--subnet-id", id)],
  },
  route: { title: "route", type: "aws:ec2/route:Route", remove: () => [] },
  routeTableAssociation: {
    title: "route table association",
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    remove: () => [],
  },
  securityGroup: {
    title: "security group",
    type: "aws:ec2/securityGroup:SecurityGroup",
    remove: ({ id }, place) => [aws(place, "ec2", "delete-security-group", "--group-id", id)],
  },
  vpc: {
    title: "VPC",
    type: "aws:ec2/vpc:Vpc",
    remove: ({ id }, place) => [aws(place, "ec2", "delete-vpc", "--vpc-id", id)],
  },
  dhcpOptions: {
    title: "DHCP option set",
    type: "aws:ec2/vpcDhcpOptions:VpcDhcpOptions",
    remove: ({ id }, place) => [aws(place, "ec2", "delete-dhcp-options", "--dhcp-options-id", id)],
  },
  launchTemplate: {
    title: "launch template",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    remove: ({ id }, place) => [aws(place, "ec2", "delete-launch-template", "--launch-template-id", id)],
  },
  transitRouteTable: {
    title: "transit gateway route table",
    type: "aws:ec2transitgateway/routeTable:RouteTable",
    remove: ({ id }, place) => [
      aws(place, "ec2", "delete-transit-gateway-route-table", "--transit-gateway-route-table-id", id),
    ],
  },
  transitGateway: {
    title: "transit gateway",
    type: "aws:ec2transitgateway/transitGateway:TransitGateway",
    remove: ({ id }, place) => [aws(place, "ec2", "delete-transit-gateway", "--transit-gateway-id", id)],
  },
} satisfies Readonly<Record<string, KindOfThing>>;
