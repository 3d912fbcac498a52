import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { addressPlan } from "./address-plan";
import { CONTRACT_VERSION, type HubContractOutput } from "./hub-contract";
import { FlowLogTable } from "./hub/flow-log-table";
import { LogArchive } from "./hub/log-archive";
import { TransitGateway } from "./hub/transit-gateway";
import { Network } from "./network/network";
import { TransitAttachment } from "./network/transit-attachment";
import type { HubSettings } from "./settings/settings";

/** What all networks share: the crossroads, and the archive of their logs. */
export class Hub extends pulumi.ComponentResource {
  readonly contract: HubContractOutput;
  readonly vpcId: pulumi.Output<string>;

  constructor(settings: HubSettings, opts?: pulumi.ComponentResourceOptions) {
    const { network, spokes, region, zones, addressSpace, protect, flowLogRetentionDays: retentionDays } = settings;
    const name = network.name;
    super("piksel:hub:Hub", name, {}, opts);
    const mine = { parent: this };
    const accounts = [...new Set([network, ...spokes].map(({ account }) => account))].sort();
    const spokeAccounts = accounts.filter((account) => account !== network.account);

    const archive = new LogArchive(`${name}-logs`, { accounts, region, retentionDays, protect }, mine);
    new FlowLogTable(
      `${name}-logs`,
      { bucket: archive.bucket, accounts, region, retentionDays, addressSpace, protect },
      mine,
    );

    const vpc = new Network(
      name,
      // No NAT gateway: nothing in the hub needs the internet.
      { plan: addressPlan(network.cidr, zones), natGateways: "None", logArchiveArn: archive.arn },
      mine,
    );

    const shareWith = settings.shareWith.length > 0 ? settings.shareWith : spokeAccounts;
    const gateway = new TransitGateway(name, { shareWith, addressSpace, protect }, mine);
    const attachment = new TransitAttachment(
      name,
      { network: vpc, transitGatewayId: gateway.id, destinationCidrBlock: addressSpace, defaultRouteTables: false },
      mine,
    );
    // The hub swaps the tables: it reads where the spokes announce, and announces where they read.
    const transitGatewayAttachmentId = attachment.id;
    new aws.ec2transitgateway.RouteTableAssociation(
      name,
      { transitGatewayAttachmentId, transitGatewayRouteTableId: gateway.hubRouteTableId },
      mine,
    );
    new aws.ec2transitgateway.RouteTablePropagation(
      name,
      { transitGatewayAttachmentId, transitGatewayRouteTableId: gateway.spokesRouteTableId },
      mine,
    );

    this.vpcId = vpc.vpcId;
    this.contract = {
      version: CONTRACT_VERSION,
      region,
      cidr: network.cidr,
      transitGatewayId: gateway.id,
      logArchiveArn: archive.arn,
    };
    this.registerOutputs({ vpcId: this.vpcId, contract: this.contract });
  }
}
