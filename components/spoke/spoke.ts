import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { addressPlan } from "../address-plan";
import { Alarms } from "../alarms/alarms";
import { attachmentSubjects, clusterSubjects, natSubjects } from "../alarms/subjects";
import { privateServicesFault } from "../facts/endpoint-services";
import { type HubContract, spokeRolesOf } from "../hub-contract";
import { clusterName, deploymentRoleArn, eventsTopicName, kubernetesSubnetTags } from "../names";
import { DnsFirewall } from "../network/dns-firewall";
import { EgressRoutes, RegionalNat } from "../network/egress";
import { Network, QueryLog } from "../network/network";
import { RuleAssociations } from "../network/rule-associations";
import { S3Endpoint } from "../network/s3-endpoint";
import { TransitAttachment, TransitEvents } from "../network/transit-attachment";
import { zonalNatGateways } from "../settings/egress";
import { cidrsOutside } from "../settings/sites";
import { nodeSources } from "../settings/node-autoscaling";
import { ownDomain, spokeDomains, type SpokeSettings } from "../settings/settings";
import { boundRoles } from "../transforms";
import { ApiAccess } from "./cluster";
import { DhcpOptions, ZoneAssociations } from "./dns";
import { Kubernetes } from "./kubernetes";

export interface SpokeArgs {
  readonly settings: SpokeSettings;
  /** What the hub exports. */
  readonly hub: HubContract;
  /** AWS provider for the hub's account. It assumes the role that the hub created for this spoke. */
  readonly hubProvider: aws.Provider;
}

/**
 * The network of a spoke account: a VPC that is attached to the hub's transit gateway and resolves the hub's names,
 * with or without an EKS cluster.
 */
export class Spoke extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** Resources that plugins create for the network and the cluster. A `dependsOn` of this component does not include them. */
  readonly parts: Network["parts"];
  /** Public IPv4 addresses of connections to the internet; undefined with zonal NAT gateways, and without any path. */
  readonly egressAddresses: pulumi.Output<readonly string[]> | undefined;
  /** Undefined for a network without a cluster. */
  readonly kubernetes: Kubernetes | undefined;
  private readonly settings: SpokeSettings;
  private readonly hub: HubContract;

  constructor(
    private readonly name: string,
    { settings, hub, hubProvider }: SpokeArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:spoke:Spoke", name, {}, pulumi.mergeOptions(opts, boundRoles(settings.permissionsBoundary)));
    this.settings = settings;
    this.hub = hub;
    refuseOtherPrefix(settings, hub);
    refuseUnreachable(settings, hub);
    refuseMissingResolver(settings, hub);
    refuseMissingEgress(settings, hub);

    const vpc = this.createNetwork();
    const s3 = this.createS3Endpoint(vpc);
    const attachment = this.createTransitAttachment(vpc);
    const { addresses, routes, natGateways } = this.createEgress(vpc, attachment);
    const zones = this.createZoneAssociations(vpc, hubProvider);
    const dhcp = this.createDhcpOptions(vpc);
    this.associateRules(vpc);
    const before = [vpc, s3, attachment, ...routes, zones, dhcp];
    this.kubernetes = settings.cluster ? this.createKubernetes(vpc, before) : undefined;
    this.egressAddresses = addresses;
    if (settings.alarms.on) this.createAlarms([...vpc.natGatewayIds(), ...natGateways], attachment);

    this.vpcId = vpc.vpcId;
    this.parts = pulumi.all([vpc.parts, this.kubernetes?.parts ?? []]).apply((lists) => lists.flat());
    this.registerOutputs({ vpcId: this.vpcId });
  }

  private createNetwork(): Network {
    const { network, zones, naming, dnsFirewall } = this.settings;
    const { name } = this;
    const { logArchiveArn } = this.hub;
    const vpc = new Network(
      name,
      {
        plan: addressPlan(network.cidr, zones),
        natGateways: zonalNatGateways(this.settings),
        subnetTags: kubernetesSubnetTags(clusterName(naming.prefix, name)),
        logArchiveArn,
      },
      { parent: this },
    );
    const { vpcId } = vpc;
    new QueryLog(name, { vpcId, logArchiveArn }, { parent: this });
    if (dnsFirewall !== undefined) new DnsFirewall(name, { vpcId, settings: dnsFirewall }, { parent: this });
    return vpc;
  }

  private createS3Endpoint(vpc: Network): S3Endpoint {
    const { network, region } = this.settings;
    // Buckets of this account and of the hub's. Another spoke's buckets are as separate as its network.
    const accounts = [...new Set([network.account, this.hub.account])];
    const args = { vpcId: vpc.vpcId, routeTableIds: vpc.routeTableIds("private"), accounts, region };
    return new S3Endpoint(this.name, args, { parent: this });
  }

  /** The attachment, and the report of its changes to the hub. */
  private createTransitAttachment(vpc: Network): TransitAttachment {
    const { network, addressSpace, sites, naming, alarms, securityGroupReferences } = this.settings;
    const { transitGatewayId, eventsTopicArn: topicArn } = this.hub;
    const attachment = new TransitAttachment(
      this.name,
      // The whole address space, so that no packet to another network leaves through a NAT gateway. The transit gateway
      // has a route to the hub only, and its blackhole route drops, counts and logs the rest.
      {
        network: vpc,
        transitGatewayId,
        destinationCidrBlock: addressSpace,
        securityGroupReferences,
        siteCidrs: cidrsOutside(
          addressSpace,
          sites.filter(({ spokes }) => spokes.includes(network.name)),
        ),
      },
      { parent: this },
    );
    const knownRoleArn = alarms.on ? deploymentRoleArn(network.account, naming.project, network.name) : undefined;
    const events = { topicArn, publisherAccount: network.account, deploymentRoleArn: knownRoleArn };
    new TransitEvents(this.name, events, { parent: this });
    return attachment;
  }

  /** The path to the internet, except for zonal NAT gateways, which the network itself creates. */
  private createEgress(network: Network, attachment: TransitAttachment) {
    const { name, hub } = this;
    const { egress, zones } = this.settings;
    const mine = { parent: this };
    if (egress === "regional") {
      const nat = new RegionalNat(name, { network, zones }, mine);
      const routes = new EgressRoutes(name, { network, target: { natGatewayId: nat.id } }, mine);
      return { addresses: pulumi.all(nat.addresses), routes: [routes], natGateways: [nat.id] };
    }
    if (egress === "hub") {
      const target = { transitGatewayId: hub.transitGatewayId };
      // AWS refuses a route to a gateway that the VPC is not attached to.
      const routes = new EgressRoutes(name, { network, target, after: [attachment] }, mine);
      return { addresses: pulumi.output(hub.egress?.addresses ?? []), routes: [routes], natGateways: [] };
    }
    return { addresses: undefined, routes: [], natGateways: [] };
  }

  private createZoneAssociations({ vpcId }: Network, hubProvider: aws.Provider): ZoneAssociations {
    const domains = spokeDomains(this.settings);
    const own = Object.entries(this.hub.zones).filter(([domain]) => domains.includes(domain));
    const zones = { ...Object.fromEntries(own), ...this.hub.endpointZones };
    return new ZoneAssociations(this.name, { vpcId, zones, hubProvider }, { parent: this });
  }

  /**
   * Forwards queries for the domains of external sites, as the hub does. A rule of a domain that this stack no longer lists is
   * left before the hub deletes it: AWS refuses to delete a rule with an association (Amazon Route 53 API Reference,
   * DeleteResolverRule).
   */
  private associateRules({ vpcId }: Network): void {
    const listed = this.settings.forwardDomains.map(({ domain }) => domain);
    const rules = Object.entries(this.hub.resolverRules ?? {}).filter(([domain]) => listed.includes(domain));
    if (rules.length === 0) return;
    new RuleAssociations(this.name, { vpcId, ruleIds: Object.fromEntries(rules) }, { parent: this });
  }

  private createDhcpOptions({ vpcId }: Network): DhcpOptions {
    const [, domainName] = spokeDomains(this.settings);
    const resolverAddresses = this.settings.dnsResolver === "hub" ? this.hub.resolverAddresses : [];
    return new DhcpOptions(this.name, { vpcId, domainName, resolverAddresses }, { parent: this });
  }

  /** @param before what must exist before the first node */
  private createKubernetes(vpc: Network, before: readonly pulumi.Resource[]): Kubernetes {
    const { settings, hub, name } = this;
    const { network, naming } = settings;
    const kubernetes = new Kubernetes(
      name,
      {
        clusterName: clusterName(naming.prefix, name),
        project: naming.project,
        network: name,
        tags: settings.tags,
        kubernetesVersion: settings.kubernetesVersion,
        kubernetesServiceCidr: settings.kubernetesServiceCidr,
        vpcId: vpc.vpcId,
        privateSubnetIds: vpc.subnetIds("private"),
        admins: settings.clusterAdmins,
        publicAccessCidrs: settings.clusterPublicAccessCidrs,
        protect: settings.protect,
        account: network.account,
        region: settings.region,
        nodeAutoscaling: settings.nodeAutoscaling,
        nodeInstanceTypes: settings.nodeInstanceTypes,
        nodeCount: settings.nodeCount,
        registryArn: `arn:aws:ecr:${hub.region}:${hub.account}`,
        domain: ownDomain(network, settings.domain),
        recordsRoleArn: spokeRolesOf(hub, name).records,
        internetLoadBalancers: settings.internetLoadBalancers,
        before,
      },
      { parent: this },
    );
    const { clusterPrivateAccessCidrs: cidrs } = settings;
    if (cidrs.length > 0) {
      new ApiAccess(name, { securityGroupId: kubernetes.securityGroupId, cidrs }, { parent: this });
    }
    return kubernetes;
  }

  /** Alarms of what the spoke's account sees: its NAT gateways, its attachment and its cluster. */
  private createAlarms(natGateways: readonly pulumi.Output<string>[], { id }: TransitAttachment): void {
    const { network, region, naming, alarms } = this.settings;
    const attachment = { id, transitGatewayId: this.hub.transitGatewayId };
    const cluster = clusterName(naming.prefix, network.name);
    const autoScalingGroups = this.kubernetes?.autoScalingGroups ?? [];
    new Alarms(
      `${this.name}-alarm`,
      {
        ...{ prefix: naming.prefix, network: network.name, account: network.account, region },
        emails: alarms.emails,
        topics: alarms.topics,
        subjects: [
          ...natSubjects<pulumi.Input<string>>(natGateways),
          ...attachmentSubjects<pulumi.Input<string>>(attachment),
          ...(this.kubernetes === undefined ? [] : clusterSubjects<pulumi.Input<string>>(cluster, autoScalingGroups)),
        ],
        dashboard: {
          natGateways,
          attachment,
          ...(this.kubernetes === undefined ? {} : { cluster }),
          autoScalingGroups: [...autoScalingGroups],
        },
      },
      { parent: this },
    );
  }
}

/** The hub grants permissions by names that begin with its prefix, so the spoke must have the same one. */
function refuseOtherPrefix({ network, naming }: SpokeSettings, hub: HubContract): void {
  const topic = hub.eventsTopicArn.split(":").pop() ?? "";
  if (topic === eventsTopicName(naming.prefix)) return;
  throw new pulumi.RunError(
    `prefix of ${network.name} is "${naming.prefix}" and the hub was deployed with another, as its topic ${topic} shows: ` +
      "set prefix to the same value in every stack, best as its default in Pulumi.yaml",
  );
}

/** Nodes that cannot reach required services fail to join the cluster after 20 minutes; this error comes first. */
function refuseUnreachable(settings: SpokeSettings, hub: HubContract): void {
  if (!settings.cluster) return;
  const paths = { sharedEndpoints: hub.sharedEndpoints, nat: settings.egress !== "none" };
  const fault = privateServicesFault(paths, nodeSources(settings.nodeAutoscaling).managedNodes);
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

/** Without NAT gateways in the hub, the transit gateway would drop every packet to the internet. */
function refuseMissingEgress({ network, egress }: SpokeSettings, hub: HubContract): void {
  if (egress !== "hub" || hub.egress !== undefined) return;
  throw new pulumi.RunError(
    `egress of ${network.name} is "hub", but the hub has no NAT gateways for spokes: ` +
      "set egress to zonal, regional or none, or central-egress of the hub to true and update the hub first",
  );
}
