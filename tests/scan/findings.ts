import { CHECKOV, type Accepted } from "./accepted";

/** A rule of checkov that a resource fails. */
export interface Finding {
  /** `CKV_AWS_18`. */
  readonly rule: string;
  /** The name of the rule: `Ensure ...`. */
  readonly what: string;
  /** `STACK ADDRESS`: `hub aws_s3_bucket.hub-logs`. */
  readonly resource: string;
}

/** The comparison of findings with the accepted ones. */
export interface Compared {
  /** Findings that are not accepted. */
  readonly unlisted: readonly Finding[];
  /** Accepted findings that checkov no longer reports, because the resource was fixed or the rule was removed. */
  readonly unused: readonly Accepted[];
  readonly accepted: number;
}

export function compare(found: readonly Finding[], list: readonly Accepted[]): Compared {
  const accepts = ({ rule, resources }: Accepted, finding: Finding): boolean =>
    rule === finding.rule && resources.test(finding.resource);
  const unlisted = found.filter((finding) => !list.some((entry) => accepts(entry, finding)));
  return {
    unlisted,
    unused: list.filter((entry) => !found.some((finding) => accepts(entry, finding))),
    accepted: found.length - unlisted.length,
  };
}

/** Output of checkov with `--output json` for one framework. For several, it writes a list of these. */
interface Report {
  readonly results?: {
    readonly failed_checks?: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
      readonly file_path: string;
    }[];
  };
  readonly summary?: { readonly passed?: number };
}

export interface Scanned {
  readonly findings: readonly Finding[];
  readonly passed: number;
}

/**
 * Reads the findings in checkov's report of the files `STACK.json`.
 *
 * @throws SyntaxError if the output is not JSON
 */
export function findingsIn(output: string): Scanned {
  const parsed = JSON.parse(output) as Report | readonly Report[];
  const reports = Array.isArray(parsed) ? (parsed as readonly Report[]) : [parsed as Report];
  const findings = reports.flatMap(({ results }) =>
    (results?.failed_checks ?? []).map(({ check_id: rule, check_name: what, resource, file_path: file }) => ({
      rule,
      what,
      resource: `${/([^/]+)\.json$/.exec(file)?.[1] ?? file} ${resource}`,
    })),
  );
  return { findings, passed: reports.reduce((sum, { summary }) => sum + (summary?.passed ?? 0), 0) };
}

/** Formats the result of a scan for a terminal. */
export function report({
  version,
  passed,
  compared: { unlisted, unused, accepted },
}: {
  readonly version: string;
  /** Number of passed checks. */
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
