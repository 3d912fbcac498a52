import { expect } from "chai";
import { runChecks } from "../../../tools/checks";
import type { AllStacks } from "../../../tools/model/resource";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { idOf, type Modification, modify, withInputs, without, withResource } from "../../support/modifications";
import { project } from "../../support/plans";
import { attachment, subnet, table, TGW, TRANSIT_GATEWAY, transitTable, vpc } from "./mutations/mutation";

const ATTACHMENT = `aws:${TGW}/vpcAttachment:VpcAttachment`;
const RULE = "vpc/securityGroupIngressRule:SecurityGroupIngressRule";

interface Row {
  /** Id of the review. */
  readonly row: string;
  readonly what: string;
  readonly modifications: Readonly<Record<string, readonly Modification[]>>;
  /** Exactly the checks that fail; none: the change is harmless. */
  readonly breaks: readonly string[];
  /** Part of the evidence. */
  readonly evidence?: string;
}

const route = (name: string, tableId: string, inputs: Record<string, unknown>): Modification =>
  withResource("aws:ec2/route:Route", name, { routeTableId: tableId, ...inputs });
const transitRoute = (name: string, tableName: string, inputs: Record<string, unknown>): Modification =>
  withResource(`aws:${TGW}/route:Route`, name, { transitGatewayRouteTableId: transitTable(tableName), ...inputs });

/** A VPC that the program did not create, without flow log and query log. */
const extraVpc = (stack: string, cidrBlock: string, inputs: Record<string, unknown>): Modification[] => [
  withResource("aws:ec2/vpc:Vpc", `${stack}-extra`, { cidrBlock }),
  withResource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", `${stack}-extra`, { vpcId: vpc(`${stack}-extra`) }),
  withResource("aws:ec2/subnet:Subnet", `${stack}-extra-private-1`, {
    ...{ vpcId: vpc(`${stack}-extra`), cidrBlock, availabilityZone: "ap-southeast-3a" },
  }),
  withResource(ATTACHMENT, `${stack}-extra`, {
    ...{
      vpcId: vpc(`${stack}-extra`),
      transitGatewayId: TRANSIT_GATEWAY,
      subnetIds: [subnet(`${stack}-extra-private-1`)],
    },
    ...inputs,
  }),
  route(`${stack}-extra`, `\${aws:ec2/vpc:Vpc::${stack}-extra.mainRouteTableId}`, {
    ...{ destinationCidrBlock: "10.0.0.0/8", transitGatewayId: TRANSIT_GATEWAY },
  }),
];

const rows: readonly Row[] = [
  {
    ...{ row: "G1", what: "an attachment of a VPC outside all stacks, propagated to the spokes" },
    modifications: {
      hub: [
        withResource(ATTACHMENT, "legacy", { vpcId: "vpc-0legacy", transitGatewayId: TRANSIT_GATEWAY, subnetIds: [] }),
        withResource(`aws:${TGW}/routeTablePropagation:RouteTablePropagation`, "legacy", {
          ...{
            transitGatewayAttachmentId: attachment("legacy"),
            transitGatewayRouteTableId: transitTable("hub-spokes"),
          },
        }),
      ],
    },
    ...{ breaks: ["paths-are-fully-modeled"], evidence: "has the vpcId vpc-0legacy, which is not in any stack" },
  },
  {
    ...{ row: "G1", what: "a default route of the hub's route table to an attachment outside all stacks" },
    modifications: {
      hub: [
        transitRoute("vpn", "hub-hub", {
          ...{ destinationCidrBlock: "0.0.0.0/0", transitGatewayAttachmentId: "tgw-attach-0vpn" },
        }),
      ],
    },
    ...{ breaks: ["paths-are-fully-modeled"], evidence: "tgw-attach-0vpn, which is not in any stack" },
  },
  {
    ...{ row: "G2", what: "a transit subnet on the main route table, which has a route to the internet gateway" },
    modifications: {
      dev: [
        without("ec2/routeTableAssociation:RouteTableAssociation", "dev-transit-1"),
        route("main", "${aws:ec2/vpc:Vpc::dev.mainRouteTableId}", {
          destinationCidrBlock: "0.0.0.0/0",
          gatewayId: idOf("aws:ec2/internetGateway:InternetGateway", "dev"),
        }),
      ],
    },
    breaks: ["private-traffic-avoids-nat", "private-subnets-are-private"],
    evidence: "dev-transit-1: has the route 0.0.0.0/0 → internet gateway",
  },
  {
    ...{ row: "G3", what: "a blackhole route for half of a spoke's subnet" },
    modifications: {
      hub: [transitRoute("hole", "hub-hub", { destinationCidrBlock: "10.1.32.0/19", blackhole: true })],
    },
    breaks: [
      "image-pulls-are-private",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "spokes-reach-the-hub",
    ],
    evidence:
      "hub-private-1 → 10.1.32.0/19: 10.0.0.0/8 → transit gateway; table hub-hub: 10.1.32.0/19 → blackhole (static); dropped",
  },
  {
    ...{ row: "G3", what: "a route for half of the internet to the transit gateway" },
    modifications: {
      dev: [
        route("half", table("dev-private-1"), { destinationCidrBlock: "0.0.0.0/1", transitGatewayId: TRANSIT_GATEWAY }),
      ],
    },
    ...{ breaks: ["nat-gateway-of-the-same-az"], evidence: ": 0.0.0.0/1 → transit gateway" },
  },
  {
    ...{ row: "G3", what: "a leak to half of another spoke's subnet" },
    modifications: {
      hub: [
        transitRoute("leak", "hub-spokes", {
          ...{ destinationCidrBlock: "10.2.32.0/19", transitGatewayAttachmentId: attachment("staging") },
        }),
      ],
    },
    breaks: ["return-paths-are-symmetric", "spokes-are-isolated", "transit-routes-isolate-spokes"],
    evidence:
      "reaches spoke staging: dev-private-1 → 10.2.32.0/19: 10.0.0.0/8 → transit gateway; table hub-spokes: 10.2.32.0/19 → staging (static); delivered",
  },
  {
    ...{ row: "G4", what: "a leak to the public subnet of another spoke" },
    modifications: {
      hub: [
        transitRoute("leak", "hub-spokes", {
          ...{ destinationCidrBlock: "10.2.192.0/24", transitGatewayAttachmentId: attachment("staging") },
        }),
      ],
    },
    breaks: ["spokes-are-isolated", "transit-routes-isolate-spokes"],
    evidence:
      "dev-private-1 → 10.2.192.0/24: 10.0.0.0/8 → transit gateway; table hub-spokes: 10.2.192.0/24 → staging (static); delivered",
  },
  {
    ...{ row: "G5", what: "a second VPC of a spoke that uses the hub's route table" },
    modifications: {
      staging: extraVpc("staging", "10.200.0.0/24", { transitGatewayDefaultRouteTableAssociation: false }),
      hub: [
        withResource(`aws:${TGW}/routeTableAssociation:RouteTableAssociation`, "extra", {
          transitGatewayAttachmentId: attachment("staging-extra"),
          transitGatewayRouteTableId: transitTable("hub-hub"),
        }),
      ],
    },
    breaks: [
      ...[
        "flow-logs-reach-the-archive",
        "image-pulls-are-private",
        "names-resolve-consistently",
        "dns-queries-are-logged",
      ],
      ...[
        "return-paths-are-symmetric",
        "shared-endpoints-are-reachable",
        "spokes-are-isolated",
        "spokes-reach-the-hub",
      ],
      ...["transit-routes-isolate-spokes", "nat-gateway-of-the-same-az"],
    ],
    evidence:
      "reaches spoke dev: staging-extra-private-1 → 10.1.0.0/18: 10.0.0.0/8 → transit gateway; table hub-hub: 10.1.0.0/16 → dev (propagated); delivered",
  },
  {
    ...{ row: "G6", what: "a route table of the internet gateway" },
    modifications: {
      dev: [
        withResource("aws:ec2/routeTableAssociation:RouteTableAssociation", "edge", {
          ...{
            gatewayId: idOf("aws:ec2/internetGateway:InternetGateway", "dev"),
            routeTableId: table("dev-private-1"),
          },
        }),
      ],
    },
    ...{ breaks: ["paths-are-fully-modeled"], evidence: "RouteTableAssociation::edge sets gatewayId" },
  },
  {
    ...{ row: "G6", what: "a peering connection created by Cloud Control" },
    modifications: {
      prod: [
        withResource("aws:cloudcontrol/resource:Resource", "peer", { typeName: "AWS::EC2::VPCPeeringConnection" }),
      ],
    },
    ...{ breaks: ["paths-are-fully-modeled"], evidence: "aws:cloudcontrol/resource:Resource::peer" },
  },
  {
    ...{ row: "G7", what: "endpoints of the hub without a return path from one AZ" },
    modifications: { hub: [without("ec2/route:Route", "hub-private-3-transit")] },
    breaks: [
      "image-pulls-are-private",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "spokes-reach-the-hub",
    ],
    evidence: "one-way, the reply is lost: to 10.1.0.0/18: dropped: route table hub-private-3 has no route",
  },
  {
    ...{ row: "G8", what: "a transit gateway that does not accept attachments automatically" },
    modifications: {
      hub: [withInputs(`${TGW}/transitGateway:TransitGateway`, "hub", { autoAcceptSharedAttachments: "disable" })],
    },
    breaks: [
      ...["image-pulls-are-private", "shared-endpoints-are-reachable", "spokes-reach-the-hub"],
      "transit-routes-isolate-spokes",
    ],
    evidence: "the attachment is pending acceptance",
  },
  {
    ...{ row: "G9", what: "two rules that together allow the address space" },
    modifications: {
      hub: [
        withInputs(RULE, "hub-endpoint-https", { cidrIpv4: "10.0.0.0/9" }),
        withResource(`aws:${RULE}`, "hub-endpoint-https-more", {
          ...{ securityGroupId: idOf("aws:ec2/securityGroup:SecurityGroup", "hub-endpoint"), cidrIpv4: "10.128.0.0/9" },
          ...{ ipProtocol: "tcp", fromPort: 443, toPort: 443 },
        }),
      ],
    },
    breaks: [],
  },
  {
    ...{ row: "G9", what: "an endpoint without security groups, which is in the VPC's empty default group" },
    modifications: {
      hub: [withInputs("ec2/vpcEndpoint:VpcEndpoint", "hub-endpoint-ecr.api", { securityGroupIds: [] })],
    },
    breaks: ["image-pulls-are-private", "shared-endpoints-are-reachable"],
    evidence: "hub-endpoint-ecr.api does not allow tcp 443 from 10.1.0.0/18",
  },
  {
    ...{ row: "G10", what: "a CIDR of a spoke that overlaps another's, which AWS does not propagate" },
    modifications: {
      staging: [
        withResource("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "more", {
          ...{ vpcId: vpc("staging"), cidrBlock: "10.1.64.0/18" },
        }),
      ],
    },
    breaks: ["cidrs-do-not-overlap"],
    evidence: "10.1.64.0/18 overlaps 10.1.0.0/16 of dev",
  },
  {
    ...{ row: "G11", what: "a route for a part of the VPC to the transit gateway" },
    modifications: {
      dev: [
        route("own", table("dev-private-1"), {
          destinationCidrBlock: "10.1.192.0/24",
          transitGatewayId: TRANSIT_GATEWAY,
        }),
      ],
    },
    ...{ breaks: ["paths-are-fully-modeled"], evidence: "in route table dev-private-1, which AWS refuses" },
  },
];

describe("a check is not fooled", () => {
  let planned: AllStacks;
  before(async () => {
    planned = stacksOfPlan(await plan(project));
  });

  for (const { row, what, modifications, breaks, evidence } of rows) {
    // Review G1 to G11, each by its row.
    it(`by ${what} (${row})`, () => {
      const all = Object.entries(modifications).reduce(
        (changed, [stack, list]) => modify(changed, stack, ...list),
        planned,
      );
      const failed = runChecks(all).filter(({ passed }) => !passed);
      expect([...new Set(failed.map(({ name }) => name))].sort()).to.deep.equal([...breaks].sort());
      if (evidence === undefined) return;
      const lines = failed.flatMap((each) => each.evidence);
      expect(
        lines.filter((each) => each.includes(evidence)),
        lines.join("\n"),
      ).not.to.deep.equal([]);
    });
  }
});
