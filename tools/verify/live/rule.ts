import { isProperties, type Properties } from "../../model/resource";

/** What a property affects. A difference is critical in all of these except `other`. */
export type Concern = "reach" | "access" | "encryption" | "logs" | "other";

/** A property that is compared with the plan or, if the program does not set it, with AWS's default. */
export interface Compared {
  readonly concern: Concern;
  /** AWS's defaults, if the program sets no value. Empty: the property must be off (`isOff`). */
  readonly defaults: readonly unknown[];
  /** Whether a value is AWS's default, if that depends on other properties. */
  readonly isDefault?: (value: unknown, resource: Properties) => boolean;
  /** Rules of nested properties, if they differ from the default: same concern, and off if not set. */
  readonly within?: LiveTable;
  /** Whether it is a text with a JSON document. */
  readonly isDocument?: boolean;
  /** Why a difference is not critical, for the concern `other`. */
  readonly harmless?: Harmless;
}

/** Why a difference is not critical. */
export const HARMLESS = {
  handling: "affects only how the provider or AWS changes or deletes the resource",
  running: "affects only cost, size, performance or name",
} as const;
export type Harmless = keyof typeof HARMLESS;

/** A property that is compared only if the program sets it, and why. */
export interface Listed {
  readonly reason: Reason;
  /** What it affects, if other resources set it. */
  readonly decides?: Concern;
}

export type Rule = Compared | Listed;

/** The rules of a resource type's properties, by the provider's names. */
export type LiveTable = Readonly<Record<string, Rule>>;

/** Why an unset property is not compared. */
export const REASONS = {
  assigned: "AWS assigns it",
  chosen: "AWS chooses it, and may change it",
  counter: "it is a counter or date of changes",
  derived: "it follows from other properties that are compared",
  elsewhere: "other resources set it; they are compared, and additions are reported",
  fixed: "it identifies the resource and cannot change",
  spoken: "it is a description",
  tags: "it combines the tags, which are compared, and the provider's default tags",
} as const;
export type Reason = keyof typeof REASONS;

/** A rule for compared properties; values are AWS's defaults. Without defaults, an unset property must be off. */
function compared(concern: Concern, harmless?: Harmless) {
  return (...defaults: readonly unknown[]): Compared => ({
    ...{ concern, defaults },
    ...(harmless === undefined ? {} : { harmless }),
  });
}

/** Affects paths and DNS. */
export const reach = compared("reach");
/** Affects permissions. */
export const access = compared("access");
/** Affects encryption and keys. */
export const encryption = compared("encryption");
/** Affects logs and events: what, where to, and their retention. */
export const logs = compared("logs");
/** Affects only how the provider or AWS changes or deletes the resource. */
export const handling = compared("other", "handling");
/** Affects only cost, size, performance and names. */
export const running = compared("other", "running");

/** A JSON document; values are AWS's defaults. */
export function document(concern: Concern, isDefault?: Compared["isDefault"]): Compared {
  const harmless = concern === "other" ? { harmless: "running" as const } : {};
  return { concern, defaults: [], isDocument: true, ...harmless, ...(isDefault === undefined ? {} : { isDefault }) };
}

/** A rule with rules of its own for some nested properties. */
export function within(rule: Compared, rows: LiveTable): Compared {
  return { ...rule, within: rows };
}

export const assigned: Listed = { reason: "assigned" };
export const chosen: Listed = { reason: "chosen" };
export const counter: Listed = { reason: "counter" };
export const derived: Listed = { reason: "derived" };
export const elsewhere = (decides: Concern): Listed => ({ reason: "elsewhere", decides });
export const fixed: Listed = { reason: "fixed" };
export const spoken: Listed = { reason: "spoken" };

/** Properties that every resource has. */
const EVERYWHERE: LiveTable = {
  arn: assigned,
  id: assigned,
  region: fixed,
  tags: running(),
  tagsAll: { reason: "tags" },
  timeouts: handling(),
};

/** The table of a type: its own rules, and those of every resource. */
export function table(rows: LiveTable): LiveTable {
  return { ...EVERYWHERE, ...rows };
}

export function isCompared(rule: Rule): rule is Compared {
  return "concern" in rule;
}

/** What a property affects; `other` for listed properties that no other resource sets. */
export function concernOf(rule: Rule): Concern {
  return isCompared(rule) ? rule.concern : (rule.decides ?? "other");
}

/** Own keys only: `constructor` is a property of every object. */
export function ruleOf(rows: LiveTable, property: string): Rule | undefined {
  return Object.hasOwn(rows, property) ? rows[property] : undefined;
}

/** Whether a value is empty, or turns everything off. */
export function isOff(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.every(isOff);
  return isProperties(value) && Object.values(value).every(isOff);
}
