import type { Except, IamCondition, IamDocument, IamStatement, Principal } from "./document";
import { like, likeWithVariables, operatorOf, resolved, type Operator, type ResolveVariable } from "./matching";

/** A request to evaluate. */
export interface IamRequest {
  /** The caller: an ARN or a service name. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request. @default none */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export type IamVerdict = "allowed" | "denied" | "not allowed";

/**
 * The verdict of one policy on a request (IAM User Guide, "Policy evaluation logic"): a Deny wins, then an Allow;
 * otherwise the request is not allowed. Signatures and other policies are not considered.
 */
export function evaluate({ version, statements }: IamDocument, request: IamRequest): IamVerdict {
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
  const resolve: ResolveVariable = (variable) => context.get(variable.toLowerCase())?.[0];
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

/** An account as a principal stands for every identity that the account itself allows (same guide, "Principal"). */
function isMeant({ kind, value }: Principal, who: string): boolean {
  if (kind === "Everybody") return true;
  if (kind !== "AWS" || value === who) return value === who;
  const account = accountOfPrincipal(value);
  return account !== undefined && account === /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(who)?.[1];
}

/** The account, if a principal is a whole account: its id, or the ARN of its root. */
function accountOfPrincipal(value: string): string | undefined {
  return /^(\d{12})$/.exec(value)?.[1] ?? /^arn:[^:]*:iam::(\d{12}):root$/.exec(value)?.[1];
}

/** Whether one condition matches (same guide, "Condition operators" and "Set operators for multivalued context keys"). */
function holds(condition: IamCondition, context: Context, version: IamDocument["version"]): boolean {
  const operator = operatorOf(condition.operator);
  // Documents with an unknown operator are rejected when they are read.
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
  // Without a quantifier, one matching value is enough, except for negated operators.
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
  const resolve: ResolveVariable = (variable) => context.get(variable.toLowerCase())?.[0];
  if (hasWildcards === true) return likeWithVariables(expected, actual, resolve);
  const text = resolved(expected, resolve);
  return text !== undefined && compare(text, actual);
}

function listed(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
