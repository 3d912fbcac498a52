import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ZoneBlock } from "../address-plan";
import { EGRESS_SUBNET_TYPE } from "../names";
import type { Network } from "../network/network";
import { EVERYWHERE } from "./spoke-routes";

export interface CentralEgressArgs {
  /** Name of the hub's network, with which the names of all children begin. */
  readonly hub: string;
  readonly network: Network;
  /** CIDR of the egress subnet of each AZ, in AZ order. */
  readonly blocks: readonly ZoneBlock[];
  readonly transitGatewayId: pulumi.Input<string>;
  /** Transit gateway attachment of the hub's VPC. */
  readonly attachment: pulumi.Resource;
  /** IPv4 CIDR of all networks, which replies take back to the transit gateway. */
  readonly addressSpace: string;
  /** Whether to protect the Elastic IP addresses, which firewalls of others may allow. */
  readonly protect: boolean;
}

/**
 * NAT gateways of the hub, one per AZ, through which spokes reach the internet (Amazon VPC Transit Gateways, "Example:
 * Centralized outbound routing to the internet"). Packets come from the transit gateway to a transit subnet, whose default
 * route leads to the NAT gateway of the same AZ. It sends them from its egress subnet to the internet gateway. Replies
 * return through the egress subnet's route to the transit gateway.
 *
 * The egress subnets are not part of the VPC that awsx creates, so that VPC does not change. The hub's private subnets
 * have no route to the NAT gateways.
 */
export class CentralEgress extends pulumi.ComponentResource {
  /** Public addresses of the NAT gateways, in AZ order. */
  readonly addresses: pulumi.Output<string[]>;
  /** Ids of the NAT gateways, in AZ order. */
  readonly natGatewayIds: readonly pulumi.Output<string>[];
  /** What must exist before the transit gateway sends traffic for the internet to the hub. */
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    private readonly args: CentralEgressArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:CentralEgress", name, {}, opts);
    const transitTableIds = args.network.routeTableIds("transit");
    const zones = args.blocks.map((block, zone) => {
      const { nat, address, routes } = this.createZone(`${name}-${String(zone + 1)}`, block);
      const toNat = new aws.ec2.Route(
        `${args.hub}-transit-${String(zone + 1)}-internet`,
        {
          routeTableId: existing(transitTableIds[zone], `route table of transit subnet ${String(zone + 1)}`),
          destinationCidrBlock: EVERYWHERE,
          natGatewayId: nat.id,
        },
        // After the way out and the way back, so that no packet is lost behind the NAT gateway.
        { parent: this, dependsOn: [...routes] },
      );
      return { address: address.publicIp, natGatewayId: nat.id, toNat };
    });
    this.addresses = pulumi.all(zones.map(({ address }) => address));
    this.natGatewayIds = zones.map(({ natGatewayId }) => natGatewayId);
    this.ready = zones.map(({ toNat }) => toNat);
    this.registerOutputs({ addresses: this.addresses });
  }

  /** The egress subnet of an AZ with its route table and NAT gateway. */
  private createZone(name: string, { zone, cidr }: ZoneBlock) {
    const { network, transitGatewayId, attachment, addressSpace, protect } = this.args;
    const mine = { parent: this };
    const { vpcId } = network;
    const tags = { Name: name, SubnetType: EGRESS_SUBNET_TYPE };
    const subnet = new aws.ec2.Subnet(name, { vpcId, cidrBlock: cidr, availabilityZone: zone, tags }, mine);
    const table = new aws.ec2.RouteTable(name, { vpcId, tags }, mine);
    const ids = { routeTableId: table.id };
    const association = new aws.ec2.RouteTableAssociation(name, { ...ids, subnetId: subnet.id }, mine);
    const out = new aws.ec2.Route(
      `${name}-internet`,
      { ...ids, destinationCidrBlock: EVERYWHERE, gatewayId: network.internetGateway.apply(({ id }) => id) },
      mine,
    );
    const back = new aws.ec2.Route(
      `${name}-transit`,
      { ...ids, destinationCidrBlock: addressSpace, transitGatewayId },
      // AWS refuses a route to a gateway that the VPC is not attached to.
      { ...mine, dependsOn: [attachment] },
    );
    const address = new aws.ec2.Eip(name, { tags: { Name: name } }, { ...mine, protect });
    const nat = new aws.ec2.NatGateway(
      name,
      { allocationId: address.id, subnetId: subnet.id, tags: { Name: name } },
      // A public NAT gateway needs the route to the internet gateway when it is created.
      { ...mine, dependsOn: [association, out] },
    );
    return { nat, address, routes: [association, out, back] };
  }
}

function existing<T>(item: T | undefined, what: string): T {
  if (item === undefined) throw new Error(`there is no ${what}`);
  return item;
}
