import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { addressPlan } from "../address-plan";
import type { HubContract } from "../hub-contract";
import { clusterName, eventsTopicName } from "../names";
import { Network, type NetworkArgs } from "../network/network";
import { QueryLog } from "../network/query-log";
import { S3Endpoint } from "../network/s3-endpoint";
import { TransitAttachment } from "../network/transit-attachment";
import { TransitEvents } from "../network/transit-events";
import { spokeDomains, type SpokeSettings } from "../settings/settings";
import { ApiAccess } from "./api-access";
import { DhcpOptions } from "./dhcp-options";
import { Kubernetes } from "./kubernetes";
import { privateServicesFault } from "./private-services";
import { ZoneAssociations } from "./zone-associations";
import { kubernetesSubnetTags } from "../tags";

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
  /** See {@link Network.parts}. */
  readonly parts: Network["parts"];
  /** Undefined for a network alone. */
  readonly kubernetes: Kubernetes | undefined;

  constructor({ settings, hub, hubProvider }: SpokeArgs, opts?: pulumi.ComponentResourceOptions) {
    const { network, region, zones, addressSpace, dnsResolver, naming, permissionsBoundary } = settings;
    const { name, account } = network;
    super("piksel:spoke:Spoke", name, {}, opts);
    const mine = { parent: this };
    const natGateways = natGatewaysOf(settings);
    refuseOtherPrefix(settings, hub);
    refuseUnreachable(settings, hub, natGateways);
    refuseMissingResolver(settings, hub);

    const vpc = new Network(
      name,
      {
        plan: addressPlan(network.cidr, zones),
        natGateways,
        subnetTags: kubernetesSubnetTags(clusterName(naming.prefix, name)),
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
      // The whole address space, so that nothing for another network leaves by a NAT gateway: the transit gateway knows
      // the hub alone, and its blackhole route drops, counts and logs the rest.
      { network: vpc, transitGatewayId: hub.transitGatewayId, destinationCidrBlock: addressSpace },
      mine,
    );
    new TransitEvents(name, { topicArn: hub.eventsTopicArn, publisherAccount: account, permissionsBoundary }, mine);

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
    this.parts = vpc.parts;
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
    const { network, region, naming, protect, kubernetesVersion, clusterAdmins, clusterPublicAccessCidrs } = settings;
    const kubernetes = new Kubernetes(
      network.name,
      {
        clusterName: clusterName(naming.prefix, network.name),
        project: naming.project,
        network: network.name,
        tags: settings.tags,
        kubernetesVersion,
        kubernetesServiceCidr: settings.kubernetesServiceCidr,
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
    const { clusterPrivateAccessCidrs: cidrs } = settings;
    if (cidrs.length > 0) {
      new ApiAccess(network.name, { securityGroupId: kubernetes.securityGroupId, cidrs }, { parent: this });
    }
    return kubernetes;
  }
}

/** The hub's grants and the spoke's names are made from one prefix, and the topic has the hub's. */
function refuseOtherPrefix({ network, naming }: SpokeSettings, hub: HubContract): void {
  const topic = hub.eventsTopicArn.split(":").pop() ?? "";
  if (topic === eventsTopicName(naming.prefix)) return;
  throw new pulumi.RunError(
    `prefix of ${network.name} is "${naming.prefix}" and the hub was deployed with another, as its topic ${topic} shows: ` +
      "set prefix to the same value in every stack, best as its default in Pulumi.yaml",
  );
}

function natGatewaysOf({ oneNatPerAz }: SpokeSettings): NetworkArgs["natGateways"] {
  return oneNatPerAz ? "OnePerAz" : "Single";
}

/** Nodes that cannot reach required services fail to join the cluster after 20 minutes; this error comes first. */
function refuseUnreachable(settings: SpokeSettings, hub: HubContract, natGateways: NetworkArgs["natGateways"]): void {
  if (!settings.cluster) return;
  const fault = privateServicesFault({ sharedEndpoints: hub.sharedEndpoints, nat: natGateways !== "None" });
  if (fault !== undefined) throw new pulumi.RunError(`cluster of ${settings.network.name}: ${fault}`);
}

/** DHCP options without the configured servers would resolve names differently than configured. */
function refuseMissingResolver({ network, dnsResolver }: SpokeSettings, hub: HubContract): void {
  if (dnsResolver === "vpc" || hub.resolverAddresses.length > 0) return;
  throw new pulumi.RunError(
    `dns-resolver of ${network.name} is "hub", but the hub has no Resolver inbound endpoint: ` +
      "set dns-resolver to vpc, or inbound-resolver of the hub to true and update the hub first",
  );
}

function pick(zones: Readonly<Record<string, string>>, domains: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(zones).filter(([domain]) => domains.includes(domain)));
}
