import type { Naming, Tags } from "../names";

/**
 * What a stack is, once its configuration has been read and found good.
 *
 * Plain values only: they decide which resources exist, so nothing here waits for a cloud.
 */
export type Settings = HubSettings | SpokeSettings;

/** One entry of the account map, the key `networks`. */
export interface Network {
  /** Stack name of the network: `hub`, `dev`, ... */
  readonly name: string;
  /** IPv4 block of its VPC, always a /16. */
  readonly cidr: string;
  /** AWS account that owns it, 12 digits. */
  readonly account: string;
}

interface StackSettings {
  /** The account map: the networks of all stacks, in address order. */
  readonly networks: readonly Network[];
  /** Network of this stack. */
  readonly network: Network;
  /** AWS Region, the same for every stack. */
  readonly region: string;
  /** IPv4 block that all networks are cut from. */
  readonly addressSpace: string;
  /** Private DNS domain; a spoke owns `NAME.DOMAIN`. */
  readonly domain: string;
  /** IPv4 CIDR of the addresses of Kubernetes services, which no network overlaps. */
  readonly kubernetesServiceCidr: string;
  /** What names in AWS are made from. */
  readonly naming: Naming;
  /** Tags of every resource. */
  readonly tags: Tags;
  /** Availability Zones in use, in order; the order is identity, so zones are only ever appended. */
  readonly zones: readonly string[];
  /** Guards what a slip would make painful: the gateway, zones, repositories, the archive. */
  readonly protect: boolean;
  /** ARN of the managed policy that bounds every role of the stack; undefined: none does. */
  readonly permissionsBoundary: string | undefined;
  /** Sentences about configuration that is allowed and may still surprise. */
  readonly warnings: readonly string[];
}

export interface HubSettings extends StackSettings {
  readonly role: "hub";
  /** Every other network of the register, in address order. */
  readonly spokes: readonly Network[];
  /** Names of the central ECR repositories. */
  readonly repositories: readonly string[];
  /** GitHub OIDC subjects that may push images, `repo:ORG/REPO:...`; empty: nobody, and no role for it. */
  readonly imagePublishers: readonly string[];
  /** Interface endpoints offered to every network: `ecr.api`, ... */
  readonly sharedEndpoints: readonly string[];
  /** Organization or OU ARNs to share the transit gateway with; empty: the register's accounts. */
  readonly shareWith: readonly string[];
  /** Whether the hub has a Route 53 Resolver inbound endpoint. */
  readonly inboundResolver: boolean;
  /** Days the log archive keeps flow logs, 1 to 3650. */
  readonly flowLogRetentionDays: number;
}

export interface SpokeSettings extends StackSettings {
  readonly role: "spoke";
  /** The hub's entry in the register. */
  readonly hub: Network;
  /** StackReference to read, `ORG/PROJECT/STACK`; undefined: `hub` of this organization and project. */
  readonly hubStack: string | undefined;
  /** One NAT gateway in each zone, rather than a single one in the first. */
  readonly oneNatPerAz: boolean;
  /** DNS servers in the DHCP options: the VPC's own, or the hub's Resolver inbound endpoint before it. */
  readonly dnsResolver: "hub" | "vpc";
  /** An EKS cluster in this network, or the network alone. */
  readonly cluster: boolean;
  /** Kubernetes version of the cluster, `MAJOR.MINOR`. */
  readonly kubernetesVersion: string;
  /** IAM role ARNs that get cluster-admin access. */
  readonly clusterAdmins: readonly string[];
  /** Private IPv4 CIDRs that may reach the private API endpoint, besides the cluster's own nodes. */
  readonly clusterPrivateAccessCidrs: readonly string[];
  /** Who may reach a public API endpoint; empty: the endpoint is private only. */
  readonly clusterPublicAccessCidrs: readonly string[];
  /** Instance types of the small managed node groups; at least one. */
  readonly nodeInstanceTypes: readonly string[];
  /** Nodes in all of these groups together, 1 to 100. */
  readonly nodeCount: number;
}

/** Domain of a spoke's own names. */
export function ownDomain({ name }: Network, domain: string): string {
  return `${name}.${domain}`;
}

/** Domains whose names a spoke resolves: that of all networks, and its own. */
export function spokeDomains({ network, domain }: SpokeSettings): readonly [shared: string, own: string] {
  return [domain, ownDomain(network, domain)];
}
