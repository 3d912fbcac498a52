import { closest, distance } from "fastest-levenshtein";
import type { Faults } from "./faults";
import { decodeProviderSettings } from "./provider-settings";

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

/** Packages whose configuration the Pulumi CLI, or a plugin that this program uses, reads by itself. */
const PACKAGES = ["aws", "awsx", "eks", "kubernetes", "pulumi"];

/** Letters by which a slip differs from what was meant. */
const NEAR = 2;

/**
 * Refuses keys that look as if the program read them and that it does not: those of ours under another namespace, such
 * as that of a project that was renamed, and settings of the AWS provider that are not passed on.
 *
 * @param others whole keys, `NAMESPACE:KEY`, of other namespaces than the project's, to text
 */
export function refuseOtherNamespaces(others: Readonly<Record<string, string>>, project: string, faults: Faults): void {
  decodeProviderSettings(others, faults);
  for (const [qualified, value] of Object.entries(others)) {
    const at = qualified.indexOf(":");
    const [namespace, key] = [qualified.slice(0, at), qualified.slice(at + 1)];
    if (PACKAGES.includes(namespace)) continue;
    const nearest = closest(key.slice(0, 60), KNOWN_KEYS);
    const isOurs = nearest === key || isNear(namespace, project) || (isNear(key, nearest) && key.length > 2 * NEAR);
    if (!isOurs) continue;
    faults.add(
      qualified,
      value,
      `the project is ${project}, so the program does not read it; rename it to ${project}:${nearest}, or remove it`,
    );
  }
}

function isNear(one: string, other: string): boolean {
  return Math.abs(one.length - other.length) <= NEAR && distance(one, other) <= NEAR;
}
