import { closest } from "fastest-levenshtein";
import type { Faults, Rule } from "../components/settings/faults";
import { isObject } from "../components/settings/fields";

/**
 * Reads an object of entries by name, such as the key `node-pools`.
 *
 * @param entries undefined when the key has a fault
 * @returns sorted by name, since the CLI may pass them in any order
 */
export function decodeEntries<T>(
  entries: Readonly<Record<string, unknown>> | undefined,
  decode: (name: string, entry: unknown) => T,
): readonly T[] | undefined {
  if (entries === undefined) return undefined;
  return Object.keys(entries)
    .sort()
    .map((name) => decode(name, entries[name]));
}

/**
 * Reads the fields of one entry of an object in the configuration, such as `node-pools.default`. Every field has a
 * default. A fault is recorded for a value of another type or form, and the default is returned in its place.
 */
export class Entry<Field extends string> {
  private readonly values: Readonly<Record<string, unknown>>;

  /**
   * @param place path of the entry, `node-pools.default`
   * @param fields names of all fields; any other is a fault
   */
  constructor(
    private readonly place: string,
    entry: unknown,
    fields: readonly Field[],
    private readonly faults: Faults,
  ) {
    this.values = isObject(entry) ? entry : {};
    if (!isObject(entry)) faults.add(place, entry, `must be an object with some of ${fields.join(", ")}, or {}`);
    for (const field of Object.keys(this.values).filter((each) => !(fields as readonly string[]).includes(each))) {
      const advice = `not a field of ${place}; rename it to ${closest(field, fields)}, the nearest, or remove it`;
      faults.add(`${place}.${field}`, this.values[field], advice);
    }
  }

  text<T extends string | undefined>(field: Field, rule: Rule, otherwise: T): string | T {
    const value = this.values[field];
    if (value === undefined) return otherwise;
    const advice = typeof value === "string" ? rule(value) : (rule("") ?? "must be a string; put it in quotes");
    if (advice === undefined) return value as string;
    this.faults.add(`${this.place}.${field}`, value, advice);
    return otherwise;
  }

  choice<const T extends string>(field: Field, choices: readonly T[], otherwise: T): T {
    const rule: Rule = (text) =>
      (choices as readonly string[]).includes(text) ? undefined : `must be ${choices.join(" or ")}`;
    return this.text<string>(field, rule, otherwise) as T;
  }

  /** @param range smallest and largest number allowed, both included */
  integer<T extends number | undefined>(
    field: Field,
    [min, max]: readonly [min: number, max: number],
    otherwise: T,
  ): number | T {
    const value = this.values[field];
    if (value === undefined) return otherwise;
    if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value;
    this.faults.add(`${this.place}.${field}`, value, `must be a whole number from ${min} to ${max}`);
    return otherwise;
  }

  /** A list of at least one of the choices, in their order. */
  choices<const T extends string>(field: Field, choices: readonly T[], otherwise: readonly T[]): readonly T[] {
    const value = this.values[field];
    if (value === undefined) return otherwise;
    const known = (each: unknown): boolean => (choices as readonly unknown[]).includes(each);
    if (Array.isArray(value) && value.length > 0 && value.every(known)) {
      return choices.filter((each) => value.includes(each));
    }
    this.faults.add(`${this.place}.${field}`, value, `must be a list of one or more of ${choices.join(", ")}`);
    return otherwise;
  }

  /** A list of distinct strings that follow a rule, at least one. */
  texts(field: Field, rule: Rule, otherwise: readonly string[]): readonly string[] {
    const value = this.values[field];
    if (value === undefined) return otherwise;
    const place = `${this.place}.${field}`;
    if (!Array.isArray(value) || value.length === 0) {
      this.faults.add(place, value, "must be a list of one or more strings");
      return otherwise;
    }
    value.forEach((each: unknown, index) => {
      const advice = typeof each === "string" ? rule(each) : "must be a string; put it in quotes";
      if (advice !== undefined) this.faults.add(`${place}[${index}]`, each, advice);
      else if (value.indexOf(each) < index)
        this.faults.add(`${place}[${index}]`, each, "listed twice; remove one of the two");
    });
    return value as string[];
  }

  /** An object of strings, by name. */
  map(field: Field, nameRule: Rule, valueRule: Rule): Readonly<Record<string, string>> {
    const value = this.values[field] ?? {};
    const place = `${this.place}.${field}`;
    if (!isObject(value)) {
      this.faults.add(place, value, "must be an object of strings, KEY: VALUE on each line");
      return {};
    }
    for (const [name, each] of Object.entries(value)) {
      this.faults.check(`the name of ${place}.${name}`, name, nameRule);
      if (typeof each === "string") this.faults.check(`${place}.${name}`, each, valueRule);
      else this.faults.add(`${place}.${name}`, each, "must be a string; put it in quotes");
    }
    return value as Readonly<Record<string, string>>;
  }
}
