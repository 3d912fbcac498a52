import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ZoneAssociationsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Hosted zone ids by domain name. Plain: each makes resources, named after the domain. */
  readonly zones: Readonly<Record<string, string>>;
  /** Provider of the account that owns the zones. */
  readonly hubProvider: aws.Provider;
}

/**
 * Makes zones of the hub answer in this VPC. The owner of a zone authorises, the owner of the VPC associates
 * (Amazon Route 53 Developer Guide, "Associating an Amazon VPC and a private hosted zone that you created with
 * different AWS accounts"); both stand in this stack, so its destroy leaves neither behind.
 */
export class ZoneAssociations extends pulumi.ComponentResource {
  constructor(
    name: string,
    { vpcId, zones, hubProvider }: ZoneAssociationsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:spoke:ZoneAssociations", name, {}, opts);
    for (const [domain, zoneId] of Object.entries(zones)) {
      const authorization = new aws.route53.VpcAssociationAuthorization(
        `${name}-${domain}`,
        { zoneId, vpcId },
        { parent: this, provider: hubProvider },
      );
      new aws.route53.ZoneAssociation(
        `${name}-${domain}`,
        { zoneId: authorization.zoneId, vpcId: authorization.vpcId },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}

export interface DhcpOptionsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Domain that a short name is looked up in. */
  readonly domainName: string;
  /** Addresses that are asked before the VPC's own resolver. */
  readonly resolverAddresses: readonly string[];
}

/**
 * What machines in the VPC learn of DNS. AmazonProvidedDNS is always among the servers: EKS finds its private API
 * endpoint by it (Amazon EKS User Guide, "Cluster API server endpoint").
 */
export class DhcpOptions extends pulumi.ComponentResource {
  constructor(
    name: string,
    { vpcId, domainName, resolverAddresses }: DhcpOptionsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:spoke:DhcpOptions", name, {}, opts);
    const options = new aws.ec2.VpcDhcpOptions(
      name,
      { domainName, domainNameServers: [...resolverAddresses, "AmazonProvidedDNS"] },
      { parent: this },
    );
    new aws.ec2.VpcDhcpOptionsAssociation(name, { vpcId, dhcpOptionsId: options.id }, { parent: this });
    this.registerOutputs({});
  }
}
