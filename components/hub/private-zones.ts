import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface PrivateZonesArgs {
  /** Domain names of the zones. Plain: each is a resource, and the name of it. */
  readonly domains: readonly string[];
  /** VPC of the hub, which every hosted zone is created with. */
  readonly vpcId: pulumi.Input<string>;
  /** Whether to protect the hosted zones; without it, a destroy also deletes their records. */
  readonly protect: boolean;
}

/**
 * Private hosted zones that the hub's VPC and any number of spokes' VPCs read.
 *
 * A spoke associates itself and takes its association away again, so the hub looks after its own VPC alone: without
 * `ignoreChanges` the next update of the hub would remove what the spokes have added.
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
