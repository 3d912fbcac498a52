import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { addressPlan } from "./address-plan";
import type { HubContract } from "./hub-contract";
import { Network, type NetworkArgs } from "./network/network";
import { QueryLog } from "./network/query-log";
import { S3Endpoint } from "./network/s3-endpoint";
import { TransitAttachment } from "./network/transit-attachment";
import { spokeDomains, type SpokeSettings } from "./settings/settings";
import { DhcpOptions } from "./spoke/dhcp-options";
import { Kubernetes } from "./spoke/kubernetes";
import { privateServicesFault } from "./spoke/private-services";
import { ZoneAssociations } from "./spoke/zone-associations";
import { clusterName, kubernetesSubnetTags } from "./tags";

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
  /** Undefined for a network alone. */
  readonly kubernetes: Kubernetes | undefined;

  constructor({ settings, hub, hubProvider }: SpokeArgs, opts?: pulumi.ComponentResourceOptions) {
    const { network, region, zones, dnsResolver } = settings;
    const { name, account } = network;
    super("piksel:spoke:Spoke", name, {}, opts);
    const mine = { parent: this };
    const natGateways = natGatewaysOf(settings);
    refuseUnreachable(settings, hub, natGateways);

    const vpc = new Network(
      name,
      {
        plan: addressPlan(network.cidr, zones),
        natGateways,
        subnetTags: kubernetesSubnetTags(name),
        logArchiveArn: hub.logArchiveArn,
      },
      mine,
    );
    const vpcId = vpc.vpcId;
    new QueryLog(name, { vpcId, logArchiveArn: hub.logArchiveArn }, mine);
    const s3 = new S3Endpoint(
      name,
      // Its own buckets and the hub's: another spoke's are as far away as its network.
      { vpcId, routeTableIds: vpc.routeTableIds("private"), accounts: [...new Set([account, hub.account])], region },
      mine,
    );
    const transit = new TransitAttachment(
      name,
      { network: vpc, transitGatewayId: hub.transitGatewayId, destinationCidrBlock: hub.cidr },
      mine,
    );

    const [shared, own] = spokeDomains(settings);
    const zoneAssociations = new ZoneAssociations(
      name,
      { vpcId, zones: { ...pick(hub.zones, [shared, own]), ...hub.endpointZones }, hubProvider },
      mine,
    );
    const dhcp = new DhcpOptions(
      name,
      { vpcId, domainName: own, resolverAddresses: dnsResolver === "hub" ? hub.resolverAddresses : [] },
      mine,
    );

    this.vpcId = vpcId;
    const before = [vpc, s3, transit, zoneAssociations, dhcp];
    this.kubernetes = settings.cluster ? this.cluster(settings, hub, vpc, before) : undefined;
    this.registerOutputs({ vpcId: this.vpcId });
  }

  private cluster(
    settings: SpokeSettings,
    hub: HubContract,
    vpc: Network,
    before: readonly pulumi.Resource[],
  ): Kubernetes {
    const { network, region, protect, kubernetesVersion, clusterAdmins, clusterPublicAccessCidrs } = settings;
    return new Kubernetes(
      network.name,
      {
        clusterName: clusterName(network.name),
        kubernetesVersion,
        vpcId: vpc.vpcId,
        privateSubnetIds: vpc.subnetIds("private"),
        admins: clusterAdmins,
        publicAccessCidrs: clusterPublicAccessCidrs,
        protect,
        permissionsBoundary: settings.permissionsBoundary,
        account: network.account,
        region,
        nodeInstanceTypes: settings.nodeInstanceTypes,
        nodeCount: settings.nodeCount,
        registry: hub.registry,
        registryArn: `arn:aws:ecr:${hub.region}:${hub.account}`,
        before,
      },
      { parent: this },
    );
  }
}

function natGatewaysOf({ oneNatPerAz }: SpokeSettings): NetworkArgs["natGateways"] {
  return oneNatPerAz ? "OnePerAz" : "Single";
}

/** A node that cannot reach what it needs joins no cluster, and says so after 20 minutes: better now, and in words. */
function refuseUnreachable(settings: SpokeSettings, hub: HubContract, natGateways: NetworkArgs["natGateways"]): void {
  if (!settings.cluster) return;
  const fault = privateServicesFault({ sharedEndpoints: hub.sharedEndpoints, nat: natGateways !== "None" });
  if (fault !== undefined) throw new pulumi.RunError(`cluster of ${settings.network.name}: ${fault}`);
}

function pick(zones: Readonly<Record<string, string>>, domains: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(zones).filter(([domain]) => domains.includes(domain)));
}
