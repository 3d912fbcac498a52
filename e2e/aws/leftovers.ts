import {
  DescribeAddressesCommand,
  DescribeDhcpOptionsCommand,
  DescribeTransitGatewaysCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import { ListHostedZonesCommand } from "@aws-sdk/client-route-53";
import { endpointDomains, type Common } from "../common";
import type { Clients } from "./clients";

/**
 * Resources of this program that cost money or block a run. A VPC with content cannot be deleted, so the VPC represents its
 * content.
 */
export async function leftovers({ ec2, route53, ours }: Clients, common: Common): Promise<string[]> {
  const { domain } = common;
  const Filters = [ours];
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ Filters }));
  const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({ Filters }));
  const { DhcpOptions = [] } = await ec2.send(new DescribeDhcpOptionsCommand({ Filters }));
  const { TransitGateways = [] } = await ec2.send(new DescribeTransitGatewaysCommand({ Filters }));
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand({}));
  const zones = HostedZones.map(({ Id = "?", Name = "" }) => ({ id: Id, name: Name.replace(/\.$/, "") }));
  return [
    ...Vpcs.map(({ VpcId = "?" }) => `VPC ${VpcId}`),
    ...Addresses.map(({ PublicIp = "?" }) => `Elastic IP address ${PublicIp}`),
    ...DhcpOptions.map(({ DhcpOptionsId = "?" }) => `DHCP options ${DhcpOptionsId}`),
    // A gateway that is deleted is listed for a while.
    ...TransitGateways.filter(({ State }) => State !== "deleted").map(
      ({ TransitGatewayId = "?" }) => `transit gateway ${TransitGatewayId}`,
    ),
    ...zones
      .filter(({ name }) => name === domain || name.endsWith(`.${domain}`) || endpointDomains(common).includes(name))
      .map(({ id, name }) => `hosted zone ${name} (${id.replace("/hostedzone/", "")})`),
  ];
}
