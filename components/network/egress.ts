import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Network } from "./network";

export interface RegionalNatArgs {
  readonly network: Network;
  /** Availability Zones in which the NAT gateway has an address, in order. A plain value: it decides which addresses exist. */
  readonly zones: readonly string[];
}

/**
 * One NAT gateway for all AZs of a VPC, with an Elastic IP address in each AZ (Amazon VPC User Guide, "Regional NAT gateways
 * for automatic multi-AZ expansion", manual mode). It needs no subnet. The addresses are our own, so that they stay known
 * when an AZ is added, and an AZ that is added updates the NAT gateway in place.
 */
export class RegionalNat extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  /** Public IPv4 addresses, in AZ order. */
  readonly addresses: pulumi.Output<string>[];

  constructor(name: string, { network, zones }: RegionalNatArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:network:RegionalNat", name, {}, opts);
    const mine = { parent: this };
    const addresses = zones.map((_, zone) => {
      const child = `${name}-regional-${String(zone + 1)}`;
      return new aws.ec2.Eip(child, { domain: "vpc", tags: { Name: child } }, mine);
    });
    const gateway = new aws.ec2.NatGateway(
      `${name}-regional`,
      {
        vpcId: network.vpcId,
        availabilityMode: "regional",
        connectivityType: "public",
        availabilityZoneAddresses: addresses.map(({ id }, zone) => ({
          availabilityZone: zones[zone] ?? "",
          allocationIds: [id],
        })),
        tags: { Name: `${name}-regional` },
      },
      // AWS refuses a public NAT gateway in a VPC without an internet gateway.
      { ...mine, dependsOn: [network.internetGateway] },
    );
    this.id = gateway.id;
    this.addresses = addresses.map(({ publicIp }) => publicIp);
    this.registerOutputs({ id: this.id });
  }
}

/** The two halves of all IPv4 addresses. */
export const HALVES = { low: "0.0.0.0/1", high: "128.0.0.0/1" } as const;

export interface EgressRoutesArgs {
  readonly network: Network;
  /** Where the private subnets send what has no other route. */
  readonly target:
    { readonly natGatewayId: pulumi.Input<string> } | { readonly transitGatewayId: pulumi.Input<string> };
  /** What must exist before the routes, in addition to their target. @default nothing */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * The routes from private subnets to the internet, where the network has no zonal NAT gateways. They are two halves
 * instead of one route 0.0.0.0/0, because awsx has a route 0.0.0.0/0 to a zonal NAT gateway. AWS refuses a second route for
 * a destination, and Pulumi creates the new route before it deletes the old one. The halves are more specific, so they
 * apply as soon as they exist, in a switch in either direction.
 *
 * The names do not depend on the target, so that a switch from one target to the other updates them in place.
 */
export class EgressRoutes extends pulumi.ComponentResource {
  constructor(name: string, { network, target, after = [] }: EgressRoutesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:network:EgressRoutes", name, {}, opts);
    network.routeTableIds("private").forEach((routeTableId, zone) => {
      for (const [half, destinationCidrBlock] of Object.entries(HALVES)) {
        new aws.ec2.Route(
          `${name}-private-${String(zone + 1)}-egress-${half}`,
          { routeTableId, destinationCidrBlock, ...target },
          { parent: this, dependsOn: [...after] },
        );
      }
    });
    this.registerOutputs({});
  }
}
