import type { Naming, Tags } from "../names";
import type { Egress } from "./egress";
import type { NodeAutoscaling } from "./node-autoscaling";

/**
 * The validated configuration of a stack.
 *
 * Plain values only: they decide which resources exist, so none of them is an output.
 */
export type Settings = HubSettings | SpokeSettings;

/** One entry of the account map, the key `networks`. */
export interface Network {
  /** Stack name of the network: `hub`, `dev`, ... */
  readonly name: string;
  /** IPv4 CIDR of its VPC, a /16 to /21. */
  readonly cidr: string;
  /** AWS account that owns it, 12 digits. */
  readonly account: string;
}

/** Which spokes reach each other through the transit gateway, in the form of its route tables. A spoke that a site names has a
 * route table of its own, too. */
export interface Connections {
  /** The spokes with a route table of their own, in address order. */
  readonly tables: readonly SpokeTable[];
  /** The spokes that every other spoke reaches, in address order: the shared route table has a route to each. */
  readonly forAll: readonly string[];
}

/** The transit gateway route table of one spoke. */
export interface SpokeTable {
  readonly spoke: string;
  /** The spokes that it reaches, in address order. */
  readonly reaches: readonly string[];
}

/** A network outside AWS, such as an office, that is attached to the transit gateway. */
export interface Site {
  readonly name: string;
  /** Its IPv4 CIDRs, in address order; at least one. */
  readonly cidrs: readonly string[];
  /** The spokes that reach it and that it reaches, in address order. */
  readonly spokes: readonly string[];
  readonly link: VpnLink | DirectConnectLink;
}

/** A Site-to-Site VPN connection. */
export interface VpnLink {
  readonly kind: "vpn";
  /** Public IPv4 address of the site's device. */
  readonly address: string;
  /** Autonomous system number (ASN) of the device; undefined: it does not use BGP, and the VPN has static routes. */
  readonly asn: number | undefined;
}

/** An existing Direct Connect gateway of the hub's account. */
export interface DirectConnectLink {
  readonly kind: "direct connect";
  readonly gatewayId: string;
}

/** A domain whose names DNS servers of a site resolve. */
export interface ForwardDomain {
  readonly domain: string;
  /** IPv4 addresses of the servers, each in a CIDR of a site; at least one. */
  readonly servers: readonly string[];
}

/** The alarms of a stack. */
export interface AlarmSettings {
  /** Whether there are any. */
  readonly on: boolean;
  /** E-mail addresses that get every alarm. */
  readonly emails: readonly string[];
  /** ARNs of further SNS topics, in the Region of the stack, that get the alarm that pages. */
  readonly topics: readonly string[];
}

/** DNS Firewall of the VPC of a network. */
export interface DnsFirewall {
  /** What happens to a query for a name in one of the lists: it is logged, or also answered with NXDOMAIN. */
  readonly mode: "alert" | "block";
  /** Ids of AWS's managed domain lists; at least one. */
  readonly domainLists: readonly string[];
  /** Domains that are always answered, `api.example.com` or `*.example.com`, in lower case. */
  readonly allowedDomains: readonly string[];
}

interface StackSettings {
  /** The account map: the networks of all stacks, in address order. */
  readonly networks: readonly Network[];
  /** Network of this stack. */
  readonly network: Network;
  /** AWS Region, the same for every stack. */
  readonly region: string;
  /** IPv4 CIDR that contains the CIDRs of all networks. */
  readonly addressSpace: string;
  /** The spokes that reach each other, and those that a site names. */
  readonly connections: Connections;
  /** The external sites, by name. */
  readonly sites: readonly Site[];
  /** Domains that DNS servers of sites resolve, by name. */
  readonly forwardDomains: readonly ForwardDomain[];
  /** Whether inbound rules of one spoke may name security groups of another, over the transit gateway. */
  readonly securityGroupReferences: boolean;
  /** Private DNS domain; a spoke owns `NAME.DOMAIN`. */
  readonly domain: string;
  /** IPv4 CIDR of Kubernetes services, which no network overlaps. */
  readonly kubernetesServiceCidr: string;
  /** The parts of names in AWS. */
  readonly naming: Naming;
  /** Tags of every resource. */
  readonly tags: Tags;
  /**
   * Availability Zones in use, all by name or all by AZ ID. Their order is part of the identity of resources, so new AZs are
   * only appended.
   */
  readonly zones: readonly string[];
  /** DNS Firewall of the VPC; undefined: none. */
  readonly dnsFirewall: DnsFirewall | undefined;
  /** Whether to protect what a mistaken delete would lose: the gateway, hosted zones, repositories, logs, clusters, keys. */
  readonly protect: boolean;
  /** ARN of the permissions boundary of every role of the stack; undefined: none. */
  readonly permissionsBoundary: string | undefined;
  /** Whether the stack has alarms and a dashboard, and who is notified. */
  readonly alarms: AlarmSettings;
  /** Warnings about configuration that is allowed but may surprise. */
  readonly warnings: readonly string[];
}

export interface HubSettings extends StackSettings {
  readonly role: "hub";
  /** Every other network of the account map, in address order. */
  readonly spokes: readonly Network[];
  /** Names of the central ECR repositories. */
  readonly repositories: readonly string[];
  /** GitHub OIDC subjects that may push images, `repo:ORG/REPO:...`; empty: there is no role for it. */
  readonly imagePublishers: readonly string[];
  /** Interface endpoints that every network uses: `ecr.api`, ... */
  readonly sharedEndpoints: readonly string[];
  /** ARNs of the organizations or OUs that the hub serves, with everything it shares; empty: the accounts of the account map. */
  readonly shareWith: readonly string[];
  /** Whether the hub has a Route 53 Resolver inbound endpoint. */
  readonly inboundResolver: boolean;
  /** Days for which the log archive retains flow logs and query logs, 1 to 3650. */
  readonly flowLogRetentionDays: number;
  /** Whether the transit gateway has a flow log. */
  readonly transitFlowLogs: boolean;
  /** Whether the hub has NAT gateways through which spokes reach the internet. */
  readonly centralEgress: boolean;
  /** The firewall between spokes, the hub and the internet. */
  readonly inspection: InspectionSettings;
}

export interface InspectionSettings {
  readonly enabled: boolean;
  /** Names of rule groups that AWS manages, without `StrictOrder` at the end. */
  readonly ruleGroups: readonly string[];
  /** Domains that may be reached, with their subdomains if a dot is first; empty: all. */
  readonly domains: readonly string[];
}

export interface SpokeSettings extends StackSettings {
  readonly role: "spoke";
  /** The hub's entry in the account map. */
  readonly hub: Network;
  /** Hub stack, `ORG/PROJECT/STACK`; undefined: `hub` of this organization and project. */
  readonly hubStack: string | undefined;
  /** The path from private subnets to the internet. */
  readonly egress: Egress;
  /** Whether each AZ has a NAT gateway, rather than only the first. Only with zonal egress. */
  readonly oneNatPerAz: boolean;
  /** DNS servers in the DHCP options: the VPC's own, or the hub's Resolver inbound endpoint before it. */
  readonly dnsResolver: "hub" | "vpc";
  /** Whether this network has an EKS cluster. */
  readonly cluster: boolean;
  /** Kubernetes version of the cluster, `MAJOR.MINOR`. */
  readonly kubernetesVersion: string;
  /** IAM role ARNs that get cluster-admin access. */
  readonly clusterAdmins: readonly string[];
  /** Private IPv4 CIDRs that may reach the private API endpoint, in addition to the cluster's own nodes. */
  readonly clusterPrivateAccessCidrs: readonly string[];
  /** Public IPv4 CIDRs that may reach the public API endpoint; empty: the endpoint is private only. */
  readonly clusterPublicAccessCidrs: readonly string[];
  /** Whether load balancers of the cluster may face the internet, and not only its networks. */
  readonly internetLoadBalancers: boolean;
  /** What launches nodes, or a step of a move to the other. */
  readonly nodeAutoscaling: NodeAutoscaling;
  /** Instance types of the small managed node groups; at least one. */
  readonly nodeInstanceTypes: readonly string[];
  /** Number of nodes in all managed node groups together, 1 to 100. */
  readonly nodeCount: number;
}

/** Domain of a spoke's own hosted zone. */
export function ownDomain({ name }: Network, domain: string): string {
  return `${name}.${domain}`;
}

/** Domains that a spoke resolves: the shared one of all networks, and its own. */
export function spokeDomains({ network, domain }: SpokeSettings): readonly [shared: string, own: string] {
  return [domain, ownDomain(network, domain)];
}
