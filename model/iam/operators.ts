import { Address4, Address6 } from "ip-address";
import { like } from "./pattern";

/** How one value of a policy compares with one of a request. */
interface Comparison {
  readonly compare: (expected: string, actual: string) => boolean;
  /** Holds where the values differ, and where the request has no value at all. @default false */
  readonly isNegated?: boolean;
  /** Wildcards in the policy's value count. @default false */
  readonly hasWildcards?: boolean;
}

/** An operator of a condition, taken apart. */
export interface Operator extends Comparison {
  /** Without prefix and suffix: `StringEquals`. */
  readonly name: string;
  /** For keys of many values: each of them must fit, or one. */
  readonly quantifier: "ForAllValues" | "ForAnyValue" | undefined;
  /** Holds where the request does not have the key. */
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
const fits: Comparison = { compare: like, hasWildcards: true };
const fitsArn: Comparison = { compare: likeArn, hasWildcards: true };
const inBlock: Comparison = { compare: isInBlock };

/** Every operator (IAM User Guide, "IAM JSON policy elements: Condition operators"). */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: equals,
  StringNotEquals: not(equals),
  StringEqualsIgnoreCase: equalsIgnoringCase,
  StringNotEqualsIgnoreCase: not(equalsIgnoringCase),
  StringLike: fits,
  StringNotLike: not(fits),
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
  // Both take wildcards (the same page, "Amazon Resource Name (ARN) condition operators").
  ArnEquals: fitsArn,
  ArnLike: fitsArn,
  ArnNotEquals: not(fitsArn),
  ArnNotLike: not(fitsArn),
  /** Asks whether the request has the key: the comparison is with "true" or "false". */
  Null: equalsIgnoringCase,
};

const BY_NAME = new Map(
  Object.entries(COMPARISONS).map(([name, comparison]) => [name.toLowerCase(), { name, comparison }]),
);

/** The operator that a policy names; undefined for none of IAM's. */
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

/** An ARN fits part by part: a wildcard does not reach over a colon of the first five. */
function likeArn(pattern: string, arn: string): boolean {
  const [expected, actual] = [partsOf(pattern), partsOf(arn)];
  // A pattern that is no ARN, such as "*", is taken for as wide as it could be.
  if (expected.length < 6) return like(pattern, arn);
  return expected.length === actual.length && expected.every((part, index) => like(part, actual[index] ?? ""));
}

/** The six parts of an ARN; the last one has the colons that are left. */
function partsOf(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

/** Milliseconds, of a date in ISO 8601 or of seconds since 1970. */
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
