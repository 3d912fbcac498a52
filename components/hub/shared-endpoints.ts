import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EndpointService } from "../facts/endpoint-services";
import { awsRegistries, IMAGE_CACHES } from "../facts/registries";
import { EVERYBODY, forMembers, type Members } from "../members";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { PrivateZones } from "./dns";
import { FIRST_PULL_ACTIONS, LIST_ACTIONS, PULL_ACTIONS, PUSH_ACTIONS } from "./registry";

export interface SharedEndpointsArgs {
  /** Services to offer. Plain values: each creates an endpoint, its hosted zones and their records. */
  readonly services: readonly EndpointService[];
  readonly vpcId: pulumi.Input<string>;
  /** Subnets of the endpoints, one per AZ. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  /** Allowed clients: the IPv4 CIDR of all networks. */
  readonly addressSpace: string;
  /** Accounts whose principals may use the endpoints. */
  readonly members: Members;
  /** Account and region of the hub. */
  readonly account: string;
  readonly region: string;
  readonly protect: boolean;
}

const HTTPS_PORT = 443;

/**
 * Interface endpoints for every network. The private DNS of an endpoint would serve only the hub's VPC, and AWS refuses
 * it beside a hosted zone of the same name. So it is switched off, and hosted zones that are associated with every
 * network replace it.
 */
export class SharedEndpoints extends pulumi.ComponentResource {
  /** Ids of the hosted zones, by domain name. */
  readonly zoneIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** ARNs of the hosted zones, in the order of {@link zoneIds}. */
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
      this.createRecords(name, service, endpoint, zones);
    }
    this.registerOutputs({ zoneIds: this.zoneIds });
  }

  /** Points the names of a service to its endpoint. */
  private createRecords(
    name: string,
    service: EndpointService,
    endpoint: aws.ec2.VpcEndpoint,
    zones: PrivateZones,
  ): void {
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
        { parent: this },
      );
    }
  }
}

export interface EndpointPolicyArgs {
  readonly service: EndpointService;
  /** Accounts whose principals may use the endpoint, and whose registries they may reach through it. */
  readonly members: Members;
  /** Account of the hub, which has the cache. */
  readonly account: string;
  readonly region: string;
}

/**
 * Actions with which scanners and image updaters read a repository (Service Authorization Reference, "Actions,
 * resources, and condition keys for Amazon ECR", access levels List and Read).
 */
const READ_ACTIONS = [
  ...LIST_ACTIONS,
  "ecr:BatchGetRepositoryScanningConfiguration",
  "ecr:DescribeImageReplicationStatus",
  "ecr:DescribeImageScanFindings",
  "ecr:DescribeRepositories",
  "ecr:GetLifecyclePolicy",
  "ecr:GetRepositoryPolicy",
  "ecr:ListTagsForResource",
] as const;

/** Actions on a registry as a whole, which have no resource (the same page). */
const REGISTRY_ACTIONS = [
  "ecr:DescribePullThroughCacheRules",
  "ecr:DescribeRegistry",
  "ecr:DescribeRepositoryCreationTemplates",
  "ecr:GetAuthorizationToken",
  "ecr:GetRegistryPolicy",
  "ecr:GetRegistryScanningConfiguration",
] as const;

/**
 * Policy of a shared endpoint. It allows only our principals, so credentials of another account do not work from inside
 * our networks. For ECR it allows pushes only to our registries, so that no image leaves this way, and pulls only from
 * ours and AWS's.
 */
export function endpointPolicy(args: EndpointPolicyArgs): PolicyDocument {
  return args.service.iamPrefix === "ecr" ? registryPolicy(args) : servicePolicy(args);
}

function servicePolicy({ service, members }: EndpointPolicyArgs): PolicyDocument {
  return policyDocument(
    ...forMembers(members, ["Principal"], {
      Sid: "OurAccounts",
      Effect: "Allow",
      Principal: EVERYBODY,
      Action: `${service.iamPrefix}:*`,
      // Any resource: the policies of the principals limit what they may do with the service.
      Resource: "*",
    }),
  );
}

function registryPolicy({ members, account, region }: EndpointPolicyArgs): PolicyDocument {
  const repositories = (registry: string, path = "*"): string => `arn:aws:ecr:${region}:${registry}:repository/${path}`;
  const allow = { Effect: "Allow", Principal: EVERYBODY } as const;
  return policyDocument(
    ...forMembers(members, ["Principal"], { Sid: "Authorise", ...allow, Action: REGISTRY_ACTIONS, Resource: "*" }),
    ...forMembers(members, ["Principal", "Resource"], {
      Sid: "OurRegistries",
      ...allow,
      Action: [...PULL_ACTIONS, ...PUSH_ACTIONS, ...READ_ACTIONS],
      Resource: repositories("*"),
    }),
    ...forMembers(members, ["Principal"], {
      Sid: "FillTheCache",
      ...allow,
      Action: FIRST_PULL_ACTIONS,
      Resource: IMAGE_CACHES.map(({ prefix }) => repositories(account, `${prefix}/*`)),
    }),
    ...forMembers(members, ["Principal"], {
      Sid: "AwsRegistries",
      ...allow,
      Action: PULL_ACTIONS,
      Resource: awsRegistries(region).map((registry) => repositories(registry)),
    }),
  );
}
