import { Address4 } from "ip-address";
import { cidrRule, isWithin, overlaps, PRIVATE_RANGES } from "./cidrs";
import type { Rule } from "./faults";

/** What a list of CIDRs must keep, each of them and all together. */
export interface CidrList {
  readonly rule: Rule;
  readonly fault: (list: readonly string[]) => string | undefined;
}

/**
 * "Public endpoint access CIDR ranges per cluster", not adjustable (Amazon EKS User Guide, "View and manage Amazon EKS and
 * Fargate service quotas").
 */
const MOST_PUBLIC = 40;

/**
 * "Inbound or outbound rules per security group" is 60 by default (Amazon VPC User Guide, "Amazon VPC quotas"), and EKS
 * writes one rule of its own into the cluster's security group.
 */
const MOST_PRIVATE = 59;

/** Prefix of the largest CIDR that an organization was ever given (IANA IPv4 Address Space Registry). */
const LARGEST = 8;

/** Addresses of all CIDRs together: as many as in one of {@link LARGEST}. */
const MOST_ADDRESSES = 2n ** BigInt(32 - LARGEST);

/**
 * CIDRs that are not globally reachable: the IANA IPv4 Special-Purpose Address Registry (RFC 6890), and multicast (RFC
 * 5771). EKS takes no reserved addresses (Amazon EKS User Guide, "Configure network access to cluster API server
 * endpoint"). The documentation CIDRs of RFC 5737 are not in it: they stand for public ones in examples.
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

/** Who may reach the private Kubernetes API from other networks. */
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

/** Who may reach the Kubernetes API over the internet: never everybody, nor most of it in parts. */
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
  // CIDRs are nested or apart, so those that no other contains add up.
  const blocks = [...new Set(list)].map((cidr) => new Address4(cidr));
  return blocks
    .filter((block) => !blocks.some((other) => other !== block && block.isInSubnet(other)))
    .reduce((sum, { subnetMask }) => sum + 2n ** BigInt(32 - subnetMask), 0n);
}
