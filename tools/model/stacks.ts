import type { ModelResource } from "./resource";

/** All stacks together, which is what a check is about. */
export interface AllStacks {
  /** Name of the Pulumi project, which is in the names of the roles that deploy the stacks. */
  readonly project: string;
  readonly stacks: readonly StackResources[];
  /** IPv4 block that all networks are cut from. */
  readonly addressSpace: string;
  /** The accountMap: networks and their accounts, those of stacks that do not exist yet among them. */
  readonly accountMap: readonly AccountMapEntry[];
  /** ARNs of the organizations and OUs that the hub is shared with; empty: the accounts of the accountMap. */
  readonly shareWith: readonly string[];
  /** Whom the configuration lets into clusters, by stack; absent: it is not seen. */
  readonly access?: ReadonlyMap<string, ClusterAccess>;
}

/** Whom the configuration of a stack lets into its cluster. */
export interface ClusterAccess {
  /** ARNs of IAM roles that administer it. */
  readonly administrators: readonly string[];
  /** Blocks that reach its API over the internet. */
  readonly publicCidrs: readonly string[];
}

/** A network of the accountMap. */
export interface AccountMapEntry {
  readonly name: string;
  /** IPv4 block that is kept for it. */
  readonly cidr: string;
  /** AWS account, 12 digits. */
  readonly account: string;
}

export interface StackResources {
  readonly name: string;
  readonly isHub: boolean;
  readonly resources: readonly ModelResource[];
}
