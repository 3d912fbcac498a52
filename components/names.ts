/**
 * Names in AWS and the tags of every resource: all of them are made here, from the project's name and the key `prefix`.
 * `delivery/bootstrap/` grants by them, `tools/strays/` and `e2e/` find by them. Most resources have no name of ours: Pulumi names them
 * after their logical name, which begins with the stack's.
 */

/** What names are made from; the same in every stack. */
export interface Naming {
  /** Name of the Pulumi project. */
  readonly project: string;
  /** The key `prefix`. */
  readonly prefix: string;
}

export type Tags = Readonly<Record<string, string>>;

/** Longest name of a network: with the prefix and a purpose it is in the names of IAM roles. */
export const MAX_NETWORK_NAME = 20;
/** Longest name of an IAM role (IAM User Guide, "IAM and AWS STS quotas"). */
export const MAX_ROLE_NAME = 64;

/** Name of the EKS cluster of a network, which its subnets carry for Karpenter to find. Its queue has the same name. */
export function clusterName(prefix: string, network: string): string {
  return `${prefix}-${network}`;
}

/** Names of the roles in the hub's account that serve one spoke. Each trusts the spoke's account alone. */
export interface HubRoleNames {
  /** Authorises the spoke's VPC for the zones that the spoke reads. */
  readonly access: string;
  /** Reads the same authorisations, for previews. */
  readonly preview: string;
  /** Writes records into the spoke's own zone, NAME.DOMAIN. */
  readonly records: string;
}

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

/** Session in which a spoke's stack acts in the hub's account, as CloudTrail shows it. */
export function hubSessionName(prefix: string, spoke: string): string {
  return `${prefix}-${spoke}`;
}

/** SNS topic of the hub that reports changes of the transit gateway. */
export function eventsTopicName(prefix: string): string {
  return `${prefix}-network-events`;
}

/** Glue database of the flow logs. SQL in Athena takes no hyphen without quotes. */
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

/** Environment variable by which a pipeline states that it only reads: `ACME_NET_HUB_ACCESS` for the prefix `acme-net`. */
export function hubAccessVariable(prefix: string): string {
  return `${prefix.toUpperCase().replaceAll("-", "_")}_HUB_ACCESS`;
}

/** Longest prefix with which every name fits: the roles of the hub for a spoke have the longest names of the tightest limit. */
export const MAX_PREFIX =
  MAX_ROLE_NAME - Math.max(...Object.values(hubRoleNames("", "x".repeat(MAX_NETWORK_NAME))).map((name) => name.length));
