import {
  DescribeAddressesCommand,
  DescribeDhcpOptionsCommand,
  DescribeInternetGatewaysCommand,
  DescribeLaunchTemplatesCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeTransitGatewaysCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import { ask } from "../../io/aws";
import type { Item, Place } from "../item";
import { isTagged, pages, taggedWith, valueOf, type Clients } from "./clients";
import { internetGateway } from "./vpc";

/** A deleted gateway or table is listed for a while. */
const GONE: readonly unknown[] = ["deleted", "deleting"];

/** VPCs with the tags of a stack, and what carries them and is in no VPC. */
export async function taggedNetwork({ ec2 }: Clients, place: Place): Promise<Item[]> {
  const Filters = taggedWith(place);
  const tagged = true;
  const vpcs = await pages(
    "ec2:DescribeVpcs",
    (page) => ec2.send(new DescribeVpcsCommand({ Filters, ...page })),
    ({ Vpcs }) => Vpcs,
  );
  const { Addresses = [] } = await ask("ec2:DescribeAddresses", () =>
    ec2.send(new DescribeAddressesCommand({ Filters })),
  );
  const options = await pages(
    "ec2:DescribeDhcpOptions",
    (page) => ec2.send(new DescribeDhcpOptionsCommand({ Filters, ...page })),
    ({ DhcpOptions }) => DhcpOptions,
  );
  const internetGateways = await pages(
    "ec2:DescribeInternetGateways",
    (page) => ec2.send(new DescribeInternetGatewaysCommand({ Filters, ...page })),
    ({ InternetGateways }) => InternetGateways,
  );
  const templates = await pages(
    "ec2:DescribeLaunchTemplates",
    (page) => ec2.send(new DescribeLaunchTemplatesCommand({ Filters, ...page })),
    ({ LaunchTemplates }) => LaunchTemplates,
  );
  const gateways = await pages(
    "ec2:DescribeTransitGateways",
    (page) => ec2.send(new DescribeTransitGatewaysCommand({ Filters, ...page })),
    ({ TransitGateways }) => TransitGateways,
  );
  const tables = await pages(
    "ec2:DescribeTransitGatewayRouteTables",
    (page) => ec2.send(new DescribeTransitGatewayRouteTablesCommand({ Filters, ...page })),
    ({ TransitGatewayRouteTables }) => TransitGatewayRouteTables,
  );
  return [
    ...vpcs.map(({ VpcId: id = "", Tags, CidrBlock: cidr }): Item => {
      return { kind: "vpc", id, name: valueOf(Tags, "Name"), tagged, cidr };
    }),
    ...Addresses.map(({ AllocationId: id = "", Tags }): Item => {
      return { kind: "address", id, name: valueOf(Tags, "Name"), tagged };
    }),
    ...options.map(({ DhcpOptionsId: id = "", Tags }): Item => {
      return { kind: "dhcpOptions", id, name: valueOf(Tags, "Name"), tagged };
    }),
    ...internetGateways.map((each) => internetGateway(each, place)),
    ...templates.map(({ LaunchTemplateId: id = "", LaunchTemplateName: name = "", CreateTime }): Item => {
      return { kind: "launchTemplate", id, name, tagged, created: CreateTime?.toISOString() };
    }),
    ...gateways
      .filter(({ State }) => !GONE.includes(State))
      .map(({ TransitGatewayId: id = "", Tags, CreationTime }): Item => {
        return {
          kind: "transitGateway",
          id,
          name: valueOf(Tags, "Name"),
          tagged,
          created: CreationTime?.toISOString(),
        };
      }),
    ...tables
      // The gateway's own table, which AWS makes with it, has no tags; not every emulator filters by them.
      .filter(({ State, Tags }) => !GONE.includes(State) && isTagged(place, Tags))
      .map(({ TransitGatewayRouteTableId: id = "", Tags, CreationTime }): Item => {
        return {
          kind: "transitRouteTable",
          id,
          name: valueOf(Tags, "Name"),
          tagged,
          created: CreationTime?.toISOString(),
        };
      }),
  ];
}
