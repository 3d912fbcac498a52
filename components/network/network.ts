import * as aws from "@pulumi/aws";
// Not the whole package, which loads clients of AWS and most of Kubernetes.
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
  /** Tags of the subnets, beside the default ones. @default none */
  readonly subnetTags?: { readonly public: Tags; readonly private: Tags };
  /** S3 bucket that the flow logs go to. */
  readonly logArchiveArn: pulumi.Input<string>;
}

/**
 * The VPC of a hub or a spoke: in every zone a public, a private and a transit subnet, each with a route table of
 * its own; NAT gateways as asked for; all traffic logged; a default security group that lets nothing pass.
 *
 * A subnet's block and name depend on its tier and zone alone, so a further zone only adds.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** What awsx makes inside its plugin, for a resource that must come after all of it. */
  readonly parts: pulumi.Output<readonly pulumi.Resource[]>;
  private readonly vpc: Vpc;
  private readonly zones: readonly number[];

  constructor(
    private readonly name: string,
    { plan, natGateways, subnetTags, logArchiveArn }: NetworkArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:network:Network", name, {}, opts);
    const cidrBlocks = (tier: Tier): string[] => plan[tier].map(({ cidr }) => cidr);
    const availabilityZoneNames = plan.private.map(({ zone }) => zone);

    // "Auto" is the one strategy that takes these blocks as they are: the default ignores them without a word, and
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
    this.parts = pulumi
      .all([vpc.internetGateway, vpc.routes, vpc.routeTableAssociations, vpc.natGateways, vpc.eips])
      .apply(([gateway, ...lists]) => [gateway, ...lists.flat()]);
    this.zones = [...availabilityZoneNames.keys()];

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

  /** Route table ids of a tier, in AZ order. */
  routeTableIds(tier: Tier): pulumi.Output<string>[] {
    return this.zones.map((zone) => routeTableId(this.vpc, this.name, tier, zone));
  }
}

/**
 * Single subnets and route tables of an `Vpc`, safe while a zone is being added.
 *
 * The lists of ids (`privateSubnetIds`, ...) are unknown as a whole as long as one id in them is, and then whatever
 * reads the id of an old subnet shows a replacement in the preview that the update would not make. The lists of
 * resources stay known, so an element is taken from them, and only that element's id.
 */
export function subnetId(vpc: Vpc, tier: Tier, zone: number): pulumi.Output<string> {
  const subnets = { public: vpc.publicSubnets, private: vpc.privateSubnets, transit: vpc.isolatedSubnets }[tier];
  return subnets.apply((list) => present(list[zone], `${tier} subnet ${String(zone + 1)}`).id);
}

/** The route table is found by its Name tag: the order of the list is awsx's own affair. */
export function routeTableId(vpc: Vpc, name: string, tier: Tier, zone: number): pulumi.Output<string> {
  const wanted = `${name}-${tier}-${String(zone + 1)}`;
  return vpc.routeTables.apply((tables) =>
    pulumi
      .all(tables.map((table) => table.tags))
      .apply((tags) => present(tables[tags.findIndex((tag) => tag?.["Name"] === wanted)], `route table ${wanted}`).id),
  );
}

function present<T>(item: T | undefined, what: string): T {
  if (item === undefined) throw new Error(`Vpc created no ${what}`);
  return item;
}

export interface QueryLogArgs {
  readonly vpcId: pulumi.Input<string>;
  /** S3 bucket that the log goes to. */
  readonly logArchiveArn: pulumi.Input<string>;
}

/** Every name that is asked for in a VPC, and the answer, in the log archive. */
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
