/** A rule of a scanner that a resource fails. */
export interface Finding {
  /** `CKV_AWS_18`. */
  readonly rule: string;
  /** The rule, in the scanner's words. */
  readonly what: string;
  /** `STACK ADDRESS`: `hub aws_s3_bucket.hub-logs`. */
  readonly resource: string;
}

/** Findings that are known, and stay. */
export interface Accepted {
  readonly rule: string;
  /** Resources that fail it, all of them. */
  readonly resources: RegExp;
  /** Why it is right as it is. */
  readonly reason: string;
}

/** The findings, compared with the list of accepted ones. */
export interface Compared {
  /** Findings that the list does not have. */
  readonly unlisted: readonly Finding[];
  /** Entries that match no finding: the resource was fixed, or the scanner no longer has the rule. */
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

/** What checkov writes with `--output json` of one framework, or of several. */
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
 * Findings in checkov's report of the files `STACK.json`.
 *
 * @throws SyntaxError where it is no JSON
 */
export function findingsIn(output: string): Scanned {
  const parsed = JSON.parse(output) as Report | readonly Report[];
  const reports = Array.isArray(parsed) ? (parsed as readonly Report[]) : [parsed as Report];
  const findings = reports.flatMap(({ results }) =>
    (results?.failed_checks ?? []).map(({ check_id: rule, check_name: what, resource, file_path: file }) => ({
      ...{ rule, what },
      resource: `${/([^/]+)\.json$/.exec(file)?.[1] ?? file} ${resource}`,
    })),
  );
  return { findings, passed: reports.reduce((sum, { summary }) => sum + (summary?.passed ?? 0), 0) };
}
