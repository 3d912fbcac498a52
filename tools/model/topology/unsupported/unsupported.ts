import { regionOfZone } from "../../../../components/facts/aws-regions";
import { contains, overlap } from "../../addresses/ranges";
import { items, text, textIn, texts, type ModelResource } from "../../resource";
import { awsServiceOf } from "../endpoints-and-zones";
import { groupBy, type Resources } from "../resources";
import type { RouteTables } from "../route-tables";
import type { Transit } from "../transit-gateways";
import { conflictingSettings } from "./conflicts";
import { COVERED_TYPES, isUnsupportedType, unsupportedSettings, type Unsupported } from "./coverage";
import { blockedByOwnLists } from "./firewalls";
import { refusedGroupReferences } from "./group-references";
import { mixedReferences, unknownReferences } from "./references";

/** Parts of the topology that the reports need. */
interface Parts {
  readonly tables: RouteTables;
  readonly transit: Transit;
  readonly blocksOf: (vpcId: string) => readonly string[];
}

/**
 * Everything that may affect paths or DNS answers and that the model does not cover, by stack, as sentences that start
 * with `TYPE::NAME`. The check `paths-are-fully-modeled` reports them; if there are none, the model is complete.
 */
export function findUnsupported(
  resources: Resources,
  { tables, transit, blocksOf }: Parts,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const report = (resource: ModelResource, why: string): void => {
    const stack = resources.stackOf(resource)?.name ?? "";
    found.set(stack, [...(found.get(stack) ?? []), `${resource.type}::${resource.name} ${why}`]);
  };
  for (const resource of resources.all()) {
    if (isUnsupportedType(resource)) report(resource, "is not modeled");
    for (const why of unsupportedSettings(resource)) report(resource, why);
  }
  const others = [
    ...unknownReferences(resources, tables),
    ...mixedReferences(resources, tables),
    ...refusedGroupReferences(resources, transit),
    ...conflictingSettings(resources, tables, transit),
    ...impossiblePlacements(resources, blocksOf),
    ...transit.sites
      .filter(({ blocks }) => blocks.length === 0)
      .map(({ resource }) => ({ resource, why: "attaches a network that sites does not name" })),
    ...inAnotherRegion(resources),
    ...blockedByOwnLists(resources),
  ];
  for (const { resource, why } of others) report(resource, why);
  for (const { vpcId, name, refused } of tables.byId.values()) {
    const vpc = resources.byId(vpcId);
    for (const { destination, target } of vpc === undefined ? [] : refused) {
      report(
        vpc as ModelResource,
        `has the route ${destination} → ${target} in route table ${name}, which AWS refuses`,
      );
    }
  }
  return found;
}

const SUBNET = "aws:ec2/subnet:Subnet";
const ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

/**
 * Placement that AWS refuses: subnets that overlap or lie outside their VPC, addresses outside their subnet, and two
 * network interfaces in one Availability Zone where AWS allows one (Amazon EC2 API Reference, CreateSubnet,
 * CreateNatGateway, CreateVpcEndpoint, CreateTransitGatewayVpcAttachment).
 */
function impossiblePlacements(resources: Resources, blocksOf: (vpcId: string) => readonly string[]): Unsupported[] {
  return [...subnetBlocks(resources, blocksOf), ...pinnedAddresses(resources), ...zonesTwice(resources)];
}

function subnetBlocks(resources: Resources, blocksOf: (vpcId: string) => readonly string[]): Unsupported[] {
  const ofVpc = groupBy(resources.ofType(SUBNET), (each) => text(each, "vpcId"));
  return [...ofVpc].flatMap(([vpcId, all]) =>
    all.flatMap((resource, index) => {
      const block = text(resource, "cidrBlock");
      const other = all.slice(0, index).find((each) => overlap(text(each, "cidrBlock"), block));
      const blocks = blocksOf(vpcId);
      const isOutside = block !== "" && blocks.length > 0 && !blocks.some((each) => contains(each, block));
      return [
        ...(isOutside ? [{ resource, why: `has the CIDR ${block}, which is outside its VPC` }] : []),
        ...(other === undefined ? [] : [{ resource, why: `has the CIDR ${block}, which overlaps ${other.name}` }]),
      ];
    }),
  );
}

/** Fixed addresses, each with the subnet that must contain it. */
function pinnedAddresses(resources: Resources): Unsupported[] {
  const pinned = [
    ...resources.ofType("aws:ec2/natGateway:NatGateway").flatMap((resource) =>
      [text(resource, "privateIp"), ...texts(resource, "secondaryPrivateIpAddresses")].map((address) => ({
        ...{ resource, address, subnetId: text(resource, "subnetId") },
      })),
    ),
    ...inItems(resources, "aws:route53/resolverEndpoint:ResolverEndpoint", "ipAddresses", "ip"),
    ...inItems(resources, ENDPOINT, "subnetConfigurations", "ipv4"),
  ];
  return pinned.flatMap(({ resource, address, subnetId }) => {
    const subnet = resources.byId(subnetId);
    if (address === "" || subnet === undefined || contains(text(subnet, "cidrBlock"), address)) return [];
    return [{ resource, why: `has the address ${address}, which is outside ${subnet.name}` }];
  });
}

function inItems(resources: Resources, type: string, property: string, address: string) {
  return resources.ofType(type).flatMap((resource) =>
    items(resource, property).map((each) => ({
      ...{ resource, address: textIn(each, address), subnetId: textIn(each, "subnetId") },
    })),
  );
}

/** Attachments and endpoints have one subnet per AZ. */
function zonesTwice(resources: Resources): Unsupported[] {
  return resources.ofType(ATTACHMENT, ENDPOINT).flatMap((resource) => {
    const found = [...new Set(texts(resource, "subnetIds"))].flatMap((id) => zoneOf(resources.byId(id)));
    const twice = found.find((zone, index) => found.indexOf(zone) !== index);
    return twice === undefined ? [] : [{ resource, why: `has two subnets in ${twice}` }];
  });
}

function zoneOf(subnet: ModelResource | undefined): string[] {
  const zone = subnet === undefined ? "" : text(subnet, "availabilityZone");
  return zone === "" ? [] : [zone];
}

/**
 * Resources in another Region than the network. VPCs, transit gateways and service names belong to one Region (Amazon VPC
 * User Guide, "VPC basics"). The network's Region is that of the first subnet, the hub's.
 */
function inAnotherRegion(resources: Resources): Unsupported[] {
  const [first] = resources.ofType("aws:ec2/subnet:Subnet").map((each) => text(each, "availabilityZone"));
  const home = regionOfZone(first ?? "");
  if (home === "") return [];
  return resources.ofType(...Object.keys(COVERED_TYPES)).flatMap((resource) => {
    const regions = [
      text(resource, "region"),
      regionOfZone(text(resource, "availabilityZone")),
      awsServiceOf(text(resource, "serviceName"))?.region ?? "",
    ];
    const other = regions.find((region) => region !== "" && region !== home);
    return other === undefined ? [] : [{ resource, why: `is in ${other}, but the network is in ${home}` }];
  });
}
