import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { TransitAttachment } from "../network/transit-attachment";
import { EVERYWHERE } from "./spoke-routes";
import { FirewallPolicy, type FirewallPolicyArgs } from "./firewall-rules";
import type { LogArchive } from "./log-archive";
import type { TransitGateway } from "./transit-gateway";

export interface InspectionArgs {
  /** Name of the hub's network, with which the names of all children begin. */
  readonly hub: string;
  readonly gateway: TransitGateway;
  /** Transit gateway attachment of the hub's VPC. */
  readonly attachment: TransitAttachment;
  /** AZ IDs of the hub's AZs, in each of which the firewall has an endpoint. */
  readonly zoneIds: readonly string[];
  readonly archive: LogArchive;
  readonly policy: FirewallPolicyArgs;
  /** Whether to protect the firewall: without it, traffic to the hub and to the internet is lost. */
  readonly protect: boolean;
}

/**
 * A firewall that inspects all traffic between spokes, the hub and the internet, in both directions. It is attached to the
 * transit gateway without a VPC of its own (AWS Network Firewall Developer Guide, "Transit gateway-attached firewalls").
 *
 * - Spokes: the internet and the hub's CIDR lead to the firewall (`routeSpokes`).
 * - Firewall: the route table `hub`, to which every spoke propagates by default. The hub is propagated to it as well, and its
 *   default route leads to the hub's NAT gateways.
 * - Hub: the route table `inspected`, which leads to the firewall only.
 *
 * So a new spoke needs no change here. Connected spokes reach each other without the firewall. The order of the resources
 * keeps the firewall out of the path until it is ready.
 */
export class Inspection extends pulumi.ComponentResource {
  /** Transit gateway attachment of the firewall. */
  readonly attachmentId: pulumi.Output<string>;
  /** Route table for the hub's attachment. */
  readonly inspectedRouteTableId: pulumi.Output<string>;
  /** What must exist before any route leads to the firewall. */
  readonly ready: readonly pulumi.Resource[];

  constructor(
    name: string,
    private readonly args: InspectionArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:Inspection", name, {}, opts);
    const { firewall, logs } = this.createFirewall(name);
    this.attachmentId = firewall.firewallStatuses.apply((statuses) => attachmentIn(statuses));
    const behind = this.createFirewallRoutes(name);
    const inspected = this.createInspectedTable();
    this.inspectedRouteTableId = inspected.id;
    this.ready = [logs, ...behind, ...inspected.routes];
    this.registerOutputs({ attachmentId: this.attachmentId });
  }

  private createFirewall(name: string) {
    const { gateway, attachment, zoneIds, archive, policy, protect } = this.args;
    const mine = { parent: this };
    const { arn } = new FirewallPolicy(`${name}-policy`, policy, mine);
    const firewall = new aws.networkfirewall.Firewall(
      name,
      {
        description: "Inspects traffic between spokes, the hub and the internet",
        firewallPolicyArn: arn,
        transitGatewayId: gateway.id,
        availabilityZoneMappings: zoneIds.map((availabilityZoneId) => ({ availabilityZoneId })),
        deleteProtection: protect,
        tags: { Name: name },
      },
      // AWS attaches a firewall only in AZs in which the transit gateway has an attachment: that of the hub.
      { ...mine, protect, dependsOn: [attachment] },
    );
    const logs = new aws.networkfirewall.LoggingConfiguration(
      name,
      {
        firewallArn: firewall.arn,
        loggingConfiguration: {
          // Without a prefix, logs go to AWSLogs/ACCOUNT/network-firewall/, which the archive's policy and lifecycle cover.
          logDestinationConfigs: ["ALERT", "FLOW"].map((logType) => ({
            logType,
            logDestinationType: "S3",
            logDestination: { bucketName: archive.bucket },
          })),
        },
      },
      { ...mine, dependsOn: [archive] },
    );
    return { firewall, logs };
  }

  /** Where the firewall sends what it has inspected. */
  private createFirewallRoutes(name: string): pulumi.Resource[] {
    const { hub, gateway, attachment, policy } = this.args;
    const mine = { parent: this };
    const transitGatewayRouteTableId = gateway.hubRouteTableId;
    const toHub = new aws.ec2transitgateway.RouteTablePropagation(
      `${name}-hub`,
      { transitGatewayAttachmentId: attachment.id, transitGatewayRouteTableId },
      mine,
    );
    // Without it, a packet for an address that no network has would go to the NAT gateways and come back, for ever.
    const blackhole = new aws.ec2transitgateway.Route(
      `${hub}-hub-blackhole`,
      { transitGatewayRouteTableId, destinationCidrBlock: policy.addressSpace, blackhole: true },
      mine,
    );
    const toInternet = new aws.ec2transitgateway.Route(
      `${hub}-hub-internet`,
      { transitGatewayRouteTableId, destinationCidrBlock: EVERYWHERE, transitGatewayAttachmentId: attachment.id },
      mine,
    );
    const association = new aws.ec2transitgateway.RouteTableAssociation(
      name,
      {
        transitGatewayAttachmentId: this.attachmentId,
        transitGatewayRouteTableId,
        // AWS may associate it with the gateway's default route table first. This moves it.
        replaceExistingAssociation: true,
      },
      { ...mine, dependsOn: [toHub, blackhole, toInternet] },
    );
    return [association];
  }

  /** The route table of the hub: everything for other networks goes through the firewall. */
  private createInspectedTable() {
    const { hub, gateway, policy } = this.args;
    const mine = { parent: this };
    const child = `${hub}-inspected`;
    const table = new aws.ec2transitgateway.RouteTable(
      child,
      { transitGatewayId: gateway.id, tags: { Name: child } },
      mine,
    );
    const route = new aws.ec2transitgateway.Route(
      child,
      {
        transitGatewayRouteTableId: table.id,
        destinationCidrBlock: policy.addressSpace,
        transitGatewayAttachmentId: this.attachmentId,
      },
      // As for the routes of spokes: a table has one route for a CIDR.
      { ...mine, deleteBeforeReplace: true },
    );
    return { id: table.id, routes: [route] };
  }
}

/** The attachment of a firewall, as the provider returns it once the attachment is ready. */
function attachmentIn(statuses: readonly aws.types.output.networkfirewall.FirewallFirewallStatus[]): string {
  const id = statuses[0]?.transitGatewayAttachmentSyncStates[0]?.attachmentId;
  if (id === undefined) throw new Error("AWS returned no transit gateway attachment of the firewall");
  return id;
}
