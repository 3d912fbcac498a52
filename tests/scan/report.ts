import { CHECKOV } from "./accepted";
import type { Compared } from "./findings";

/** The report of a scan, for a terminal. */
export function report({
  version,
  passed,
  compared: { unlisted, unused, accepted },
}: {
  readonly version: string;
  /** Rules that resources pass, each counted. */
  readonly passed: number;
  readonly compared: Compared;
}): string {
  const lines = [
    `checkov ${version}: ${String(passed)} passed, ${String(accepted)} accepted, ${String(unlisted.length)} new`,
    ...(version === CHECKOV ? [] : [`The list is for checkov ${CHECKOV}; this version may know other rules.`]),
    ...unlisted.map(({ rule, what, resource }) => `new: ${rule} ${resource}: ${what}`),
    ...unused.map(({ rule, resources }) => `unused: ${rule} ${resources.source}`),
    ...(unlisted.length + unused.length > 0
      ? ["Fix each new finding, or add it to tests/scan/accepted.ts with a reason; remove unused entries."]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
