import { Address4, Address6 } from "ip-address";

/** The value of a policy variable in a request; undefined: the request does not have it. */
export type ResolveVariable = (variable: string) => string | undefined;

/** Part of a pattern: a literal character or a wildcard. */
type Part = { readonly literal: string } | "any" | "one";

/** `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and the escapes `${*}`, `${?}` and `${$}`. */
const VARIABLE = /\$\{([^{}]*)\}/y;

/**
 * Placeholder in a plan for an attribute that AWS assigns, `${aws:iam/role:Role::dev-node.arn}`. It is a name, not a
 * policy variable.
 */
export const SYMBOL = /^\$\{[^{}]+::[^{}]+\}/;

/**
 * Whether a value matches an IAM pattern: `*` is any number of characters, `?` is one (IAM User Guide, "IAM JSON policy
 * elements: Resource"). The time is proportional to the product of the lengths, for any pattern.
 */
export function like(pattern: string, value: string): boolean {
  return fits(wildcardsOf(pattern), value);
}

/**
 * Whether a value matches a pattern with variables (IAM User Guide, "IAM policy elements: Variables and tags"). Wildcards
 * in the value of a variable are literal. A variable that is missing from the request and has no default matches nothing.
 */
export function likeWithVariables(pattern: string, value: string, resolve: ResolveVariable): boolean {
  const parts = withVariables(pattern, resolve, wildcardsOf);
  return parts !== undefined && fits(parts, value);
}

/** The text with its variables resolved, for comparison without wildcards; undefined if one is missing. */
export function resolved(text: string, resolve: ResolveVariable): string | undefined {
  const parts = withVariables(text, resolve, literals);
  return parts?.map((part) => (typeof part === "object" ? part.literal : "")).join("");
}

/** Whether a text has a wildcard. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

function wildcardsOf(text: string): Part[] {
  return [...text].map((character) => (character === "*" ? "any" : character === "?" ? "one" : { literal: character }));
}

function literals(text: string): Part[] {
  return [...text].map((literal) => ({ literal }));
}

function withVariables(text: string, resolve: ResolveVariable, read: (text: string) => Part[]): Part[] | undefined {
  const parts: Part[] = [];
  let from = 0;
  while (from < text.length) {
    const start = text.indexOf("${", from);
    if (start < 0) break;
    VARIABLE.lastIndex = start;
    const [whole, inside = ""] = VARIABLE.exec(text) ?? [];
    if (whole === undefined) break;
    const stands = SYMBOL.test(whole) ? whole : standsFor(inside, resolve);
    if (stands === undefined) return undefined;
    parts.push(...read(text.slice(from, start)), ...literals(stands));
    from = start + whole.length;
  }
  return [...parts, ...read(text.slice(from))];
}

function standsFor(inside: string, resolve: ResolveVariable): string | undefined {
  if (["*", "?", "$"].includes(inside)) return inside;
  const [, key = inside, standard] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inside) ?? [];
  return resolve(key) ?? standard;
}

/** Backtracks only to the last `any`, which is enough: an earlier one could only match more characters. */
function fits(parts: readonly Part[], value: string): boolean {
  const characters = [...value];
  let [part, at, lastAny, resume] = [0, 0, -1, 0];
  while (at < characters.length) {
    const next = parts[part];
    if (next === "any") {
      [lastAny, resume] = [part, at];
      part += 1;
    } else if (next === "one" || (next !== undefined && next.literal === characters[at])) {
      part += 1;
      at += 1;
    } else if (lastAny >= 0) {
      resume += 1;
      [part, at] = [lastAny + 1, resume];
    } else {
      return false;
    }
  }
  return parts.slice(part).every((rest) => rest === "any");
}

/** How a policy value is compared with a request value. */
interface Comparison {
  readonly compare: (expected: string, actual: string) => boolean;
  /** Matches if the values differ, or if the request has no value. @default false */
  readonly isNegated?: boolean;
  /** Whether wildcards in the policy value are expanded. @default false */
  readonly hasWildcards?: boolean;
}

/** A parsed condition operator. */
export interface Operator extends Comparison {
  /** Without prefix and suffix: `StringEquals`. */
  readonly name: string;
  /** For multivalued keys: every value must match, or any. */
  readonly quantifier: "ForAllValues" | "ForAnyValue" | undefined;
  /** Matches if the request does not have the key. */
  readonly isIfExists: boolean;
}

const number = (compare: (expected: number, actual: number) => boolean): Comparison => ({
  compare: (expected, actual) => compare(Number(expected), Number(actual)),
});
const date = (compare: (expected: number, actual: number) => boolean): Comparison => ({
  compare: (expected, actual) => compare(timeOf(expected), timeOf(actual)),
});
const not = (comparison: Comparison): Comparison => ({ ...comparison, isNegated: true });

const equals: Comparison = { compare: (expected, actual) => expected === actual };
const equalsIgnoringCase: Comparison = {
  compare: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
};
const matchesPattern: Comparison = { compare: like, hasWildcards: true };
const matchesArn: Comparison = { compare: likeArn, hasWildcards: true };
const inBlock: Comparison = { compare: isInBlock };

/** Every operator (IAM User Guide, "IAM JSON policy elements: Condition operators"). */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: equals,
  StringNotEquals: not(equals),
  StringEqualsIgnoreCase: equalsIgnoringCase,
  StringNotEqualsIgnoreCase: not(equalsIgnoringCase),
  StringLike: matchesPattern,
  StringNotLike: not(matchesPattern),
  NumericEquals: number((expected, actual) => actual === expected),
  NumericNotEquals: not(number((expected, actual) => actual === expected)),
  NumericLessThan: number((expected, actual) => actual < expected),
  NumericLessThanEquals: number((expected, actual) => actual <= expected),
  NumericGreaterThan: number((expected, actual) => actual > expected),
  NumericGreaterThanEquals: number((expected, actual) => actual >= expected),
  DateEquals: date((expected, actual) => actual === expected),
  DateNotEquals: not(date((expected, actual) => actual === expected)),
  DateLessThan: date((expected, actual) => actual < expected),
  DateLessThanEquals: date((expected, actual) => actual <= expected),
  DateGreaterThan: date((expected, actual) => actual > expected),
  DateGreaterThanEquals: date((expected, actual) => actual >= expected),
  Bool: equalsIgnoringCase,
  BinaryEquals: equals,
  IpAddress: inBlock,
  NotIpAddress: not(inBlock),
  // Both accept wildcards (same page, "Amazon Resource Name (ARN) condition operators").
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  ArnNotEquals: not(matchesArn),
  ArnNotLike: not(matchesArn),
  /** Tests whether the request lacks the key, as "true" or "false". */
  Null: equalsIgnoringCase,
};

const BY_NAME = new Map(
  Object.entries(COMPARISONS).map(([name, comparison]) => [name.toLowerCase(), { name, comparison }]),
);

/** The operator with this name; undefined if IAM has none. */
export function operatorOf(text: string): Operator | undefined {
  const [, quantifier, base = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/i.exec(text) ?? [];
  const found = BY_NAME.get(base.toLowerCase());
  if (found === undefined || (found.name === "Null" && ifExists !== undefined)) return undefined;
  return {
    ...found.comparison,
    name: found.name,
    quantifier: quantifierOf(quantifier),
    isIfExists: ifExists !== undefined,
  };
}

function quantifierOf(text: string | undefined): Operator["quantifier"] {
  if (text === undefined) return undefined;
  return text.toLowerCase() === "forallvalues" ? "ForAllValues" : "ForAnyValue";
}

/** ARNs are compared part by part: a wildcard does not match the first five colons. */
function likeArn(pattern: string, arn: string): boolean {
  const [expected, actual] = [partsOf(pattern), partsOf(arn)];
  // A pattern that is not an ARN, such as "*", is interpreted as widely as possible.
  if (expected.length < 6) return like(pattern, arn);
  return expected.length === actual.length && expected.every((part, index) => like(part, actual[index] ?? ""));
}

/** The six parts of an ARN; the last may contain colons. */
function partsOf(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Milliseconds since 1970, from an ISO 8601 date or from seconds. */
function timeOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function isInBlock(expected: string, actual: string): boolean {
  const [block, address] = [addressOf(expected), addressOf(actual)];
  if (block instanceof Address4) return address instanceof Address4 && address.isInSubnet(block);
  return block instanceof Address6 && address instanceof Address6 && address.isInSubnet(block);
}

function addressOf(text: string): Address4 | Address6 | undefined {
  if (Address4.isValid(text)) return new Address4(text);
  return Address6.isValid(text) ? new Address6(text) : undefined;
}
