/**
 * Names in AWS and the tags of every resource, derived from the project's name and the key `prefix`.
 * `delivery/bootstrap/` writes grants for these names; `tools/strays/` and `e2e/` look for them. Most resources have no
 * fixed name: Pulumi derives it from their logical name, which begins with the stack's.
 */
import { DISCOVERY_TAG } from "./kubernetes-names";

/** The parts of names, the same in every stack. */
export interface Naming {
  /** Name of the Pulumi project. */
  readonly project: string;
  /** The key `prefix`. */
  readonly prefix: string;
}

export type Tags = Readonly<Record<string, string>>;

/** Longest name of a network. The names of IAM roles contain it, with the prefix and a purpose. */
export const MAX_NETWORK_NAME = 20;
/** Longest name of an IAM role (IAM User Guide, "IAM and AWS STS quotas"). */
export const MAX_ROLE_NAME = 64;

/**
 * Name of the EKS cluster of a network. Its subnets have it in a tag, by which Karpenter finds them; its queue has the
 * same name.
 */
export function clusterName(prefix: string, network: string): string {
  return `${prefix}-${network}`;
}

/** Names of the roles in the hub's account for one spoke. Each trusts only the spoke's account. */
export type HubRoleNames = {
  /** Authorizes the spoke's VPC for the hosted zones that the spoke reads. */
  readonly access: string;
  /** Reads the same authorizations, for previews. */
  readonly preview: string;
  /** Writes records into the spoke's own hosted zone, NAME.DOMAIN. */
  readonly records: string;
};

export function hubRoleNames(prefix: string, spoke: string): HubRoleNames {
  return {
    access: `${formerHubRoleName(prefix)}-${spoke}`,
    preview: `${prefix}-spoke-preview-${spoke}`,
    records: `${prefix}-dns-records-${spoke}`,
  };
}

/** The single role for all spokes that earlier versions made. */
export function formerHubRoleName(prefix: string): string {
  return `${prefix}-spoke-access`;
}

/** Name of the session in which a spoke's stack acts in the hub's account, as CloudTrail shows it. */
export function hubSessionName(prefix: string, spoke: string): string {
  return `${prefix}-${spoke}`;
}

/** SNS topic of the hub that reports changes of the transit gateway. */
export function eventsTopicName(prefix: string): string {
  return `${prefix}-network-events`;
}

/** Glue database of the flow logs. A name with a hyphen would need quotes in Athena's SQL. */
export function logDatabaseName(prefix: string): string {
  return `${prefix.replaceAll("-", "_")}_logs`;
}

/** Athena workgroup of the queries on flow logs. */
export function logWorkgroupName(prefix: string): string {
  return `${prefix}-logs`;
}

/** Path of the SSM parameters of a network, without a slash at the end. */
export function parameterPath(prefix: string, network: string): string {
  return `/${prefix}/${network}`;
}

/** Name of the role that updates and destroys a stack. */
export function deploymentRoleName(project: string, stack: string): string {
  return `${project}-${stack}-deployment`;
}

/** Environment variable that restricts a pipeline to reading: `ACME_NET_HUB_ACCESS` for the prefix `acme-net`. */
export function hubAccessVariable(prefix: string): string {
  return `${prefix.toUpperCase().replaceAll("-", "_")}_HUB_ACCESS`;
}

/**
 * Longest prefix with which every name fits. The hub's roles for a spoke have the longest names under the tightest
 * limit.
 */
export const MAX_PREFIX =
  MAX_ROLE_NAME - Math.max(...Object.values(hubRoleNames("", "x".repeat(MAX_NETWORK_NAME))).map((name) => name.length));

/** The parts of the tags of a stack's resources. */
export interface Tagging {
  readonly network: string;
  readonly prefix: string;
  /** Person or team that is responsible for the network. */
  readonly owner: string;
  /** Tags from the configuration, in addition to the program's own. */
  readonly extra: Tags;
}

/** Tags of every resource, set once on the provider. */
export function defaultTags({ network, prefix, owner, extra }: Tagging): Tags {
  return {
    Project: prefix,
    Environment: network,
    ManagedBy: "pulumi",
    Owner: owner,
    Service: "network",
    ...extra,
  };
}

/** Keys of the tags of every resource, in addition to Name and those of {@link kubernetesSubnetTags}. */
export const OWN_TAG_KEYS: readonly string[] = Object.keys(
  defaultTags({ network: "", prefix: "", owner: "", extra: {} }),
);

/**
 * Tags by which Kubernetes finds a spoke's subnets: load balancers by role (Amazon EKS, "Create a VPC for your
 * cluster"), Karpenter by the name of the cluster. No node runs in a public subnet.
 */
export function kubernetesSubnetTags(cluster: string): { readonly public: Tags; readonly private: Tags } {
  return {
    public: { "kubernetes.io/role/elb": "1" },
    private: { "kubernetes.io/role/internal-elb": "1", [DISCOVERY_TAG]: cluster },
  };
}

/**
 * IAM path of everything that `delivery/bootstrap/` creates in an account. The roles of a network have no path, so no
 * pattern that a deployment may change, such as `role/dev-*`, matches one of these, whatever a network is called.
 */
export const IAM_PATH = "/pulumi-deployments/";

/** ARN of a role with {@link IAM_PATH}. */
export function roleArn(account: string, role: string): string {
  return `arn:aws:iam::${account}:role${IAM_PATH}${role}`;
}

/** ARN of the role that updates and destroys a stack. */
export function deploymentRoleArn(account: string, project: string, stack: string): string {
  return roleArn(account, deploymentRoleName(project, stack));
}

/** Value of the tag SubnetType of the hub's egress subnets. The subnets of other tiers have the values of awsx. */
export const EGRESS_SUBNET_TYPE = "Egress";

/** Logical name of a connected spoke's route table, and of the association with it. */
export function connectionTableName(hub: string, spoke: string): string {
  return `${hub}-connection-${spoke}`;
}

/**
 * Logical name of the route to a network in a connected spoke's route table. The dot is in no name of a network: with a
 * hyphen, two pairs could have one name.
 *
 * @param from the spoke; `all` for the shared route table
 */
export function connectionRouteName(hub: string, from: string, to: string): string {
  return `${connectionTableName(hub, from)}.${to}`;
}

/** Logical name of what attaches an external site: customer gateway, VPN connection, association and route table. */
export function siteName(hub: string, site: string): string {
  return `${hub}-site-${site}`;
}

/** Logical name of the route to a network in the route table of a site. */
export function siteNetworkName(hub: string, site: string, network: string): string {
  return `${siteName(hub, site)}.${network}`;
}

/** Logical name of the route to a CIDR of a site in the transit gateway route table of a network. */
export function siteRouteName(hub: string, site: string, network: string, cidr: string): string {
  return `${siteNetworkName(hub, site, network)}.${cidr.replace("/", "-")}`;
}

/** Logical name of the route to a CIDR of a site in the transit gateway route table of a hub behind a firewall. */
export function inspectedSiteRouteName(hub: string, site: string, cidr: string): string {
  return `${siteName(hub, site)}-inspected.${cidr.replace("/", "-")}`;
}

/** Longest name of a Resolver rule, and of its association (Amazon Route 53 API Reference, CreateResolverRule). */
const MAX_RULE_NAME = 64;

/** Name in AWS of the Resolver rule of a domain, and of its associations. It has no dots (the same page). */
export function ruleName(domain: string): string {
  return domain.replaceAll(".", "-").slice(0, MAX_RULE_NAME);
}
