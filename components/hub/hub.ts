import * as pulumi from "@pulumi/pulumi";
import { subscribe } from "../alarms/alarm-topic";
import { addressPlan, hostAddress, type AddressPlan } from "../address-plan";
import { endpointService } from "../facts/endpoint-services";
import { CONTRACT_VERSION, type HubContractOutput } from "../hub-contract";
import { membersOf, type Members } from "../members";
import { deploymentRoleArn } from "../names";
import { DnsFirewall } from "../network/dns-firewall";
import { Network, QueryLog } from "../network/network";
import { S3Endpoint } from "../network/s3-endpoint";
import { TransitEvents } from "../network/transit-attachment";
import { ownDomain, type HubSettings } from "../settings/settings";
import { cidrsOutside } from "../settings/sites";
import { boundRoles } from "../transforms";
import { PrivateZones, Resolver, type ResolverArgs } from "./dns";
import { Forwarding } from "./forwarding";
import { FlowLogTable } from "./flow-log-table";
import { createHubAlarms } from "./hub-alarms";
import { LogArchive } from "./log-archive";
import { NetworkEvents } from "./network-events";
import { ImageCache, ImagePublishing, Registry } from "./registry";
import { QueryLogTable } from "./query-log-table";
import type { QueryPlace } from "./query-catalog";
import { SharedEndpoints } from "./shared-endpoints";
import { SpokeRoles } from "./spoke-roles";
import { TransitFlowLogs } from "./transit-flow-logs";
import { createTransit } from "./transit";
import type { TransitGateway } from "./transit-gateway";

/**
 * AZs with an address of the Resolver inbound endpoint. Never change it: the DHCP options of every spoke contain them.
 */
const RESOLVER_ZONES = 2;
/** Position of that address in a private subnet. AWS reserves the first four. */
const RESOLVER_HOST = 10;
/** Position of the address of the Resolver outbound endpoint, which the firewall of a site admits. */
const FORWARDING_HOST = 11;

export interface HubArgs {
  /** Configuration of the hub's stack. */
  readonly settings: HubSettings;
  /** Ids of the spokes' attachments that connections use, by spoke; plain strings, because they decide what exists. */
  readonly attachments: Readonly<Record<string, string>>;
  /** AZ IDs of the hub's AZs, in order, for the firewall; empty without one. */
  readonly zoneIds: readonly string[];
}

/** The account that all networks share: transit gateway, DNS, images, interface endpoints and the archive of logs. */
export class Hub extends pulumi.ComponentResource {
  readonly contract: HubContractOutput;
  readonly vpcId: pulumi.Output<string>;
  /** See {@link Network.parts}. */
  readonly parts: Network["parts"];
  /** Role that image publishers take; undefined where there are none. */
  readonly imagePublisherRoleArn: pulumi.Output<string> | undefined;
  private readonly settings: HubSettings;
  /** Accounts of all networks, sorted. */
  private readonly accounts: readonly string[];
  private readonly members: Members;
  private readonly plan: AddressPlan;

  constructor(
    private readonly name: string,
    { settings, attachments, zoneIds }: HubArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:Hub", name, {}, pulumi.mergeOptions(opts, boundRoles(settings.permissionsBoundary)));
    const { network, spokes, zones, shareWith } = settings;
    this.settings = settings;
    this.accounts = [...new Set([network, ...spokes].map(({ account }) => account))].sort();
    this.members = membersOf({ shareWith, hub: network.account, accounts: this.accounts });
    this.plan = addressPlan(network.cidr, zones);

    const archive = this.createLogArchive();
    const queries = this.createQueries(archive);
    const vpc = this.createNetwork(archive);
    const { gateway, egress, vpnIds } = createTransit(
      name,
      { settings, vpc, plan: this.plan, archive, attachments, zoneIds, shareWith: this.principals() },
      { parent: this },
    );
    this.createTransitFlowLogs(gateway, archive, queries);
    const events = this.createNetworkEvents();
    const privateZones = this.createPrivateZones(vpc);
    const { resolver, addresses: resolverAddresses } = this.createResolver(vpc);
    const forwarding = this.createForwarding(vpc);
    const endpoints = this.createSharedEndpoints(vpc);
    const spokeRoles = this.createSpokeRoles(privateZones, endpoints);
    this.imagePublisherRoleArn = this.createRegistry();
    if (settings.alarms.on) {
      const watched = { gateway, resolver, forwarding, natGatewayIds: egress?.natGatewayIds ?? [], vpnIds };
      createHubAlarms(`${name}-alarm`, { ...watched, settings }, { parent: this });
    }

    this.vpcId = vpc.vpcId;
    this.parts = vpc.parts;
    this.contract = {
      version: CONTRACT_VERSION,
      region: settings.region,
      account: network.account,
      cidr: network.cidr,
      transitGatewayId: gateway.id,
      logArchiveArn: archive.arn,
      zones: privateZones.ids,
      endpointZones: endpoints.zoneIds,
      sharedEndpoints: [...settings.sharedEndpoints],
      resolverAddresses,
      spokeRoles,
      eventsTopicArn: events.topicArn,
      registry: `${network.account}.dkr.ecr.${settings.region}.amazonaws.com`,
      ...(forwarding === undefined ? {} : { resolverRules: forwarding.ruleIds }),
      ...(egress === undefined ? {} : { egress: { addresses: egress.addresses } }),
    };
    this.registerOutputs({ vpcId: this.vpcId, contract: this.contract });
  }

  private createLogArchive(): LogArchive {
    const { network, region, protect, flowLogRetentionDays: retentionDays } = this.settings;
    const args = { members: this.members, account: network.account, region, retentionDays, protect };
    return new LogArchive(`${this.name}-logs`, args, { parent: this });
  }

  /** @returns where tables and queries of logs belong */
  private createQueries({ bucket }: LogArchive): QueryPlace {
    const { region, addressSpace, protect, naming, flowLogRetentionDays: retentionDays } = this.settings;
    const { accounts } = this;
    const mine = { parent: this };
    const args = { prefix: naming.prefix, bucket, accounts, region, retentionDays, addressSpace, protect };
    const { place } = new FlowLogTable(`${this.name}-logs`, args, mine);
    if (this.settings.dnsFirewall !== undefined)
      new QueryLogTable(`${this.name}-queries`, { bucket, place, accounts }, mine);
    return place;
  }

  /**
   * The hub's VPC. awsx creates no NAT gateway in it, because nothing in the hub needs the internet. Its public subnets are
   * empty and cost nothing. They are reserved for load balancers; removing them would delete existing subnets.
   */
  private createNetwork({ arn: logArchiveArn }: LogArchive): Network {
    const { network, region, dnsFirewall } = this.settings;
    const { name, plan } = this;
    const mine = { parent: this };
    const vpc = new Network(name, { plan, natGateways: "None", logArchiveArn }, mine);
    const vpcId = vpc.vpcId;
    new QueryLog(name, { vpcId, logArchiveArn }, mine);
    if (dnsFirewall !== undefined) new DnsFirewall(name, { vpcId, settings: dnsFirewall }, mine);
    const routeTableIds = vpc.routeTableIds("private");
    new S3Endpoint(name, { vpcId, routeTableIds, accounts: [network.account], region }, mine);
    return vpc;
  }

  /** Principals of the hub's resource shares: every other account, or the organizations and OUs of `share-with`. */
  private principals(): readonly string[] {
    const { network, shareWith } = this.settings;
    return shareWith.length > 0 ? shareWith : this.accounts.filter((account) => account !== network.account);
  }

  private createTransitFlowLogs({ id }: TransitGateway, archive: LogArchive, place: QueryPlace): void {
    const { network, region, transitFlowLogs, flowLogRetentionDays: retentionDays } = this.settings;
    if (!transitFlowLogs) return;
    const args = { transitGatewayId: id, archive, place, account: network.account, region, retentionDays };
    new TransitFlowLogs(`${this.name}-transit`, args, { parent: this });
  }

  private createNetworkEvents(): NetworkEvents {
    const { network, region, naming, alarms } = this.settings;
    const { name, members } = this;
    const mine = { parent: this };
    const args = { prefix: naming.prefix, members, account: network.account, region };
    const events = new NetworkEvents(`${name}-events`, args, mine);
    const knownRoleArn = alarms.on ? deploymentRoleArn(network.account, naming.project, name) : undefined;
    new TransitEvents(
      name,
      { topicArn: events.topicArn, publisherAccount: undefined, deploymentRoleArn: knownRoleArn },
      mine,
    );
    if (alarms.on) subscribe(`${name}-events`, events.topicArn, alarms.emails, mine);
    return events;
  }

  /** One private hosted zone for the domain of all networks, and one for each spoke. */
  private createPrivateZones({ vpcId }: Network): PrivateZones {
    const { domain, spokes, protect } = this.settings;
    const domains = [domain, ...spokes.map((spoke) => ownDomain(spoke, domain))];
    return new PrivateZones(`${this.name}-zone`, { domains, vpcId, protect }, { parent: this });
  }

  /** @returns the Resolver inbound endpoint and its addresses; none if it is switched off */
  private createResolver(vpc: Network): { resolver: Resolver | undefined; addresses: string[] } {
    const { inboundResolver, addressSpace, sites } = this.settings;
    if (!inboundResolver) return { resolver: undefined, addresses: [] };
    const addresses = this.resolverAddresses(vpc, RESOLVER_HOST);
    const args = { vpcId: vpc.vpcId, addresses, addressSpace, siteCidrs: cidrsOutside(addressSpace, sites) };
    const resolver = new Resolver(`${this.name}-resolver`, args, { parent: this });
    return { resolver, addresses: addresses.map(({ ip }) => ip) };
  }

  /** One address of a Resolver endpoint in each of the first two AZs, at the same position of the private subnet. */
  private resolverAddresses(vpc: Network, host: number): ResolverArgs["addresses"] {
    const subnetIds = vpc.subnetIds("private");
    return this.plan.private.slice(0, RESOLVER_ZONES).flatMap(({ cidr }, zone) => {
      const subnetId = subnetIds[zone];
      return subnetId === undefined ? [] : [{ subnetId, ip: hostAddress(cidr, host) }];
    });
  }

  /** @returns undefined if no domain is forwarded */
  private createForwarding(vpc: Network): Forwarding | undefined {
    const { forwardDomains: domains } = this.settings;
    if (domains.length === 0) return undefined;
    const addresses = this.resolverAddresses(vpc, FORWARDING_HOST);
    const args = { hub: this.name, vpcId: vpc.vpcId, addresses, domains, shareWith: this.principals() };
    return new Forwarding(`${this.name}-outbound`, args, { parent: this });
  }

  private createSharedEndpoints(vpc: Network): SharedEndpoints {
    const { network, region, sharedEndpoints, addressSpace, protect } = this.settings;
    return new SharedEndpoints(
      `${this.name}-endpoint`,
      {
        services: sharedEndpoints.map((service) => endpointService(service, region)),
        vpcId: vpc.vpcId,
        subnetIds: vpc.subnetIds("private"),
        addressSpace,
        members: this.members,
        account: network.account,
        region,
        protect,
      },
      { parent: this },
    );
  }

  /** @returns ARNs of the roles of each spoke, by the name of its network */
  private createSpokeRoles(zones: PrivateZones, endpoints: SharedEndpoints): Record<string, SpokeRoles["arns"]> {
    const { network, spokes, domain, region, naming } = this.settings;
    const entries = spokes.map((spoke) => {
      const [shared, own] = [domain, ownDomain(spoke, domain)].map((each) => zones.arns[each]);
      if (shared === undefined || own === undefined) throw new Error(`no hosted zone was created for ${spoke.name}`);
      const roles = new SpokeRoles(
        `${this.name}-spoke-${spoke.name}`,
        {
          prefix: naming.prefix,
          spoke: spoke.name,
          spokeAccount: spoke.account,
          account: network.account,
          region,
          zoneArns: [shared, own, ...endpoints.zoneArns],
          ownZoneArn: own,
        },
        { parent: this },
      );
      return [spoke.name, roles.arns] as const;
    });
    return Object.fromEntries(entries);
  }

  /** @returns ARN of the role that image publishers take; undefined where there are none */
  private createRegistry(): pulumi.Output<string> | undefined {
    const { network, region, repositories, imagePublishers: publishers, protect } = this.settings;
    const { name, members } = this;
    const mine = { parent: this };
    const registry = new Registry(`${name}-images`, { repositories, members, protect }, mine);
    new ImageCache(`${name}-cache`, { members, account: network.account, region }, mine);
    // Without a repository there is nothing to push to, and IAM refuses a statement without a resource.
    if (publishers.length === 0 || repositories.length === 0) return undefined;
    const args = { publishers, repositoryArns: registry.arns };
    return new ImagePublishing(`${name}-publishing`, args, mine).roleArn;
  }
}
