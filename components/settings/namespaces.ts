import { closest, distance } from "fastest-levenshtein";
import type { Faults } from "./faults";
import { KNOWN_KEYS } from "./known-keys";
import { decodeProviderSettings } from "./provider-settings";

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
