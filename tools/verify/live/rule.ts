import { isProperties, type Properties } from "../../model/resource";

/** What a property affects. A difference is critical in all of these except `other`. */
export type Concern = "reach" | "access" | "encryption" | "logs" | "other";

/** A property that is compared with the plan or, if the program does not set it, with AWS's default. */
export interface ComparedProperty {
  readonly concern: Concern;
  /** AWS's defaults, if the program sets no value. Empty: the property must be off ({@link isOff}). */
  readonly defaults: readonly unknown[];
  /** Whether a value is AWS's default, if that depends on other properties. */
  readonly isDefault?: (value: unknown, resource: Properties) => boolean;
  /** Rules of nested properties, if they differ from the default: same concern, and off if not set. */
  readonly within?: LiveTable;
  /** Whether it is a text with a JSON document. */
  readonly isDocument?: boolean;
  /** Why a difference is not critical, for the concern `other`. */
  readonly harmless?: keyof typeof HARMLESS;
}

/** Why a difference is not critical. */
export const HARMLESS = {
  lifecycle: "affects only how the provider or AWS changes or deletes the resource",
  performance: "affects only cost, size, performance or name",
} as const;

/** A property that is compared only if the program sets it, and why. */
interface ListedProperty {
  readonly reason: keyof typeof NOT_COMPARED;
  /** What it affects, if other resources set it. */
  readonly decides?: Concern;
}

/** Why an unset property is not compared. */
export const NOT_COMPARED = {
  assigned: "AWS assigns it",
  chosen: "AWS chooses it, and may change it",
  counter: "it is a counter or date of changes",
  derived: "it follows from other properties that are compared",
  described: "it is a description",
  elsewhere: "other resources set it; they are compared, and unmanaged items are reported",
  fixed: "it identifies the resource and cannot change",
  tags: "it combines the tags, which are compared, and the provider's default tags",
} as const;

export type PropertyRule = ComparedProperty | ListedProperty;

/** The rules of a resource type's properties, by the provider's names. */
export type LiveTable = Readonly<Record<string, PropertyRule>>;

/** A rule for compared properties; values are AWS's defaults. Without defaults, an unset property must be off. */
function compared(concern: Concern, harmless?: ComparedProperty["harmless"]) {
  return (...defaults: readonly unknown[]): ComparedProperty => ({
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
/** Affects logs and events: their content, destination and retention. */
export const logs = compared("logs");
/** Affects only how the provider or AWS changes or deletes the resource. */
export const lifecycle = compared("other", "lifecycle");
/** Affects only cost, size, performance and names. */
export const performance = compared("other", "performance");

/** A JSON document. */
export function document(concern: Concern, isDefault?: ComparedProperty["isDefault"]): ComparedProperty {
  const rule = concern === "other" ? performance() : compared(concern)();
  return { ...rule, isDocument: true, ...(isDefault === undefined ? {} : { isDefault }) };
}

/** A rule with rules of its own for some nested properties. */
export function within(rule: ComparedProperty, rows: LiveTable): ComparedProperty {
  return { ...rule, within: rows };
}

export const assigned: ListedProperty = { reason: "assigned" };
export const chosen: ListedProperty = { reason: "chosen" };
export const counter: ListedProperty = { reason: "counter" };
export const derived: ListedProperty = { reason: "derived" };
export const described: ListedProperty = { reason: "described" };
export const elsewhere = (decides: Concern): ListedProperty => ({ reason: "elsewhere", decides });
export const fixed: ListedProperty = { reason: "fixed" };

/** Gives one rule to several properties, whose names are separated by spaces: `all.reach("subnetId vpcId")`. */
export const all = {
  reach: ruleFor(reach()),
  access: ruleFor(access()),
  encryption: ruleFor(encryption()),
  logs: ruleFor(logs()),
  lifecycle: ruleFor(lifecycle()),
  performance: ruleFor(performance()),
  assigned: ruleFor(assigned),
  chosen: ruleFor(chosen),
  counter: ruleFor(counter),
  derived: ruleFor(derived),
  fixed: ruleFor(fixed),
} as const;

function ruleFor(rule: PropertyRule): (names: string) => LiveTable {
  return (names) =>
    Object.fromEntries(
      names
        .trim()
        .split(/\s+/)
        .map((name) => [name, rule]),
    );
}

/** Properties that every resource has. */
const COMMON: LiveTable = {
  arn: assigned,
  id: assigned,
  region: fixed,
  tags: performance(),
  tagsAll: { reason: "tags" },
  timeouts: lifecycle(),
};

/** The table of a resource type: its own rules, and those of every resource. */
export function liveTable(rows: LiveTable): LiveTable {
  return { ...COMMON, ...rows };
}

export function isCompared(rule: PropertyRule): rule is ComparedProperty {
  return "concern" in rule;
}

/** What a property affects; `other` for listed properties that no other resource sets. */
export function concernOf(rule: PropertyRule): Concern {
  return isCompared(rule) ? rule.concern : (rule.decides ?? "other");
}

/** The rule of a property, if the table has one. Only own keys count: `constructor` is a property of every object. */
export function ruleOf(rows: LiveTable, property: string): PropertyRule | undefined {
  return Object.hasOwn(rows, property) ? rows[property] : undefined;
}

/** The rule of a nested property; by default, it must be off and has its parent's concern. */
export function nestedRule(
  rows: LiveTable | undefined,
  name: string,
  { concern }: Pick<ComparedProperty, "concern">,
): PropertyRule {
  return ruleOf(rows ?? {}, name) ?? { concern, defaults: [] };
}

/** Whether a value is empty, or turns everything off. */
export function isOff(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  if (Array.isArray(value)) return value.every(isOff);
  return isProperties(value) && Object.values(value).every(isOff);
}
