import { expect } from "chai";
import type { Json } from "../../plan/engine/wire";
import type { PlannedResource } from "../../plan/engine/resource";
import { plan, type Plan } from "../../plan/plan";
import { PROMISE_SENTENCES, promises } from "../../plan/view/promises";
import { project } from "../support/plans";

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

/** The plan with the resources of one stack changed on purpose. */
const bent = (stack: string, bend: (resources: readonly PlannedResource[]) => readonly PlannedResource[]): Plan =>
  planned.map((each) => (each.name === stack ? { ...each, resources: bend(each.resources) } : each));

const without =
  (type: string, name: string) =>
  (resources: readonly PlannedResource[]): PlannedResource[] => {
    const left = resources.filter((each) => !(each.type.endsWith(`:${type}`) && each.name === name));
    if (left.length !== resources.length - 1) throw new Error(`no ${type} ${name} to take away`);
    return left;
  };

const withInputs =
  (type: string, name: string, inputs: Record<string, Json>) =>
  (resources: readonly PlannedResource[]): PlannedResource[] => {
    if (!resources.some((each) => each.type.endsWith(`:${type}`) && each.name === name))
      throw new Error(`no ${type} ${name}`);
    return resources.map((each) =>
      each.type.endsWith(`:${type}`) && each.name === name ? { ...each, inputs: { ...each.inputs, ...inputs } } : each,
    );
  };

const more =
  (type: string, name: string, inputs: Record<string, Json>) =>
  (resources: readonly PlannedResource[]): PlannedResource[] => {
    const options = { protect: false, ignoreChanges: [], provider: null };
    return [...resources, { type, name, parent: null, inputs, dependsOn: [], options }];
  };

const TGW = "aws:ec2transitgateway";
const ROUTE = "aws:ec2/route:Route";
const id = (type: string, name: string): string => `\${${type}::${name}}`;
const attachment = (name: string): string => id(`${TGW}/vpcAttachment:VpcAttachment`, name);
const table = (name: string): string => id(`${TGW}/routeTable:RouteTable`, name);
const HUB_TGW = id(`${TGW}/transitGateway:TransitGateway`, "hub");

/** What is broken, the stack it is broken in, and what was done to it. */
const breaks: readonly [promise: string, stack: string, what: string, how: () => Plan][] = [
  [
    "spokes-reach-the-hub",
    "dev",
    "a route to the hub forgotten in one zone",
    () => bent("dev", without("Route", "dev-private-2-transit")),
  ],
  [
    "spokes-reach-the-hub",
    "dev",
    "an attachment that is not in a zone",
    () =>
      bent("dev", withInputs("VpcAttachment", "dev", { subnetIds: [id("aws:ec2/subnet:Subnet", "dev-transit-1")] })),
  ],
  [
    "spokes-reach-the-hub",
    "dev",
    "the hub not announced to the spokes",
    () => bent("hub", without("RouteTablePropagation", "hub")),
  ],
  [
    "spokes-reach-the-hub",
    "dev",
    "the way back from the hub cut",
    () => bent("hub", without("Route", "hub-private-1-transit")),
  ],
  [
    "spokes-reach-the-hub",
    "dev",
    "no default table that spokes announce themselves in",
    () => bent("hub", without("DefaultRouteTablePropagation", "hub-hub")),
  ],
  [
    "spokes-reach-the-hub",
    "prod",
    "endpoints that admit another network alone",
    () => bent("hub", withInputs("SecurityGroupIngressRule", "hub-endpoint-https", { cidrIpv4: "10.1.0.0/16" })),
  ],
  [
    "spokes-reach-the-hub",
    "dev",
    "a resolver without its rule for UDP",
    () => bent("hub", without("SecurityGroupIngressRule", "hub-resolver-udp")),
  ],
  [
    "spokes-are-isolated",
    "dev",
    "the tables swapped: spokes read where all announce themselves",
    () => {
      const read = withInputs("DefaultRouteTableAssociation", "hub-spokes", {
        transitGatewayRouteTableId: table("hub-hub"),
      });
      const whole = bent("hub", read);
      const route = more(ROUTE, "mesh", {
        routeTableId: id("aws:ec2/routeTable:RouteTable", "dev-private-1"),
        destinationCidrBlock: "10.0.0.0/8",
        transitGatewayId: HUB_TGW,
      });
      return whole.map((each) => (each.name === "dev" ? { ...each, resources: route(each.resources) } : each));
    },
  ],
  [
    "spokes-are-isolated",
    "dev",
    "a static route to another spoke, and one that leads to it",
    () => {
      const leak = more(`${TGW}/route:Route`, "leak", {
        transitGatewayRouteTableId: table("hub-spokes"),
        destinationCidrBlock: "10.3.0.0/16",
        transitGatewayAttachmentId: attachment("prod"),
      });
      const way = more(ROUTE, "to-prod", {
        routeTableId: id("aws:ec2/routeTable:RouteTable", "dev-private-1"),
        destinationCidrBlock: "10.3.0.0/16",
        transitGatewayId: HUB_TGW,
      });
      return bent("hub", leak).map((each) =>
        each.name === "dev" ? { ...each, resources: way(each.resources) } : each,
      );
    },
  ],
  [
    "private-subnets-are-private",
    "dev",
    "a private route to the internet gateway",
    () =>
      bent(
        "dev",
        more(ROUTE, "open", {
          routeTableId: id("aws:ec2/routeTable:RouteTable", "dev-private-1"),
          destinationCidrBlock: "198.51.100.0/24",
          gatewayId: id("aws:ec2/internetGateway:InternetGateway", "dev"),
        }),
      ),
  ],
  [
    "private-subnets-are-private",
    "hub",
    "a private subnet that gives out public addresses",
    () => bent("hub", withInputs("Subnet", "hub-private-1", { mapPublicIpOnLaunch: true })),
  ],
  [
    "workers-leave-in-their-zone",
    "prod",
    "a zone that leaves by another's NAT gateway",
    () =>
      bent(
        "prod",
        withInputs("Route", "prod-private-2", { natGatewayId: id("aws:ec2/natGateway:NatGateway", "prod-1") }),
      ),
  ],
  [
    "workers-leave-in-their-zone",
    "dev",
    "a private subnet without a default route",
    () => bent("dev", without("Route", "dev-private-1")),
  ],
  [
    "nodes-are-in-private-subnets",
    "dev",
    "a node group in a public subnet",
    () =>
      bent(
        "dev",
        withInputs("NodeGroup", "dev-system-1", { subnetIds: [id("aws:ec2/subnet:Subnet", "dev-public-1")] }),
      ),
  ],
  [
    "nodes-are-in-private-subnets",
    "dev",
    "a public subnet that Karpenter finds",
    () => bent("dev", withInputs("Subnet", "dev-public-1", { tags: { "karpenter.sh/discovery": "piksel-dev" } })),
  ],
  [
    "hub-admits-the-address-space",
    "hub",
    "endpoints open to everybody",
    () => bent("hub", withInputs("SecurityGroupIngressRule", "hub-endpoint-https", { cidrIpv4: "0.0.0.0/0" })),
  ],
  [
    "hub-admits-the-address-space",
    "hub",
    "a resolver open on every port",
    () => bent("hub", withInputs("SecurityGroupIngressRule", "hub-resolver-tcp", { fromPort: 0, toPort: 65535 })),
  ],
  [
    "networks-do-not-overlap",
    "dev",
    "a network on another's block",
    () => bent("dev", withInputs("Vpc", "dev", { cidrBlock: "10.3.0.0/16" })),
  ],
  [
    "networks-do-not-overlap",
    "dev",
    "a network outside the address space",
    () => bent("dev", withInputs("Vpc", "dev", { cidrBlock: "172.16.0.0/16" })),
  ],
  ["flow-logs-reach-the-archive", "dev", "a VPC without a flow log", () => bent("dev", without("FlowLog", "dev"))],
  [
    "flow-logs-reach-the-archive",
    "dev",
    "a log of the rejected traffic alone",
    () => bent("dev", withInputs("FlowLog", "dev", { trafficType: "REJECT" })),
  ],
  [
    "flow-logs-reach-the-archive",
    "dev",
    "a log that goes elsewhere",
    () => bent("dev", withInputs("FlowLog", "dev", { logDestination: "arn:aws:s3:::mine" })),
  ],
  [
    "image-pulls-are-private",
    "dev",
    "a spoke without its S3 endpoint",
    () => bent("dev", without("VpcEndpoint", "dev-s3")),
  ],
  [
    "image-pulls-are-private",
    "dev",
    "an association with an endpoint's zone forgotten",
    () => bent("dev", without("ZoneAssociation", "dev-api.ecr.ap-southeast-3.amazonaws.com")),
  ],
  [
    "image-pulls-are-private",
    "dev",
    "an S3 endpoint on no route table",
    () => bent("dev", withInputs("VpcEndpoint", "dev-s3", { routeTableIds: [] })),
  ],
  [
    "names-resolve-alike",
    "dev",
    "an association with a company's zone forgotten",
    () => bent("dev", without("ZoneAssociation", "dev-dev.piksel.internal")),
  ],
  [
    "names-resolve-alike",
    "dev",
    "an association with the shared zone forgotten",
    () => bent("dev", without("ZoneAssociation", "dev-piksel.internal")),
  ],
];

describe("the promises", () => {
  it("hold in every stack that they concern", () => {
    const found = promises(planned);
    expect(found.filter(({ holds }) => !holds)).to.deep.equal([]);
    const spokes = ["dev", "staging", "prod"];
    const concerned = Object.fromEntries(
      PROMISE_SENTENCES.map(({ name }) => [name, found.filter((each) => each.name === name).map(({ stack }) => stack)]),
    );
    expect(concerned).to.deep.equal({
      "spokes-reach-the-hub": spokes,
      "spokes-are-isolated": spokes,
      "private-subnets-are-private": ["hub", ...spokes],
      "workers-leave-in-their-zone": spokes,
      "nodes-are-in-private-subnets": spokes,
      "hub-admits-the-address-space": ["hub"],
      "networks-do-not-overlap": ["hub", ...spokes],
      "flow-logs-reach-the-archive": ["hub", ...spokes],
      "image-pulls-are-private": spokes,
      "names-resolve-alike": spokes,
    });
  });

  it("each show what they are held by", () => {
    expect(promises(planned).filter(({ evidence }) => evidence.length === 0)).to.deep.equal([]);
  });

  for (const [promise, stack, what, how] of breaks) {
    it(`${promise} is broken by ${what}`, () => {
      const broken = promises(how()).filter(({ holds }) => !holds);
      expect(broken.map((each) => `${each.name} ${each.stack}`)).to.include(`${promise} ${stack}`);
    });
  }

  it("each are broken on purpose, in at least two ways", () => {
    for (const { name } of PROMISE_SENTENCES) {
      expect(breaks.filter(([promise]) => promise === name).length, name).to.be.at.least(2);
    }
  });
});
