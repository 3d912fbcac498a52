import { Address4 } from "ip-address";
import { VPC_PREFIXES } from "../address-plan";
import type { Rule } from "./faults";

/** Parses ADDRESS/PREFIX, with or without host bits; undefined for any other text. */
export function parseCidr(text: string): Address4 | undefined {
  return text.includes("/") && Address4.isValid(text) ? new Address4(text) : undefined;
}

export function overlaps(a: Address4, b: Address4): boolean {
  return a.isInSubnet(b) || b.isInSubnet(a);
}

/** Position of DNS in the CIDR of Kubernetes services, on nodes of every kind (awslabs/amazon-eks-ami, nodeadm). */
const DNS_POSITION = 10n;

/** IPv4 address of DNS in a cluster, such as 172.20.0.10. */
export function clusterDnsAddress(kubernetesServiceCidr: string): string {
  return Address4.fromBigInt(new Address4(kubernetesServiceCidr).startAddress().bigInt() + DNS_POSITION).address;
}

/** The address space of all networks: private, and larger than one network of the smallest size. */
export const addressSpaceRule: Rule = (text) =>
  cidrRule(text, "10.0.0.0/8", (block) => {
    if (isWithin(PRIVATE_RANGES, block) && block.subnetMask < VPC_PREFIXES.smallest) return undefined;
    return `must be a /8 to /${VPC_PREFIXES.smallest - 1} within ${PRIVATE_RANGES.join(", ")} (RFC 1918, RFC 6598)`;
  });

/** The CIDR of a cluster's Kubernetes services. */
export const kubernetesServiceCidrRule: Rule = (text) =>
  cidrRule(text, "172.20.0.0/16", (block) => {
    const { shortest, longest } = KUBERNETES_SERVICE_PREFIXES;
    const fits = block.subnetMask >= shortest && block.subnetMask <= longest;
    return fits && isWithin(KUBERNETES_SERVICE_RANGES, block)
      ? undefined
      : `must be a /${shortest} to /${longest} within ${KUBERNETES_SERVICE_RANGES.join(", ")}, as EKS requires`;
  });

/** CIDRs that the CIDRs of networks depend on; undefined where one has a fault itself. */
export interface Spaces {
  /** IPv4 CIDR that contains the CIDRs of all networks. */
  readonly addressSpace: string | undefined;
  /** IPv4 CIDR of the clusters' Kubernetes services. */
  readonly kubernetesServiceCidr: string | undefined;
}

/** The CIDR of one VPC. */
export function networkCidrRule({ addressSpace, kubernetesServiceCidr }: Spaces): Rule {
  const services = kubernetesServiceCidr === undefined ? undefined : new Address4(kubernetesServiceCidr);
  const space = addressSpace === undefined ? undefined : new Address4(addressSpace);
  return (text) =>
    cidrRule(text, "10.1.0.0/16", (block) => {
      const { subnetMask: prefix } = block;
      const size = sizeFault(prefix);
      if (size !== undefined) return size;
      if (space !== undefined && !block.isInSubnet(space)) {
        return `outside the address space; choose a /${prefix} within ${space.networkForm()}`;
      }
      if (space !== undefined && prefix === space.subnetMask) {
        return "the whole address space, so no other network fits; choose a smaller CIDR, or a larger address space";
      }
      if (services !== undefined && overlaps(block, services)) {
        const advice = `choose another /${prefix}, or another kubernetes-service-cidr before the first cluster`;
        return `overlaps kubernetes-service-cidr, ${services.networkForm()}; ${advice}`;
      }
      return undefined;
    });
}

/** What is wrong with the prefix length of a VPC. */
function sizeFault(prefix: number): string | undefined {
  const { largest, smallest } = VPC_PREFIXES;
  if (prefix < largest) return `must be a /${largest} to /${smallest}: AWS allows no VPC larger than a /${largest}`;
  if (prefix <= smallest) return undefined;
  return `must be a /${largest} to /${smallest}: the subnets of three Availability Zones do not fit in a /${prefix}`;
}

function isWithin(ranges: readonly string[], block: Address4): boolean {
  return ranges.some((range) => block.isInSubnet(new Address4(range)));
}

/** The fault of a text as a CIDR, or if there is none, the one that `rule` finds. */
function cidrRule(text: string, example: string, rule: (block: Address4) => string | undefined): string | undefined {
  const block = parseCidr(text);
  if (block === undefined) return `must be an IPv4 CIDR, such as ${example}`;
  if (block.networkForm() !== text) return `has host bits set; the CIDR is ${block.networkForm()}`;
  return rule(block);
}

/** Rules of a list of CIDRs: for each of them, and for all together. */
export interface CidrList {
  readonly rule: Rule;
  readonly fault: (list: readonly string[]) => string | undefined;
}

/**
 * "Public endpoint access CIDR ranges per cluster", not adjustable (Amazon EKS User Guide, "View and manage Amazon EKS
 * and Fargate service quotas").
 */
const MOST_PUBLIC = 40;

/**
 * "Inbound or outbound rules per security group" is 60 by default (Amazon VPC User Guide, "Amazon VPC quotas"), and EKS
 * writes one rule of its own into the cluster's security group.
 */
const MOST_PRIVATE = 59;

/** Prefix length of the largest CIDR that an organization was ever given (IANA IPv4 Address Space Registry). */
const LARGEST = 8;

/** Most addresses of all CIDRs together: those of one CIDR of size {@link LARGEST}. */
const MOST_ADDRESSES = 2n ** BigInt(32 - LARGEST);

/** CIDRs of other networks that may reach the private Kubernetes API. */
export const privateAccessCidrs: CidrList = {
  rule: (text) =>
    cidrRule(text, "10.0.0.0/16", (block) =>
      isWithin(PRIVATE_RANGES, block)
        ? undefined
        : `must be within ${PRIVATE_RANGES.join(", ")} (RFC 1918, RFC 6598); ` +
          "list CIDRs of the internet in cluster-public-access-cidrs",
    ),
  fault: (list) =>
    list.length > MOST_PRIVATE
      ? `lists ${list.length} CIDRs, and the cluster's security group has room for ${MOST_PRIVATE} (60 rules, of which ` +
        "EKS uses one); merge adjacent CIDRs"
      : undefined,
};

/** One CIDR of an external site. */
export const siteCidrRule: Rule = (text) =>
  cidrRule(text, "192.168.0.0/16", (block) =>
    isWithin(PRIVATE_RANGES, block) ? undefined : `must be within ${PRIVATE_RANGES.join(", ")} (RFC 1918, RFC 6598)`,
  );

/** The public IPv4 address of a device on the internet. */
export const publicAddressRule: Rule = (text) => {
  if (text.includes("/") || !Address4.isValid(text)) return "must be an IPv4 address, such as 203.0.113.10";
  const block = new Address4(text);
  const special = NOT_PUBLIC.find(([cidr]) => overlaps(block, new Address4(cidr)));
  if (special === undefined) return undefined;
  const [cidr, what] = special;
  return `in ${cidr} (${what}), and must be an address on the internet`;
};

/** CIDRs that may reach the Kubernetes API over the internet: never all of it, nor most of it in parts. */
export const publicAccessCidrs: CidrList = {
  rule: (text) =>
    cidrRule(text, "203.0.113.0/24", (block) => {
      if (block.subnetMask === 0) {
        return "would open the Kubernetes API to everybody; list your own CIDRs, or none for a private endpoint";
      }
      if (block.subnetMask < LARGEST) {
        return `larger than a /${LARGEST}, the largest CIDR that is allowed; list your own CIDRs, or none for a private endpoint`;
      }
      const special = NOT_PUBLIC.find(([cidr]) => overlaps(block, new Address4(cidr)));
      if (special === undefined) return undefined;
      const [cidr, what] = special;
      return (
        `overlaps ${cidr} (${what}), and nobody on the internet has such an address; list the public CIDRs that your ` +
        "networks use on the internet, and private ones in cluster-private-access-cidrs"
      );
    }),
  fault: (list) => {
    if (list.length > MOST_PUBLIC) {
      return `lists ${list.length} CIDRs, and EKS accepts at most ${MOST_PUBLIC} for a cluster; merge adjacent CIDRs`;
    }
    const addresses = addressesOf(list);
    if (addresses <= MOST_ADDRESSES) return undefined;
    const share = Math.max(1, Math.round((Number(addresses) / 2 ** 32) * 100));
    return (
      `contains ${share}% of all IPv4 addresses, and at most a /${LARGEST} (${MOST_ADDRESSES.toLocaleString("en-GB")} addresses) ` +
      "is allowed: list your own CIDRs, or none for a private endpoint"
    );
  },
};

/** Addresses of some CIDRs, each counted once. */
function addressesOf(list: readonly string[]): bigint {
  // Two CIDRs are nested or disjoint, so the sizes of those that no other contains add up.
  const blocks = [...new Set(list)].map((cidr) => new Address4(cidr));
  return blocks
    .filter((block) => !blocks.some((other) => other !== block && block.isInSubnet(other)))
    .reduce((sum, { subnetMask }) => sum + 2n ** BigInt(32 - subnetMask), 0n);
}

/** Addresses of private networks: RFC 1918 and RFC 6598. */
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "100.64.0.0/10", "192.168.0.0/16"];

/**
 * Private ranges and sizes that EKS accepts for Kubernetes services (Amazon EKS API Reference,
 * `KubernetesNetworkConfigRequest`).
 */
const KUBERNETES_SERVICE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const KUBERNETES_SERVICE_PREFIXES = { shortest: 12, longest: 24 } as const;

/**
 * CIDRs that are not globally reachable: the IANA IPv4 Special-Purpose Address Registry (RFC 6890), and multicast (RFC
 * 5771). EKS accepts no reserved addresses (Amazon EKS User Guide, "Configure network access to cluster API server
 * endpoint"). The documentation CIDRs of RFC 5737 are not in the list: they stand for public ones in examples.
 */
const NOT_PUBLIC: readonly (readonly [cidr: string, what: string])[] = [
  ["0.0.0.0/8", "this network, RFC 791"],
  ["10.0.0.0/8", "private, RFC 1918"],
  ["100.64.0.0/10", "shared address space, RFC 6598"],
  ["127.0.0.0/8", "loopback, RFC 1122"],
  ["169.254.0.0/16", "link-local, RFC 3927"],
  ["172.16.0.0/12", "private, RFC 1918"],
  ["192.0.0.0/24", "IETF protocol assignments, RFC 6890"],
  ["192.88.99.0/24", "6to4 relay anycast, RFC 7526"],
  ["192.168.0.0/16", "private, RFC 1918"],
  ["198.18.0.0/15", "benchmarking, RFC 2544"],
  ["224.0.0.0/4", "multicast, RFC 5771"],
  ["240.0.0.0/4", "reserved, RFC 1112"],
];
