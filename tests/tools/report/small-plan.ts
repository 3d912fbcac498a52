import { addressPlan, type Tier } from "../../../components/address-plan";
import type { HubSettings, SpokeSettings } from "../../../components/settings/settings";
import { symbolicId, type PlannedResource, type Properties } from "../../../tools/planner/engine/resource";
import type { Plan, StackPlan } from "../../../tools/planner/plan";
import type { Alternative } from "../../../tools/planner/what-if";

const TIERS: readonly Tier[] = ["public", "private", "transit"];
/** The tag that awsx sets. */
const SUBNET_TYPES: Readonly<Record<Tier, string>> = { public: "Public", private: "Private", transit: "Isolated" };
const ZONES = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];

export function resource(type: string, name: string, inputs: Properties = {}): PlannedResource {
  const options = { protect: false, ignoreChanges: [], provider: null };
  return { type, name, parent: null, inputs, dependsOn: [], inputDependencies: {}, options };
}

const idOf = (type: string, name: string): string => symbolicId({ type, name });
const VPC = "aws:ec2/vpc:Vpc";
const TABLE = "aws:ec2/routeTable:RouteTable";
const GATEWAY = "aws:ec2transitgateway";
const TRANSIT_GATEWAY = idOf(`${GATEWAY}/transitGateway:TransitGateway`, "hub");

/** A VPC with its subnets, a route table for each, and an attachment to the transit gateway. */
function network(name: string, cidr: string, zones: number, attachment: Properties): PlannedResource[] {
  const blocks = addressPlan(cidr, ZONES.slice(0, zones));
  const vpcId = idOf(VPC, name);
  return [
    resource(VPC, name, { cidrBlock: cidr }),
    ...TIERS.flatMap((tier) =>
      blocks[tier].flatMap((block, index) => {
        const part = `${name}-${tier}-${String(index + 1)}`;
        return [
          resource("aws:ec2/subnet:Subnet", part, {
            ...{ vpcId, cidrBlock: block.cidr, availabilityZone: block.zone },
            tags: { SubnetType: SUBNET_TYPES[tier] },
          }),
          resource(TABLE, part, { vpcId }),
          resource("aws:ec2/routeTableAssociation:RouteTableAssociation", part, {
            routeTableId: idOf(TABLE, part),
            subnetId: idOf("aws:ec2/subnet:Subnet", part),
          }),
        ];
      }),
    ),
    resource(`${GATEWAY}/vpcAttachment:VpcAttachment`, name, {
      ...{ vpcId, transitGatewayId: TRANSIT_GATEWAY },
      ...attachment,
    }),
  ];
}

function route(name: string, table: string, destinationCidrBlock: string, target: Properties): PlannedResource {
  return resource("aws:ec2/route:Route", name, { routeTableId: idOf(TABLE, table), destinationCidrBlock, ...target });
}

const onGateway = { transitGatewayId: TRANSIT_GATEWAY };
const tgw = { transitGatewayRouteTableId: idOf(`${GATEWAY}/routeTable:RouteTable`, "hub-hub") };
const own = { transitGatewayDefaultRouteTableAssociation: false, transitGatewayDefaultRouteTablePropagation: false };
const attached = { transitGatewayAttachmentId: idOf(`${GATEWAY}/vpcAttachment:VpcAttachment`, "hub") };
const spokes = { transitGatewayRouteTableId: idOf(`${GATEWAY}/routeTable:RouteTable`, "hub-spokes") };

const hub: StackPlan = {
  name: "hub",
  config: { "net:az-count": 2 },
  settings: settings("hub", "10.0.0.0/16", { spokes: [{ name: "dev", cidr: "10.1.0.0/16", account: "222222222222" }] }),
  resources: [
    ...network("hub", "10.0.0.0/16", 2, own),
    route("hub-1", "hub-private-1", "10.0.0.0/8", { transitGatewayId: TRANSIT_GATEWAY }),
    resource(`${GATEWAY}/transitGateway:TransitGateway`, "hub", { autoAcceptSharedAttachments: "enable" }),
    resource(`${GATEWAY}/routeTable:RouteTable`, "hub-hub", onGateway),
    resource(`${GATEWAY}/routeTable:RouteTable`, "hub-spokes", onGateway),
    resource(`${GATEWAY}/defaultRouteTableAssociation:DefaultRouteTableAssociation`, "s", { ...onGateway, ...spokes }),
    resource(`${GATEWAY}/defaultRouteTablePropagation:DefaultRouteTablePropagation`, "h", { ...onGateway, ...tgw }),
    resource(`${GATEWAY}/routeTableAssociation:RouteTableAssociation`, "hub", { ...attached, ...tgw }),
    resource(`${GATEWAY}/routeTablePropagation:RouteTablePropagation`, "hub", { ...attached, ...spokes }),
    resource(`${GATEWAY}/route:Route`, "hole", { ...spokes, destinationCidrBlock: "10.0.0.0/8", blackhole: true }),
  ],
  outputs: {},
};

const dev: StackPlan = {
  name: "dev",
  config: { "net:az-count": 3 },
  settings: settings("dev", "10.1.0.0/16"),
  resources: [
    ...network("dev", "10.1.0.0/16", 3, {}),
    resource("aws:ec2/internetGateway:InternetGateway", "dev", { vpcId: idOf(VPC, "dev") }),
    resource("aws:ec2/natGateway:NatGateway", "dev-1", { subnetId: idOf("aws:ec2/subnet:Subnet", "dev-public-1") }),
    route("dev-2", "dev-private-2", "0.0.0.0/0", { natGatewayId: idOf("aws:ec2/natGateway:NatGateway", "dev-1") }),
    route("dev-1", "dev-public-1", "0.0.0.0/0", { gatewayId: idOf("aws:ec2/internetGateway:InternetGateway", "dev") }),
  ],
  outputs: {},
};

/** A hub of two zones and a spoke of three, with some of the routes that real ones have. */
export const smallPlan: Plan = [hub, dev];

/** What might be added to it. */
export const smallAlternatives: readonly Alternative[] = [
  {
    ...{ what: "one-nat-per-az", stack: "dev" },
    outcome: {
      planned: "dev",
      before: dev.resources,
      after: [...dev.resources, ...["dev-2", "dev-3"].map((name) => resource("aws:ec2/natGateway:NatGateway", name))],
    },
  },
  {
    ...{ what: "third-zone", stack: "hub" },
    outcome: { refused: "az-count is 3: availability-zones lists 2; list more, or none for REGION + a, b, c" },
  },
  { what: "third-zone", stack: "dev", outcome: { already: true } },
  {
    ...{ what: "one-more-spoke", stack: "hub" },
    outcome: {
      planned: "hub",
      before: hub.resources,
      after: [...hub.resources, resource("aws:route53/zone:Zone", "new-spoke")],
    },
  },
  { what: "one-more-spoke", stack: "new-spoke", outcome: { planned: "new-spoke", before: [], after: dev.resources } },
];

function settings(name: string, cidr: string, more: Partial<HubSettings> = {}): HubSettings | SpokeSettings {
  const role = name === "hub" ? "hub" : "spoke";
  const account = role === "hub" ? "111111111111" : "222222222222";
  const common = {
    role,
    network: { name, cidr, account },
    region: "eu-west-1",
    domain: "net.example",
    naming: { project: "network", prefix: "net" },
    addressSpace: "10.0.0.0/8",
    zones: ZONES.slice(0, role === "hub" ? 2 : 3),
    sharedEndpoints: [],
    spokes: [],
    shareWith: [],
    inspection: { enabled: false, ruleGroups: [], domains: [] },
    warnings: [],
    ...more,
  };
  return common as unknown as HubSettings | SpokeSettings;
}
