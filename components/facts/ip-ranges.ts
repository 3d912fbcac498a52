/** Private ranges with room for two /16 or more: RFC 1918 without 192.168.0.0/16, and RFC 6598. */
export const ADDRESS_SPACES = ["10.0.0.0/8", "172.16.0.0/12", "100.64.0.0/10"];

/** Addresses of private networks: RFC 1918 and RFC 6598. */
export const PRIVATE_RANGES = [...ADDRESS_SPACES, "192.168.0.0/16"];

/** Private ranges that EKS takes for Kubernetes services, and the sizes (Amazon EKS API Reference, `KubernetesNetworkConfigRequest`). */
export const KUBERNETES_SERVICE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
export const KUBERNETES_SERVICE_PREFIXES = { shortest: 12, longest: 24 } as const;

/**
 * CIDRs that are not globally reachable: the IANA IPv4 Special-Purpose Address Registry (RFC 6890), and multicast (RFC
 * 5771). EKS takes no reserved addresses (Amazon EKS User Guide, "Configure network access to cluster API server
 * endpoint"). The documentation CIDRs of RFC 5737 are not in it: they stand for public ones in examples.
 */
export const NOT_PUBLIC: readonly (readonly [cidr: string, what: string])[] = [
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
