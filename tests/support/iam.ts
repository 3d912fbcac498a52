import type { PolicyDocument, Statement } from "../../components/policy-document";

/** A request as IAM judges it. */
export interface IamRequest {
  /** Who asks: an ARN, or a service's name. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the request carries. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export type Verdict = "allowed" | "denied" | "not allowed";

/**
 * What one policy says to a request (IAM User Guide, "Policy evaluation logic"): a Deny wins, then an Allow, else
 * nothing is allowed. Knows the operators that this project's policies use, and throws for any other.
 */
export function evaluate(policy: PolicyDocument, request: IamRequest): Verdict {
  const matching = policy.Statement.filter((statement) => matches(statement, request));
  if (matching.some(({ Effect }) => Effect === "Deny")) return "denied";
  return matching.some(({ Effect }) => Effect === "Allow") ? "allowed" : "not allowed";
}

function matches(statement: Statement, request: IamRequest): boolean {
  const { Principal, Action, Resource, Condition = {} } = statement;
  return (
    (Principal === undefined || principalMatches(Principal, request.principal)) &&
    list(Action).some((pattern) => like(pattern.toLowerCase(), request.action.toLowerCase())) &&
    (Resource === undefined || list(Resource).some((pattern) => like(pattern, request.resource))) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, expected]) => holds(operator, list(expected), request.context?.[key])),
    )
  );
}

function principalMatches(principal: NonNullable<Statement["Principal"]>, who: string): boolean {
  if (principal === "*") return true;
  const [kind, names] = Object.entries(principal)[0] ?? ["", []];
  const isService = !who.startsWith("arn:");
  if (kind === "Service" || kind === "Federated") return list(names).includes(who);
  return kind === "AWS" && !isService && list(names).some((name) => name === "*" || name === who);
}

/**
 * One line of a condition. A key that the request lacks fails it, except for IfExists, ForAllValues and Null (IAM User
 * Guide, "IAM JSON policy elements: Condition operators").
 */
function holds(operator: string, expected: readonly string[], actual: string | readonly string[] | undefined): boolean {
  if (operator === "Null") return expected.includes(String(actual === undefined));
  const [, set = "", test = "", ifExists = ""] =
    /^(ForAllValues:|ForAnyValue:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const compare = COMPARE[test];
  if (compare === undefined) throw new Error(`the evaluator does not know ${operator}`);
  if (actual === undefined) return set === "ForAllValues:" || ifExists !== "";
  const fits = (value: string): boolean => expected.some((each) => compare(each, value));
  return set === "ForAllValues:" ? list(actual).every(fits) : list(actual).some(fits);
}

const COMPARE: Readonly<Record<string, (expected: string, actual: string) => boolean>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringLike: like,
  ArnLike: like,
  ArnEquals: like,
  Bool: (expected, actual) => expected === actual,
};

function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
