import * as aws from "@pulumi/aws";
// Not the whole package: it would load AWS clients and most of Kubernetes.
import { Vpc } from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { AddressPlan, Tier } from "../address-plan";
import { FLOW_LOG_FORMAT } from "../facts/flow-log-fields";
import type { Tags } from "../names";

export interface NetworkArgs {
  /** CIDRs of the VPC and of its subnets per AZ. A plain value, because it decides which subnets exist. */
  readonly plan: AddressPlan;
  /** NAT gateways: none, one in the first AZ for all, or one per AZ. */
  readonly natGateways: "None" | "Single" | "OnePerAz";
  /** Tags of the subnets, in addition to the default ones. @default none */
  readonly subnetTags?: { readonly public: Tags; readonly private: Tags };
  /** S3 bucket that the flow logs go to. */
  readonly logArchiveArn: pulumi.Input<string>;
}

/**
 * The VPC of the hub or of a spoke: in every AZ a public, a private and a transit subnet, each with its own route
 * table; NAT gateways; a flow log of all traffic; a default security group without rules.
 *
 * The CIDR and the name of a subnet depend only on its tier and AZ, so a further AZ only adds resources.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** What a public NAT gateway of the VPC needs. */
  readonly internetGateway: pulumi.Output<aws.ec2.InternetGateway>;
  /** Resources that awsx creates. A `dependsOn` of the component does not include them, so it needs this list, too. */
  readonly parts: pulumi.Output<readonly pulumi.Resource[]>;
  private readonly vpc: Vpc;
  private readonly zones: readonly number[];
  /** AZs with a NAT gateway. */
  private readonly natZones: readonly number[];

  constructor(
    private readonly name: string,
    { plan, natGateways, subnetTags, logArchiveArn }: NetworkArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:network:Network", name, {}, opts);
    const cidrBlocks = (tier: Tier): string[] => plan[tier].map(({ cidr }) => cidr);
    const availabilityZoneNames = plan.private.map(({ zone }) => zone);

    // "Auto" is the only strategy that uses these CIDRs as they are: the default ignores them without a warning, and
    // "Exact" refuses the free space between them.
    this.vpc = new Vpc(
      name,
      {
        cidrBlock: plan.cidr,
        availabilityZoneNames,
        subnetStrategy: "Auto",
        subnetSpecs: [
          { type: "Public", name: "public", cidrBlocks: cidrBlocks("public"), tags: { ...subnetTags?.public } },
          { type: "Private", name: "private", cidrBlocks: cidrBlocks("private"), tags: { ...subnetTags?.private } },
          { type: "Isolated", name: "transit", cidrBlocks: cidrBlocks("transit") },
        ],
        natGateways: { strategy: natGateways },
        enableDnsHostnames: true,
      },
      { parent: this },
    );
    this.vpcId = this.vpc.vpcId;
    const { vpc } = this;
    this.internetGateway = vpc.internetGateway;
    this.parts = pulumi
      .all([vpc.internetGateway, vpc.routes, vpc.routeTableAssociations, vpc.natGateways, vpc.eips])
      .apply(([gateway, ...lists]) => [gateway, ...lists.flat()]);
    this.zones = [...availabilityZoneNames.keys()];
    this.natZones = this.zones.slice(0, { None: 0, Single: 1, OnePerAz: this.zones.length }[natGateways]);

    new aws.ec2.DefaultSecurityGroup(name, { vpcId: this.vpcId, ingress: [], egress: [] }, { parent: this });

    new aws.ec2.FlowLog(
      name,
      {
        vpcId: this.vpcId,
        trafficType: "ALL",
        logDestinationType: "s3",
        logDestination: logArchiveArn,
        logFormat: FLOW_LOG_FORMAT,
        destinationOptions: { fileFormat: "parquet", perHourPartition: true, hiveCompatiblePartitions: false },
        tags: { Name: name },
      },
      { parent: this },
    );
    this.registerOutputs({ vpcId: this.vpcId });
  }

  /** Subnet ids of a tier, in AZ order. */
  subnetIds(tier: Tier): pulumi.Output<string>[] {
    return this.zones.map((zone) => subnetId(this.vpc, tier, zone));
  }

  /** Ids of the NAT gateways that the network creates, in AZ order. */
  natGatewayIds(): pulumi.Output<string>[] {
    return this.natZones.map((zone) =>
      this.vpc.natGateways.apply((list) => present(list[zone], `NAT gateway ${String(zone + 1)}`).id),
    );
  }

  /** Route table ids of a tier, in AZ order. */
  routeTableIds(tier: Tier): pulumi.Output<string>[] {
    return this.zones.map((zone) => routeTableId(this.vpc, this.name, tier, zone));
  }
}

/**
 * The id of one subnet, which stays known while an AZ is being added.
 *
 * The lists of ids (`privateSubnetIds`, ...) are unknown as a whole while one id in them is. A preview would then show
 * that everything with the id of an existing subnet is replaced, which the update would not do. The lists of resources
 * stay known, so this takes an element of such a list and then its id.
 */
export function subnetId(vpc: Vpc, tier: Tier, zone: number): pulumi.Output<string> {
  const subnets = { public: vpc.publicSubnets, private: vpc.privateSubnets, transit: vpc.isolatedSubnets }[tier];
  return subnets.apply((list) => present(list[zone], `${tier} subnet ${String(zone + 1)}`).id);
}

/** The id of one route table. It is found by its Name tag, because the order of awsx's list is not documented. */
export function routeTableId(vpc: Vpc, name: string, tier: Tier, zone: number): pulumi.Output<string> {
  const wanted = `${name}-${tier}-${String(zone + 1)}`;
  return vpc.routeTables.apply((tables) =>
    pulumi
      .all(tables.map((table) => table.tags))
      .apply((tags) => present(tables[tags.findIndex((tag) => tag?.["Name"] === wanted)], `route table ${wanted}`).id),
  );
}

function present<T>(item: T | undefined, what: string): T {
  if (item === undefined) throw new Error(`awsx.ec2.Vpc created no ${what}`);
  return item;
}

export interface QueryLogArgs {
  readonly vpcId: pulumi.Input<string>;
  /** S3 bucket that the log goes to. */
  readonly logArchiveArn: pulumi.Input<string>;
}

/** Logs all DNS queries of a VPC, with the answers, to the log archive. */
export class QueryLog extends pulumi.ComponentResource {
  constructor(name: string, { vpcId, logArchiveArn }: QueryLogArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:network:QueryLog", name, {}, opts);
    const config = new aws.route53.ResolverQueryLogConfig(
      name,
      { name, destinationArn: logArchiveArn, tags: { Name: name } },
      { parent: this },
    );
    new aws.route53.ResolverQueryLogConfigAssociation(
      name,
      { resolverQueryLogConfigId: config.id, resourceId: vpcId },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
