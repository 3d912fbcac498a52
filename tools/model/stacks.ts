import type { ModelResource } from "./resource";

/** The resources of all stacks, planned or deployed, with the settings that checks need. */
export interface AllStacks {
  /** Name of the Pulumi project. It is part of the names of the deployment roles. */
  readonly project: string;
  readonly stacks: readonly StackResources[];
  /** IPv4 CIDR that contains the CIDRs of all networks. */
  readonly addressSpace: string;
  /** All networks of the configuration, including those whose stack does not exist yet. */
  readonly accountMap: readonly AccountMapEntry[];
  /** ARNs of the organizations and OUs that the hub is shared with; empty: the accounts of the account map. */
  readonly shareWith: readonly string[];
  /** Who the configuration allows to use each cluster, by stack; absent: unknown. */
  readonly access?: ReadonlyMap<string, ClusterAccess>;
}

/** Who the configuration of a stack allows to use its cluster. */
export interface ClusterAccess {
  /** ARNs of the IAM roles of its administrators. */
  readonly administrators: readonly string[];
  /** CIDRs that reach its API over the internet. */
  readonly publicCidrs: readonly string[];
}

/** A network in the account map. */
export interface AccountMapEntry {
  readonly name: string;
  /** IPv4 CIDR of its VPC. */
  readonly cidr: string;
  /** AWS account, 12 digits. */
  readonly account: string;
}

/** The resources of one stack. */
export interface StackResources {
  readonly name: string;
  readonly isHub: boolean;
  readonly resources: readonly ModelResource[];
}
