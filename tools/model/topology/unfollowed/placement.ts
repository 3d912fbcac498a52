import { contains, overlap } from "../../addresses/blocks";
import { items, text, textIn, texts, type ModelResource } from "../../resource";
import { grouped, type Resources } from "../resources";
import type { Reported } from "./reported";

const SUBNET = "aws:ec2/subnet:Subnet";
const ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

/**
 * Placement that AWS refuses: subnets that overlap or lie outside their VPC, addresses outside their subnet, and two
 * network interfaces in one Availability Zone where AWS allows one (Amazon EC2 API Reference, CreateSubnet,
 * CreateNatGateway, CreateVpcEndpoint, CreateTransitGatewayVpcAttachment).
 */
export function misplaced(resources: Resources, blocksOf: (vpcId: string) => readonly string[]): Reported[] {
  return [...subnets(resources, blocksOf), ...addresses(resources), ...zones(resources)];
}

function subnets(resources: Resources, blocksOf: (vpcId: string) => readonly string[]): Reported[] {
  const ofVpc = grouped(resources.ofType(SUBNET), (each) => text(each, "vpcId"));
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
function addresses(resources: Resources): Reported[] {
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
function zones(resources: Resources): Reported[] {
  return [ATTACHMENT, ENDPOINT]
    .flatMap((type) => resources.ofType(type))
    .flatMap((resource) => {
      const found = [...new Set(texts(resource, "subnetIds"))].flatMap((id) => zoneOf(resources.byId(id)));
      const twice = found.find((zone, index) => found.indexOf(zone) !== index);
      return twice === undefined ? [] : [{ resource, why: `has two subnets in ${twice}` }];
    });
}

function zoneOf(subnet: ModelResource | undefined): string[] {
  const zone = subnet === undefined ? "" : text(subnet, "availabilityZone");
  return zone === "" ? [] : [zone];
}
