import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { addressPlan } from "./address-plan";
import type { HubContract } from "./hub-contract";
import { Network } from "./network/network";
import { QueryLog } from "./network/query-log";
import { S3Endpoint } from "./network/s3-endpoint";
import { TransitAttachment } from "./network/transit-attachment";
import { spokeDomains, type SpokeSettings } from "./settings/settings";
import { DhcpOptions } from "./spoke/dhcp-options";
import { ZoneAssociations } from "./spoke/zone-associations";
import { kubernetesSubnetTags } from "./tags";

export interface SpokeArgs {
  readonly settings: SpokeSettings;
  /** What the hub exports. */
  readonly hub: HubContract;
  /** Provider of the hub's account, by the role that it grants its spokes. */
  readonly hubProvider: aws.Provider;
}

/** A workload account's network: its VPC, joined to the hub and to nothing else, resolving the hub's names. */
export class Spoke extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;

  constructor({ settings, hub, hubProvider }: SpokeArgs, opts?: pulumi.ComponentResourceOptions) {
    const { network, region, zones, oneNatPerAz, dnsResolver } = settings;
    const { name, account } = network;
    super("piksel:spoke:Spoke", name, {}, opts);
    const mine = { parent: this };

    const vpc = new Network(
      name,
      {
        plan: addressPlan(network.cidr, zones),
        natGateways: oneNatPerAz ? "OnePerAz" : "Single",
        subnetTags: kubernetesSubnetTags(name),
        logArchiveArn: hub.logArchiveArn,
      },
      mine,
    );
    const vpcId = vpc.vpcId;
    new QueryLog(name, { vpcId, logArchiveArn: hub.logArchiveArn }, mine);
    new S3Endpoint(
      name,
      // Its own buckets and the hub's: another spoke's are as far away as its network.
      { vpcId, routeTableIds: vpc.routeTableIds("private"), accounts: [...new Set([account, hub.account])], region },
      mine,
    );
    new TransitAttachment(
      name,
      { network: vpc, transitGatewayId: hub.transitGatewayId, destinationCidrBlock: hub.cidr },
      mine,
    );

    const [shared, own] = spokeDomains(settings);
    new ZoneAssociations(
      name,
      { vpcId, zones: { ...pick(hub.zones, [shared, own]), ...hub.endpointZones }, hubProvider },
      mine,
    );
    new DhcpOptions(
      name,
      { vpcId, domainName: own, resolverAddresses: dnsResolver === "hub" ? hub.resolverAddresses : [] },
      mine,
    );

    this.vpcId = vpcId;
    this.registerOutputs({ vpcId: this.vpcId });
  }
}

function pick(zones: Readonly<Record<string, string>>, domains: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(zones).filter(([domain]) => domains.includes(domain)));
}
