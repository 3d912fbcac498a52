import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface TransitGatewayArgs {
  /**
   * Who may attach a VPC: account ids, or the ARNs of an organization or its units. Plain strings: they decide which
   * children exist.
   */
  readonly shareWith: readonly string[];
  /** The address space of all networks: the blackhole route for it stops spokes from reaching anything without a route. */
  readonly addressSpace: string;
  /** Refuse to delete the gateway. */
  readonly protect: boolean;
}

/**
 * The crossroads: every VPC attaches here and to nothing else.
 *
 * An attachment reads its routes from the table `spokes`, which holds the hub alone, and announces its block in the
 * table `hub`: a spoke reaches the hub and no other spoke. Both are the gateway's default tables, so a new spoke is
 * isolated from its first second and needs no edit on this side.
 */
export class TransitGateway extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  /** Routes of the hub: to every spoke that is attached. */
  readonly hubRouteTableId: pulumi.Output<string>;
  /** Routes of every spoke: to the hub. */
  readonly spokesRouteTableId: pulumi.Output<string>;

  constructor(
    name: string,
    { shareWith, addressSpace, protect }: TransitGatewayArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:TransitGateway", name, {}, opts);
    const mine = { parent: this };

    const gateway = new aws.ec2transitgateway.TransitGateway(
      name,
      {
        description: "Joins the hub and the spokes",
        autoAcceptSharedAttachments: "enable",
        defaultRouteTableAssociation: "enable",
        defaultRouteTablePropagation: "enable",
        tags: { Name: name },
      },
      { ...mine, protect },
    );
    const transitGatewayId = gateway.id;

    const [hub, spokes] = ["hub", "spokes"].map(
      (table) =>
        new aws.ec2transitgateway.RouteTable(
          `${name}-${table}`,
          { transitGatewayId, tags: { Name: `${name}-${table}` } },
          mine,
        ),
    ) as [aws.ec2transitgateway.RouteTable, aws.ec2transitgateway.RouteTable];
    const association = new aws.ec2transitgateway.DefaultRouteTableAssociation(
      `${name}-spokes`,
      { transitGatewayId, transitGatewayRouteTableId: spokes.id },
      // This one and the next modify the gateway, and AWS refuses whatever comes to it while a modification runs.
      { ...mine, dependsOn: [hub] },
    );
    const propagation = new aws.ec2transitgateway.DefaultRouteTablePropagation(
      `${name}-hub`,
      { transitGatewayId, transitGatewayRouteTableId: hub.id },
      { ...mine, dependsOn: [association] },
    );

    // A second lock: even a route that is propagated by mistake must be more specific than this to leak.
    new aws.ec2transitgateway.Route(
      `${name}-spokes-blackhole`,
      { transitGatewayRouteTableId: spokes.id, destinationCidrBlock: addressSpace, blackhole: true },
      mine,
    );

    const share = new aws.ram.ResourceShare(
      name,
      { name: `${name}-transit-gateway`, allowExternalPrincipals: false },
      mine,
    );
    new aws.ram.ResourceAssociation(name, { resourceShareArn: share.arn, resourceArn: gateway.arn }, mine);
    for (const principal of shareWith) {
      new aws.ram.PrincipalAssociation(
        `${name}-${principal.split("/").pop() ?? principal}`,
        { resourceShareArn: share.arn, principal },
        mine,
      );
    }

    // Whoever uses the gateway waits until its default tables are ours.
    this.id = pulumi.all([gateway.id, propagation.id]).apply(([id]) => id);
    this.hubRouteTableId = hub.id;
    this.spokesRouteTableId = spokes.id;
    this.registerOutputs({
      id: this.id,
      hubRouteTableId: this.hubRouteTableId,
      spokesRouteTableId: this.spokesRouteTableId,
    });
  }
}
