import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { connectionRouteName, connectionTableName } from "../names";
import { ALL_SPOKES } from "../settings/connections";
import type { Connections as ConnectionSettings, SpokeTable } from "../settings/settings";
import { routeSpokes, type SpokeRoutesArgs } from "./spoke-routes";
import type { TransitGateway } from "./transit-gateway";

export interface ConnectionsArgs {
  /** Name of the hub's network, with which the names of all children begin. */
  readonly hub: string;
  readonly gateway: TransitGateway;
  readonly connections: ConnectionSettings;
  /**
   * Ids of the spokes' attachments, by spoke. Plain strings, because they decide which children exist: a spoke that is
   * not attached yet is left out.
   */
  readonly attachments: Readonly<Record<string, string>>;
  /** Transit gateway attachment of the hub's VPC. */
  readonly hubAttachmentId: pulumi.Input<string>;
  /** IPv4 CIDR of all networks, which the blackhole routes drop where no more specific route exists. */
  readonly addressSpace: string;
  /** What every spoke reaches through the hub, in addition to its CIDR. */
  readonly routes: SpokeRoutesArgs;
  /** Whether to protect the associations. */
  readonly protect: boolean;
}

/**
 * The connections between spokes. A connected spoke uses a transit gateway route table of its own, with a route to the hub
 * and to each spoke that it reaches, and the same blackhole route as the shared table `spokes`. A spoke that all others
 * reach also has a route in the shared table. A spoke that an external site names has such a table, too, for its routes to the
 * site ({@link Sites}).
 *
 * All of it is in the hub's account: no role of a spoke may change a route table (ADR 24).
 */
export class Connections extends pulumi.ComponentResource {
  /** Ids of the route tables, by spoke. */
  readonly routeTableIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(
    name: string,
    private readonly args: ConnectionsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:Connections", name, {}, opts);
    const { connections, gateway } = args;
    const tables = connections.tables.map((table) => [table.spoke, this.createTable(table)] as const);
    this.routeTableIds = Object.fromEntries(tables);
    for (const spoke of connections.forAll) this.propagate(ALL_SPOKES, spoke, gateway.spokesRouteTableId);
    this.registerOutputs({});
  }

  /**
   * The route table of a spoke, with its routes, and the spoke's association with it.
   *
   * @returns id of the route table
   */
  private createTable({ spoke, reaches }: SpokeTable): pulumi.Output<string> {
    const { hub, gateway, attachments, hubAttachmentId, addressSpace, routes, protect } = this.args;
    const mine = { parent: this };
    const child = connectionTableName(hub, spoke);
    const table = new aws.ec2transitgateway.RouteTable(
      child,
      { transitGatewayId: gateway.id, tags: { Name: child } },
      mine,
    );
    const blackhole = new aws.ec2transitgateway.Route(
      `${child}-blackhole`,
      { transitGatewayRouteTableId: table.id, destinationCidrBlock: addressSpace, blackhole: true },
      mine,
    );
    const toHub = new aws.ec2transitgateway.RouteTablePropagation(
      connectionRouteName(hub, spoke, hub),
      { transitGatewayRouteTableId: table.id, transitGatewayAttachmentId: hubAttachmentId },
      mine,
    );
    const others = [
      ...routeSpokes(child, table.id, routes, mine),
      ...reaches.flatMap((other) => this.propagate(spoke, other, table.id)),
    ];

    const transitGatewayAttachmentId = attachments[spoke];
    if (transitGatewayAttachmentId === undefined) return table.id;
    new aws.ec2transitgateway.RouteTableAssociation(
      child,
      {
        transitGatewayAttachmentId,
        transitGatewayRouteTableId: table.id,
        // AWS associates a new attachment with the shared table. This moves it.
        replaceExistingAssociation: true,
      },
      // After the routes, so that the spoke never uses a table without them. Protected, because a deletion leaves the
      // attachment without a route table, and the spoke without the hub.
      { ...mine, protect, dependsOn: [blackhole, toHub, ...others] },
    );
    return table.id;
  }

  /** Adds a route to a spoke's CIDR, if the spoke is attached. */
  private propagate(from: string, to: string, transitGatewayRouteTableId: pulumi.Input<string>): pulumi.Resource[] {
    const transitGatewayAttachmentId = this.args.attachments[to];
    if (transitGatewayAttachmentId === undefined) return [];
    const ids = { transitGatewayAttachmentId, transitGatewayRouteTableId };
    return [
      new aws.ec2transitgateway.RouteTablePropagation(connectionRouteName(this.args.hub, from, to), ids, {
        parent: this,
      }),
    ];
  }
}
