import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface PrivateZonesArgs {
  /** Domain names of the hosted zones. Plain strings: each is a resource and its name. */
  readonly domains: readonly string[];
  /** VPC of the hub, with which every hosted zone is created. */
  readonly vpcId: pulumi.Input<string>;
  /** Whether to protect the hosted zones; without it, a destroy also deletes their records. */
  readonly protect: boolean;
}

/**
 * Private hosted zones for the hub's VPC and for the VPCs of spokes.
 *
 * Each spoke associates its own VPC and removes the association again. Without `ignoreChanges` the next update of the
 * hub would remove the associations of the spokes.
 */
export class PrivateZones extends pulumi.ComponentResource {
  /** Zone ids, by domain name. */
  readonly ids: Readonly<Record<string, pulumi.Output<string>>>;
  /** ARNs of the zones, by domain name. */
  readonly arns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, { domains, vpcId, protect }: PrivateZonesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:hub:PrivateZones", name, {}, opts);
    const zones = domains.map((domain) => {
      const zone = new aws.route53.Zone(
        `${name}-${domain}`,
        { name: domain, vpcs: [{ vpcId }], forceDestroy: !protect, comment: "Private hosted zone of the network" },
        { parent: this, protect, ignoreChanges: ["vpcs"] },
      );
      return [domain, zone] as const;
    });
    this.ids = Object.fromEntries(zones.map(([domain, zone]) => [domain, zone.zoneId]));
    this.arns = Object.fromEntries(zones.map(([domain, zone]) => [domain, zone.arn]));
    this.registerOutputs({ ids: this.ids });
  }
}

export interface ResolverArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Subnets and addresses of the endpoint: two, in two AZs, which never change. */
  readonly addresses: readonly { readonly subnetId: pulumi.Input<string>; readonly ip: string }[];
  /** Allowed clients: the IPv4 CIDR of all networks. */
  readonly addressSpace: string;
  /** Further allowed clients: CIDRs of external sites outside that CIDR. @default none */
  readonly siteCidrs?: readonly string[];
}

/** DNS: RFC 1035, section 4.2. */
export const DNS_PORT = 53;

/**
 * The Resolver inbound endpoint, whose addresses the DHCP options of spokes contain as the first servers.
 *
 * The addresses are fixed. The servers of DHCP options cannot change in place, so another address would replace the
 * options of every spoke.
 */
export class Resolver extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  /** Ids that AWS gives the addresses, `rni-...`, in their order. */
  readonly addressIds: readonly pulumi.Output<string>[];

  constructor(
    name: string,
    { vpcId, addresses, addressSpace, siteCidrs = [] }: ResolverArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:Resolver", name, {}, opts);
    const mine = { parent: this };

    const group = new aws.ec2.SecurityGroup(
      name,
      { vpcId, description: "Inbound resolver: DNS from the networks", tags: { Name: name } },
      mine,
    );
    for (const ipProtocol of ["tcp", "udp"]) {
      const description = `DNS over ${ipProtocol} from the networks`;
      this.admit(`${name}-${ipProtocol}`, group.id, { description, cidrIpv4: addressSpace, ipProtocol });
      for (const cidrIpv4 of siteCidrs) {
        const ofSite = { description: `DNS over ${ipProtocol} from a site`, cidrIpv4, ipProtocol };
        this.admit(`${name}-${ipProtocol}-${cidrIpv4.replace("/", "-")}`, group.id, ofSite);
      }
    }
    const endpoint = new aws.route53.ResolverEndpoint(
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
    this.id = endpoint.id;
    this.addressIds = addressIdsOf(endpoint, addresses);
    this.registerOutputs({});
  }

  private admit(
    name: string,
    securityGroupId: pulumi.Input<string>,
    rule: Pick<aws.vpc.SecurityGroupIngressRuleArgs, "description" | "cidrIpv4" | "ipProtocol">,
  ): void {
    const port = { fromPort: DNS_PORT, toPort: DNS_PORT };
    new aws.vpc.SecurityGroupIngressRule(name, { securityGroupId, ...rule, ...port }, { parent: this });
  }
}

/** Ids that AWS gives the addresses of a Resolver endpoint, `rni-...`, in the order of the addresses. */
export function addressIdsOf(
  { ipAddresses }: aws.route53.ResolverEndpoint,
  addresses: ResolverArgs["addresses"],
): pulumi.Output<string>[] {
  // The provider's list is a set, without an order. The type has no id for an address that is not made yet.
  return addresses.map(({ ip }) => ipAddresses.apply((list) => list.find((each) => each.ip === ip)?.ipId ?? ip));
}
