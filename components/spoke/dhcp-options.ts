import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

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
