import { isProperties, type Properties } from "../../model/resource";

/** What a property decides. A difference in any of these but `other` is grave. */
export type Concern = "reach" | "access" | "encryption" | "logs" | "other";

/** A property that is compared with the plan or, where the program does not set it, with AWS's default. */
export interface Compared {
  readonly concern: Concern;
  /** Values that AWS has where the program sets none. Empty: the property must be off (`isOff`). */
  readonly defaults: readonly unknown[];
  /** Whether a value is AWS's default, where that depends on other properties of the resource. */
  readonly isDefault?: (value: unknown, resource: Properties) => boolean;
  /** Rules of nested properties that differ from this one's: same concern, and off where the program sets none. */
  readonly within?: LiveTable;
  /** Whether it is text that holds a JSON document. */
  readonly isDocument?: boolean;
  /** Of a property that decides none of the four, why a difference in it is not grave. */
  readonly harmless?: Harmless;
}

/** Why a difference is not grave. */
export const HARMLESS = {
  handling: "how the provider or AWS changes or deletes the resource, and not what it does",
  running: "what it costs, how large or fast it is, or what it is called",
} as const;
export type Harmless = keyof typeof HARMLESS;

/** A property that is compared only where the program sets it, and why. */
export interface Listed {
  readonly reason: Reason;
  /** What it decides, where other resources set it. */
  readonly decides?: Concern;
}

export type Rule = Compared | Listed;

/** The rules of a resource type's properties, by the provider's names. */
export type LiveTable = Readonly<Record<string, Rule>>;

/** Why a property that the program does not set is not compared. */
export const REASONS = {
  assigned: "AWS assigns it",
  chosen: "AWS chooses it, and may choose anew",
  counter: "it counts or dates changes",
  derived: "it follows from other properties that are compared",
  elsewhere: "other resources set it: they are compared, and what is there beside them is reported",
  fixed: "it identifies the resource and cannot change",
  spoken: "it is text for people",
  tags: "it is the tags, which are compared, and the provider's default tags",
} as const;
export type Reason = keyof typeof REASONS;

/** A property that is compared; values are AWS's defaults. Without any, it must be off where the program sets none. */
function compared(concern: Concern, harmless?: Harmless) {
  return (...defaults: readonly unknown[]): Compared => ({
    ...{ concern, defaults },
    ...(harmless === undefined ? {} : { harmless }),
  });
}

/** Which packets and names find a way, and where they lead. */
export const reach = compared("reach");
/** Who may do what. */
export const access = compared("access");
/** What is encrypted, and by which key. */
export const encryption = compared("encryption");
/** What is logged or reported, where to, and how long it is kept. */
export const logs = compared("logs");
/** How the provider or AWS changes or deletes the resource: it harms none of these while the resource runs. */
export const handling = compared("other", "handling");
/** What the resource costs, how large or fast it is, and what it is called: it harms none of these. */
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

/** What the provider adds to every resource. */
const EVERYWHERE: LiveTable = {
  arn: assigned,
  id: assigned,
  region: fixed,
  tags: running(),
  tagsAll: { reason: "tags" },
  timeouts: handling(),
};

/** The table of a type: its own rows, and those that every type has. */
export function table(rows: LiveTable): LiveTable {
  return { ...EVERYWHERE, ...rows };
}

export function isCompared(rule: Rule): rule is Compared {
  return "concern" in rule;
}

/** What a property decides; of one that is listed, and that other resources do not set, nothing grave. */
export function concernOf(rule: Rule): Concern {
  return isCompared(rule) ? rule.concern : (rule.decides ?? "other");
}

/** Own rows alone: `constructor` is a property of every object. */
export function ruleOf(rows: LiveTable, property: string): Rule | undefined {
  return Object.hasOwn(rows, property) ? rows[property] : undefined;
}

/** Whether a value says nothing, or switches off all that it could switch on. */
export function isOff(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.every(isOff);
  return isProperties(value) && Object.values(value).every(isOff);
}
