import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { addressPlan, hostAddress, type AddressPlan } from "../address-plan";
import { endpointService } from "../facts/endpoint-services";
import { CONTRACT_VERSION, type HubContractOutput } from "../hub-contract";
import { FlowLogTable } from "./flow-log-table";
import { ImageCache } from "./image-cache";
import { ImagePublishing } from "./image-publishing";
import { LogArchive } from "./log-archive";
import { NetworkEvents } from "./network-events";
import { PrivateZones } from "./private-zones";
import { Registry } from "./registry";
import { Resolver } from "./resolver";
import { SharedEndpoints } from "./shared-endpoints";
import { SpokeRoles } from "./spoke-roles";
import { TransitGateway } from "./transit-gateway";
import { membersOf, type Members } from "../members";
import { Network } from "../network/network";
import { QueryLog } from "../network/query-log";
import { S3Endpoint } from "../network/s3-endpoint";
import { TransitAttachment } from "../network/transit-attachment";
import { TransitEvents } from "../network/transit-events";
import { ownDomain, type HubSettings } from "../settings/settings";

/** AZs of the hub with a Resolver inbound endpoint address. Never change it: every spoke's DHCP options have these addresses. */
const RESOLVER_ZONES = 2;
/** Number of its address in their private subnets. AWS keeps the first four. */
const RESOLVER_HOST = 10;

/** What all networks share: the crossroads, names, images, and the archive of their logs. */
export class Hub extends pulumi.ComponentResource {
  readonly contract: HubContractOutput;
  readonly vpcId: pulumi.Output<string>;
  /** See {@link Network.parts}. */
  readonly parts: Network["parts"];
  /** Role that image publishers take; undefined where there are none. */
  readonly imagePublisherRoleArn: pulumi.Output<string> | undefined;

  constructor(settings: HubSettings, opts?: pulumi.ComponentResourceOptions) {
    const { network, spokes, region, addressSpace, domain, protect } = settings;
    const { name, account } = network;
    super("piksel:hub:Hub", name, {}, opts);
    const mine = { parent: this };
    const accounts = [...new Set([network, ...spokes].map((each) => each.account))].sort();
    const members = membersOf({ shareWith: settings.shareWith, hub: account, accounts });
    const plan = addressPlan(network.cidr, settings.zones);

    const archive = this.logs(settings, members, accounts);
    // No NAT gateway: nothing in the hub needs the internet. Its public subnets are empty and cost nothing. They keep their
    // place in the address plan for load balancers and central egress; leaving them out would delete subnets that exist.
    const vpc = new Network(name, { plan, natGateways: "None", logArchiveArn: archive.arn }, mine);
    const vpcId = vpc.vpcId;
    new QueryLog(name, { vpcId, logArchiveArn: archive.arn }, mine);
    new S3Endpoint(name, { vpcId, routeTableIds: vpc.routeTableIds("private"), accounts: [account], region }, mine);

    const gateway = this.transit(settings, vpc, accounts);
    const events = this.events(settings, members);

    const domains = [domain, ...spokes.map((spoke) => ownDomain(spoke, domain))];
    const zones = new PrivateZones(`${name}-zone`, { domains, vpcId, protect }, mine);
    const resolverAddresses = settings.inboundResolver ? this.resolver(settings, vpc, plan) : [];
    const endpoints = new SharedEndpoints(
      `${name}-endpoint`,
      {
        services: settings.sharedEndpoints.map((service) => endpointService(service, region)),
        vpcId,
        subnetIds: vpc.subnetIds("private"),
        addressSpace,
        members,
        account,
        region,
        protect,
      },
      mine,
    );
    const spokeRoles = this.spokeRoles(settings, zones, endpoints);

    this.imagePublisherRoleArn = this.images(settings, members);
    this.vpcId = vpcId;
    this.parts = vpc.parts;
    this.contract = {
      version: CONTRACT_VERSION,
      region,
      account,
      cidr: network.cidr,
      transitGatewayId: gateway.id,
      logArchiveArn: archive.arn,
      zones: zones.ids,
      endpointZones: endpoints.zoneIds,
      sharedEndpoints: [...settings.sharedEndpoints],
      resolverAddresses,
      spokeRoles,
      eventsTopicArn: events.topicArn,
      registry: `${account}.dkr.ecr.${region}.amazonaws.com`,
    };
    this.registerOutputs({ vpcId: this.vpcId, contract: this.contract });
  }

  private logs(settings: HubSettings, members: Members, accounts: readonly string[]): LogArchive {
    const { network, region, addressSpace, protect, naming, flowLogRetentionDays: retentionDays } = settings;
    const name = `${network.name}-logs`;
    const archive = new LogArchive(
      name,
      { members, account: network.account, region, retentionDays, protect },
      { parent: this },
    );
    new FlowLogTable(
      name,
      { prefix: naming.prefix, bucket: archive.bucket, accounts, region, retentionDays, addressSpace, protect },
      { parent: this },
    );
    return archive;
  }

  private transit(settings: HubSettings, vpc: Network, accounts: readonly string[]): TransitGateway {
    const { network, addressSpace, protect } = settings;
    const { name, account } = network;
    const mine = { parent: this };
    const shareWith = settings.shareWith.length > 0 ? settings.shareWith : accounts.filter((each) => each !== account);
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
    return gateway;
  }

  private events({ network, region, naming }: HubSettings, members: Members): NetworkEvents {
    const { name, account } = network;
    const events = new NetworkEvents(
      `${name}-events`,
      { prefix: naming.prefix, members, account, region },
      { parent: this },
    );
    new TransitEvents(
      name,
      { topicArn: events.topicArn, publisherAccount: undefined, permissionsBoundary: undefined },
      { parent: this },
    );
    return events;
  }

  private spokeRoles(
    { network, spokes, domain, region, naming, permissionsBoundary }: HubSettings,
    zones: PrivateZones,
    endpoints: SharedEndpoints,
  ): Record<string, SpokeRoles["arns"]> {
    const entries = spokes.map((spoke) => {
      const [shared, own] = [domain, ownDomain(spoke, domain)].map((each) => zones.arns[each]);
      if (shared === undefined || own === undefined) throw new Error(`no hosted zone was created for ${spoke.name}`);
      const roles = new SpokeRoles(
        `${network.name}-spoke-${spoke.name}`,
        {
          prefix: naming.prefix,
          spoke: spoke.name,
          spokeAccount: spoke.account,
          account: network.account,
          region,
          zoneArns: [shared, own, ...endpoints.zoneArns],
          ownZoneArn: own,
          permissionsBoundary,
        },
        { parent: this },
      );
      return [spoke.name, roles.arns] as const;
    });
    return Object.fromEntries(entries);
  }

  private resolver({ network, addressSpace }: HubSettings, vpc: Network, plan: AddressPlan): string[] {
    const subnetIds = vpc.subnetIds("private");
    const addresses = plan.private.slice(0, RESOLVER_ZONES).flatMap(({ cidr }, zone) => {
      const subnetId = subnetIds[zone];
      return subnetId === undefined ? [] : [{ subnetId, ip: hostAddress(cidr, RESOLVER_HOST) }];
    });
    new Resolver(`${network.name}-resolver`, { vpcId: vpc.vpcId, addresses, addressSpace }, { parent: this });
    return addresses.map(({ ip }) => ip);
  }

  private images(settings: HubSettings, members: Members): pulumi.Output<string> | undefined {
    const { network, region, repositories, imagePublishers: publishers, protect, permissionsBoundary } = settings;
    const { name, account } = network;
    const mine = { parent: this };
    const registry = new Registry(`${name}-images`, { repositories, members, protect }, mine);
    new ImageCache(`${name}-cache`, { members, account, region }, mine);
    // Without a repository there is nothing to push to, and IAM refuses a statement for no resource.
    if (publishers.length === 0 || repositories.length === 0) return undefined;
    return new ImagePublishing(
      `${name}-publishing`,
      { publishers, repositoryArns: registry.arns, permissionsBoundary },
      mine,
    ).roleArn;
  }
}
