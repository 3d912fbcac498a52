import { closest } from "fastest-levenshtein";
import type { Faults } from "./faults";

/** Every key of the project's namespace, as `Pulumi.yaml` declares them. */
export const KNOWN_KEYS = [
  "networks",
  "address-space",
  "domain",
  "prefix",
  "owner",
  "extra-tags",
  "az-count",
  "availability-zones",
  "one-nat-per-az",
  "dns-resolver",
  "protect",
  "permissions-boundary",
  "repositories",
  "image-publishers",
  "shared-endpoints",
  "share-with",
  "inbound-resolver",
  "flow-log-retention-days",
  "kubernetes-version",
  "kubernetes-service-cidr",
  "cluster",
  "cluster-admins",
  "cluster-private-access-cidrs",
  "cluster-public-access-cidrs",
  "node-instance-types",
  "node-count",
  "hub-stack",
] as const;

export type Key = (typeof KNOWN_KEYS)[number];

/** The Pulumi CLI lets a key pass that `Pulumi.yaml` does not declare, so a slip in a name would go unseen. */
export function refuseUnknownKeys(values: Readonly<Record<string, string>>, project: string, faults: Faults): void {
  const known = new Set<string>(KNOWN_KEYS);
  for (const [key, value] of Object.entries(values)) {
    if (known.has(key)) continue;
    faults.add(
      key,
      value,
      `not a key of ${project}; rename it to ${closest(key, KNOWN_KEYS)}, the nearest, or remove it`,
    );
  }
}
