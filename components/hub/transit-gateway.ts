import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { shareResources } from "./share";

export interface TransitGatewayArgs {
  /**
   * Principals of the resource share: account ids, or the ARNs of organizations and OUs. Plain strings, because they
   * decide which children exist.
   */
  readonly shareWith: readonly string[];
  /** IPv4 CIDR of all networks, which the blackhole route drops where no more specific route exists. */
  readonly addressSpace: string;
  /** Whether security groups of one VPC may be named by inbound rules of another. */
  readonly securityGroupReferences: boolean;
  /** Whether to protect the gateway. */
  readonly protect: boolean;
}

/**
 * The transit gateway that every VPC attaches to.
 *
 * A spoke's attachment is associated with the route table `spokes`, which has a route to the hub only, and propagates its
 * CIDR to the route table `hub`. So a spoke reaches the hub and no other spoke. Both are the gateway's default route
 * tables: a new spoke is isolated from the start and needs no change here. The hub's attachment uses them the other way
 * round (`swapRouteTables`).
 */
export class TransitGateway extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  /** Route table of the hub, with a route to every attached spoke. */
  readonly hubRouteTableId: pulumi.Output<string>;
  /** Route table of the spokes, with a route to the hub. */
  readonly spokesRouteTableId: pulumi.Output<string>;

  constructor(
    name: string,
    { shareWith, addressSpace, securityGroupReferences, protect }: TransitGatewayArgs,
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
        ...(securityGroupReferences ? { securityGroupReferencingSupport: "enable" } : {}),
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
      // This resource and the next one modify the gateway, and AWS rejects other calls while a modification runs.
      { ...mine, dependsOn: [hub] },
    );
    const propagation = new aws.ec2transitgateway.DefaultRouteTablePropagation(
      `${name}-hub`,
      { transitGatewayId, transitGatewayRouteTableId: hub.id },
      { ...mine, dependsOn: [association] },
    );

    // Drops what has no more specific route, so a spoke's packet to another network never leaves the gateway.
    new aws.ec2transitgateway.Route(
      `${name}-spokes-blackhole`,
      { transitGatewayRouteTableId: spokes.id, destinationCidrBlock: addressSpace, blackhole: true },
      mine,
    );

    const share = {
      shareName: `${name}-transit-gateway`,
      resourceArns: { [name]: gateway.arn },
      principals: shareWith,
    };
    shareResources(name, share, mine);

    // Known once the default route tables are set: an attachment that came earlier would be in AWS's own tables.
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

export interface SwapRouteTablesArgs {
  readonly gateway: TransitGateway;
  /** Transit gateway attachment of the hub's VPC, which is in neither default route table. */
  readonly attachmentId: pulumi.Input<string>;
  /** The route table that leads from the hub to a firewall, which takes the place of the hub; undefined: none. */
  readonly inspected?:
    { readonly routeTableId: pulumi.Input<string>; readonly ready: readonly pulumi.Resource[] } | undefined;
}

/**
 * Associates the hub's attachment with the route table that spokes propagate to, and propagates its CIDR to the route
 * table that spokes are associated with. The resources are children of the hub, not of {@link TransitGateway}, because
 * the attachment comes after the gateway.
 */
export function swapRouteTables(
  name: string,
  { gateway, attachmentId: transitGatewayAttachmentId, inspected }: SwapRouteTablesArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  new aws.ec2transitgateway.RouteTableAssociation(
    name,
    { transitGatewayAttachmentId, transitGatewayRouteTableId: inspected?.routeTableId ?? gateway.hubRouteTableId },
    // AWS refuses a second association, so a move to another table deletes the first one first.
    { ...opts, deleteBeforeReplace: true, dependsOn: [...(inspected?.ready ?? [])] },
  );
  new aws.ec2transitgateway.RouteTablePropagation(
    name,
    { transitGatewayAttachmentId, transitGatewayRouteTableId: gateway.spokesRouteTableId },
    opts,
  );
}
