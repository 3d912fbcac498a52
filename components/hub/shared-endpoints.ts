import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EndpointService } from "../facts/endpoint-services";
import type { Members } from "../members";
import { endpointPolicy } from "./endpoint-policy";
import { PrivateZones } from "./dns";

export interface SharedEndpointsArgs {
  /** Plain: each makes an endpoint, its zones and their records. */
  readonly services: readonly EndpointService[];
  readonly vpcId: pulumi.Input<string>;
  /** Subnets of the endpoints, one per AZ. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** Allowed clients: the IPv4 CIDR of all networks. */
  readonly addressSpace: string;
  /** Who may come, by account. */
  readonly members: Members;
  /** Account and region of the hub. */
  readonly account: string;
  readonly region: string;
  readonly protect: boolean;
}

const HTTPS_PORT = 443;

/**
 * Interface endpoints for every network. The endpoint's own private DNS would serve the hub's VPC alone, and AWS
 * refuses it beside a zone of the same name, so it is off and the zone is ours: associated with every network.
 */
export class SharedEndpoints extends pulumi.ComponentResource {
  /** Ids of the zones, by domain name. */
  readonly zoneIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** ARNs of the zones, in the order of {@link zoneIds}. */
  readonly zoneArns: readonly pulumi.Output<string>[];

  constructor(name: string, args: SharedEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:hub:SharedEndpoints", name, {}, opts);
    const { services, vpcId, subnetIds, addressSpace, members, account, region, protect } = args;
    const mine = { parent: this };

    const group = new aws.ec2.SecurityGroup(
      name,
      { vpcId, description: "Shared endpoints: HTTPS from the networks", tags: { Name: name } },
      mine,
    );
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-https`,
      {
        securityGroupId: group.id,
        description: "HTTPS from the networks",
        cidrIpv4: addressSpace,
        ipProtocol: "tcp",
        fromPort: HTTPS_PORT,
        toPort: HTTPS_PORT,
      },
      mine,
    );

    const domains = services.flatMap(({ zones }) => zones.map(({ domain }) => domain));
    const zones = new PrivateZones(name, { domains, vpcId, protect }, mine);
    this.zoneIds = zones.ids;
    this.zoneArns = Object.values(zones.arns);

    for (const service of services) {
      const endpoint = new aws.ec2.VpcEndpoint(
        `${name}-${service.name}`,
        {
          vpcId,
          serviceName: `com.amazonaws.${region}.${service.name}`,
          vpcEndpointType: "Interface",
          subnetIds: [...subnetIds],
          securityGroupIds: [group.id],
          privateDnsEnabled: false,
          policy: JSON.stringify(endpointPolicy({ service, members, account, region })),
          tags: { Name: `${name}-${service.name}` },
        },
        mine,
      );
      // The first entry is the endpoint's name in the whole Region; one for each Availability Zone follows.
      const regional = endpoint.dnsEntries.apply(([entry]) => {
        if (entry === undefined) throw new Error(`AWS returned no DNS name for the interface endpoint ${service.name}`);
        return entry;
      });
      for (const { domain, record } of service.zones) {
        const zoneId = zones.ids[domain];
        if (zoneId === undefined) throw new Error(`no hosted zone was created for ${domain}`);
        new aws.route53.Record(
          `${name}-${domain}`,
          {
            zoneId,
            name: record === "wildcard" ? `*.${domain}` : domain,
            type: "A",
            aliases: [
              {
                name: regional.dnsName,
                zoneId: regional.hostedZoneId,
                evaluateTargetHealth: false,
              },
            ],
          },
          mine,
        );
      }
    }
    this.registerOutputs({ zoneIds: this.zoneIds });
  }
}
