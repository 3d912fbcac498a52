import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Network } from "./network";

export interface TransitAttachmentArgs {
  readonly network: Network;
  readonly transitGatewayId: pulumi.Input<string>;
  /** IPv4 CIDR that the private subnets reach through the transit gateway. */
  readonly destinationCidrBlock: string;
  /**
   * Whether the gateway's default route tables take the attachment in. A gateway that another account shares allows
   * nothing else, and then this must stay true. @default true
   */
  readonly defaultRouteTables?: boolean;
}

/** Joins a network to the transit gateway, by its transit subnets, and routes its private subnets there. */
export class TransitAttachment extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;

  constructor(
    name: string,
    { network, transitGatewayId, destinationCidrBlock, defaultRouteTables = true }: TransitAttachmentArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:network:TransitAttachment", name, {}, opts);

    const attachment = new aws.ec2transitgateway.VpcAttachment(
      name,
      {
        vpcId: network.vpcId,
        transitGatewayId,
        subnetIds: network.subnetIds("transit"),
        ...(defaultRouteTables
          ? {}
          : { transitGatewayDefaultRouteTableAssociation: false, transitGatewayDefaultRouteTablePropagation: false }),
        tags: { Name: name },
      },
      { parent: this },
    );
    this.id = attachment.id;

    network.routeTableIds("private").forEach((routeTableId, zone) => {
      new aws.ec2.Route(
        `${name}-private-${String(zone + 1)}-transit`,
        { routeTableId, destinationCidrBlock, transitGatewayId },
        // AWS refuses a route to a gateway that the VPC is not attached to.
        { parent: this, dependsOn: [attachment] },
      );
    });
    this.registerOutputs({ id: this.id });
  }
}
