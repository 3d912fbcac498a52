import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ZoneAssociationsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Hosted zone ids by domain name. Plain strings: each creates resources, named after the domain. */
  readonly zones: Readonly<Record<string, string>>;
  /** Provider of the account that owns the zones. */
  readonly hubProvider: aws.Provider;
}

/**
 * Associates this VPC with hosted zones of the hub. The owner of a zone authorizes, the owner of the VPC associates
 * (Amazon Route 53 Developer Guide, "Associating an Amazon VPC and a private hosted zone that you created with
 * different AWS accounts"). Both resources are in the spoke's stack, so its destroy removes both.
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
  /** Domain that is appended to short names. */
  readonly domainName: string;
  /** DNS servers before the VPC's own Resolver. */
  readonly resolverAddresses: readonly string[];
}

/**
 * DHCP options with the DNS servers of the VPC. AmazonProvidedDNS is always among them: EKS needs it for the private
 * API endpoint (Amazon EKS User Guide, "Cluster API server endpoint").
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
