import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ApiAccessArgs {
  /** Security group that EKS made for the cluster. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Private IPv4 CIDRs that reach the API. Plain: each is a rule. */
  readonly cidrs: readonly string[];
}

const HTTPS_PORT = 443;

/**
 * Lets other networks reach the private Kubernetes API. The security group that EKS makes admits only itself, so without
 * these rules only the cluster's own nodes do (Amazon EKS User Guide, "View Amazon EKS security group requirements for
 * clusters").
 */
export class ApiAccess extends pulumi.ComponentResource {
  constructor(name: string, { securityGroupId, cidrs }: ApiAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:spoke:ApiAccess", name, {}, opts);
    for (const cidr of cidrs) {
      new aws.vpc.SecurityGroupIngressRule(
        // The name has the CIDR in it, so that one that joins or leaves moves no other.
        `${name}-api-${cidr}`,
        {
          securityGroupId,
          description: `Kubernetes API from ${cidr}`,
          cidrIpv4: cidr,
          ipProtocol: "tcp",
          fromPort: HTTPS_PORT,
          toPort: HTTPS_PORT,
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
