import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ResolverArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Where it listens: a subnet and an address in it. Two, in two zones, and never others. */
  readonly addresses: readonly { readonly subnetId: pulumi.Input<string>; readonly ip: string }[];
  /** Allowed clients: the IPv4 CIDR of all networks. */
  readonly addressSpace: string;
}

/** DNS: RFC 1035, section 4.2. */
const DNS_PORT = 53;

/**
 * The inbound resolver: what the DHCP options of a spoke hand out as its first servers.
 *
 * Its addresses are pinned. The servers of DHCP options cannot be changed in place, so an address that AWS chose anew
 * would replace the options of every spoke.
 */
export class Resolver extends pulumi.ComponentResource {
  constructor(name: string, { vpcId, addresses, addressSpace }: ResolverArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:hub:Resolver", name, {}, opts);
    const mine = { parent: this };

    const group = new aws.ec2.SecurityGroup(
      name,
      { vpcId, description: "Inbound resolver: DNS from the networks", tags: { Name: name } },
      mine,
    );
    for (const ipProtocol of ["tcp", "udp"]) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-${ipProtocol}`,
        {
          securityGroupId: group.id,
          description: `DNS over ${ipProtocol} from the networks`,
          cidrIpv4: addressSpace,
          ipProtocol,
          fromPort: DNS_PORT,
          toPort: DNS_PORT,
        },
        mine,
      );
    }
    new aws.route53.ResolverEndpoint(
      name,
      {
        name,
        direction: "INBOUND",
        securityGroupIds: [group.id],
        ipAddresses: addresses.map(({ subnetId, ip }) => ({ subnetId, ip })),
        tags: { Name: name },
      },
      mine,
    );
    this.registerOutputs({});
  }
}
