import type { Condition, Except, IamDocument, IamStatement, Principal } from "./document";
import { operatorOf, type Operator } from "./operators";
import { like, likeWithVariables, resolved, type Resolve } from "./pattern";

/** A request as IAM judges it. */
export interface IamRequest {
  /** Who asks: an ARN, or a service's name. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the request carries. @default none */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export type Verdict = "allowed" | "denied" | "not allowed";

/**
 * What one policy says to a request (IAM User Guide, "Policy evaluation logic"): a Deny wins, then an Allow, else nothing
 * is allowed. Whether the request is signed, and what other policies say, is not its affair.
 */
export function evaluate({ version, statements }: IamDocument, request: IamRequest): Verdict {
  const context = new Map(
    Object.entries(request.context ?? {}).map(([key, value]) => [key.toLowerCase(), listed(value)]),
  );
  const matching = statements.filter((statement) => matches(statement, request, version, context));
  if (matching.some(({ effect }) => effect === "Deny")) return "denied";
  return matching.some(({ effect }) => effect === "Allow") ? "allowed" : "not allowed";
}

/** Values by key, in lower case. */
type Context = ReadonlyMap<string, readonly string[]>;

function matches(
  { principals, actions, resources, conditions }: IamStatement,
  { principal, action, resource }: IamRequest,
  version: IamDocument["version"],
  context: Context,
): boolean {
  const resolve: Resolve = (variable) => context.get(variable.toLowerCase())?.[0];
  const fits = (pattern: string): boolean =>
    version === "2012-10-17" ? likeWithVariables(pattern, resource, resolve) : like(pattern, resource);
  return (
    isIn(principals, (each) => isMeant(each, principal)) &&
    isIn(actions, (pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
    isIn(resources, fits) &&
    conditions.every((condition) => holds(condition, context, version))
  );
}

function isIn<T>(element: Except<T> | undefined, test: (each: T) => boolean): boolean {
  return element === undefined || element.list.some(test) !== element.isExcept;
}

/** An account as a principal means whoever in it has leave of the account's own (the same guide, "Principal"). */
function isMeant({ kind, value }: Principal, who: string): boolean {
  if (kind === "Everybody") return true;
  if (kind !== "AWS" || value === who) return value === who;
  const account = accountOfPrincipal(value);
  return account !== undefined && account === /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(who)?.[1];
}

/** The account that a principal is as a whole: by its id, or by the ARN of its root. */
export function accountOfPrincipal(value: string): string | undefined {
  return /^(\d{12})$/.exec(value)?.[1] ?? /^arn:[^:]*:iam::(\d{12}):root$/.exec(value)?.[1];
}

/** One condition (the same guide, "Condition operators" and "Set operators for multivalued context keys"). */
export function holds(condition: Condition, context: Context, version: IamDocument["version"]): boolean {
  const operator = operatorOf(condition.operator);
  // No document with an operator that is none of IAM's is read.
  if (operator === undefined) return false;
  const actual = context.get(condition.key.toLowerCase()) ?? [];
  if (operator.name === "Null") {
    return condition.values.some((value) => operator.compare(value, String(actual.length === 0)));
  }
  if (actual.length === 0) return holdsWithoutKey(operator);
  const fits = (value: string): boolean => {
    const isEqual = condition.values.some((expected) => compares(operator, expected, value, context, version));
    return operator.isNegated === true ? !isEqual : isEqual;
  };
  // One value of many is enough without a quantifier too, but for what must differ from each.
  const needsAll = operator.quantifier === "ForAllValues" || (operator.quantifier === undefined && operator.isNegated);
  return needsAll === true ? actual.every(fits) : actual.some(fits);
}

function holdsWithoutKey({ quantifier, isIfExists, isNegated }: Operator): boolean {
  if (quantifier === "ForAllValues" || isIfExists) return true;
  return quantifier === undefined && isNegated === true;
}

function compares(
  { compare, hasWildcards }: Operator,
  expected: string,
  actual: string,
  context: Context,
  version: IamDocument["version"],
): boolean {
  if (version === "2008-10-17" || !expected.includes("${")) return compare(expected, actual);
  const resolve: Resolve = (variable) => context.get(variable.toLowerCase())?.[0];
  if (hasWildcards === true) return likeWithVariables(expected, actual, resolve);
  const text = resolved(expected, resolve);
  return text !== undefined && compare(text, actual);
}

function listed(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
