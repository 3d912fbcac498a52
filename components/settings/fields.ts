import { closest } from "fastest-levenshtein";
import type { Faults, Rule } from "./faults";

/** Most elements of a list. No AWS quota for what these lists create is as large. */
const MOST = 500;

/**
 * Reads configuration values by type. The Pulumi CLI passes every value as text: `true`, `3`, and lists and objects as
 * JSON.
 *
 * A method returns undefined, and records a fault, for a value that is missing or of another type or form.
 *
 * @typeParam K keys of the project: those of the network, unless another project has its own
 */
export class Fields<K extends string = Key> {
  constructor(
    private readonly values: Readonly<Record<string, string>>,
    private readonly faults: Faults,
  ) {}

  string(key: K, rule: Rule): string | undefined {
    const text = this.text(key);
    return text === undefined ? undefined : this.faults.check(key, text, rule);
  }

  choice<const T extends string>(key: K, choices: readonly T[]): T | undefined {
    const text = this.text(key);
    const choice = choices.find((each) => each === text);
    if (text !== undefined && choice === undefined) {
      this.faults.add(key, text, `must be ${choices.slice(0, -1).join(", ")} or ${choices.at(-1) ?? ""}`);
    }
    return choice;
  }

  boolean(key: K): boolean | undefined {
    const choice = this.choice(key, ["true", "false"]);
    return choice === undefined ? undefined : choice === "true";
  }

  /** @param range smallest and largest number allowed, both included */
  integer(key: K, [min, max]: readonly [min: number, max: number]): number | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const number = /^-?\d+$/.test(text) ? Number(text) : undefined;
    if (number !== undefined && number >= min && number <= max) return number;
    this.faults.add(key, number ?? text, `must be a whole number from ${min} to ${max}`);
    return undefined;
  }

  /**
   * Reads a list of distinct strings that follow a rule.
   *
   * Undefined only if the value is no list: a list with faulty elements can still be counted.
   *
   * @param atLeast smallest number of elements
   */
  list(key: K, rule: Rule, atLeast = 0): readonly string[] | undefined {
    const value = this.json(key);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) {
      this.faults.add(key, value, "must be a list of strings; write [] for an empty one");
      return undefined;
    }
    if (value.length < atLeast) this.faults.add(key, value, `must list at least ${atLeast}`);
    if (value.length > MOST) {
      this.faults.add(key, "…", `a list of ${value.length}; must list at most ${MOST}`);
      return undefined;
    }
    value.forEach((element: unknown, index) => {
      const place = `${key}[${index}]`;
      const first = value.indexOf(element);
      if (typeof element !== "string") this.faults.add(place, element, "must be a string; put it in quotes");
      else if (first < index) this.faults.add(place, element, `the same as ${key}[${first}]; remove one of the two`);
      else this.faults.check(place, element, rule);
    });
    return value as string[];
  }

  /**
   * Reads a list of anything.
   *
   * @param form what the list must be, for the message
   */
  elements(key: K, form: string): readonly unknown[] | undefined {
    const value = this.json(key);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) {
      this.faults.add(key, value, form);
      return undefined;
    }
    if (value.length <= MOST) return value as unknown[];
    this.faults.add(key, "…", `a list of ${value.length}; must list at most ${MOST}`);
    return undefined;
  }

  object(key: K): Readonly<Record<string, unknown>> | undefined {
    const value = this.json(key);
    if (value === undefined || isObject(value)) return value;
    this.faults.add(key, value, "must be an object, KEY: VALUE on each line");
    return undefined;
  }

  private json(key: K): unknown {
    const text = this.text(key);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      this.faults.add(key, text, "must be JSON; write it in Pulumi.yaml, or with pulumi config set --path");
      return undefined;
    }
  }

  private text(key: K): string | undefined {
    const text = Object.hasOwn(this.values, key) ? this.values[key] : undefined;
    if (text === undefined) this.faults.add(key, text, "give it a default in Pulumi.yaml, or a value in this stack");
    return text;
  }
}

/** The fields that an object may have, and whose they are, for the message: `of a network`. */
interface KnownFields {
  readonly known: readonly string[];
  readonly where: string;
}

/** Records a fault for each field that an object may not have. */
export function refuseUnknownFields(place: string, entry: object, { known, where }: KnownFields, faults: Faults): void {
  for (const [field, value] of Object.entries(entry)) {
    if (known.includes(field)) continue;
    const advice = `not a field ${where}; rename it to ${closest(field, known)}, the nearest, or remove it`;
    faults.add(`${place}.${field}`, value, advice);
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every key of the project's namespace, as `Pulumi.yaml` declares them. */
export const KNOWN_KEYS = [
  "networks",
  "address-space",
  "domain",
  "prefix",
  "owner",
  "extra-tags",
  "connections",
  "sites",
  "forward-domains",
  "security-group-references",
  "az-count",
  "availability-zones",
  "egress",
  "one-nat-per-az",
  "dns-resolver",
  "dns-firewall",
  "dns-firewall-domain-lists",
  "dns-firewall-allowed-domains",
  "protect",
  "permissions-boundary",
  "alarms",
  "alarm-emails",
  "alarm-topics",
  "repositories",
  "image-publishers",
  "shared-endpoints",
  "share-with",
  "inbound-resolver",
  "flow-log-retention-days",
  "transit-flow-logs",
  "central-egress",
  "inspection",
  "inspection-rule-groups",
  "inspection-domains",
  "kubernetes-version",
  "kubernetes-service-cidr",
  "cluster",
  "cluster-admins",
  "cluster-private-access-cidrs",
  "cluster-public-access-cidrs",
  "internet-load-balancers",
  "node-autoscaling",
  "node-instance-types",
  "node-count",
  "hub-stack",
] as const;

export type Key = (typeof KNOWN_KEYS)[number];

/**
 * The Pulumi CLI accepts keys that `Pulumi.yaml` does not declare, so a typing error in a name would go unnoticed.
 *
 * @param known keys of the project
 */
export function refuseUnknownKeys(
  values: Readonly<Record<string, string>>,
  project: string,
  faults: Faults,
  known: readonly string[] = KNOWN_KEYS,
): void {
  for (const [key, value] of Object.entries(values)) {
    if (known.includes(key)) continue;
    faults.add(key, value, `not a key of ${project}; rename it to ${closest(key, known)}, the nearest, or remove it`);
  }
}
