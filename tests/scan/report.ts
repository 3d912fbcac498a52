import { CHECKOV } from "./accepted";
import type { Compared } from "./findings";

/** What a scan tells in a terminal. */
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
    ...unused.map(({ rule, resources }) => `found no more: ${rule} ${resources.source}`),
    ...(unlisted.length + unused.length > 0
      ? ["Mend what is found, or give tests/scan/accepted.ts the reason why it stays; take out what is found no more."]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
