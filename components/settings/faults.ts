/** Checks a text. Returns what is allowed and what to do; undefined when the text is valid. */
export type Rule = (text: string) => string | undefined;

/** A record of decoded values, none of which is missing. */
type Complete<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

/** Most characters of a key or a value that a message shows. */
const LONGEST = 400;

/** Most faults that are listed; more would bury the first ones. */
const MOST = 50;

/** Collects faults, so that one run reports all of them. */
export class Faults {
  private readonly found: string[] = [];

  /**
   * Records a fault.
   *
   * @param key path of the value: `az-count`, `networks.dev.cidr`, `repositories[0]`
   * @param got the value; undefined when there is none
   * @param advice what is allowed, and what to do
   */
  add(key: string, got: unknown, advice: string): void {
    this.found.push(
      `${shortened(key)} is ${got === undefined ? "missing" : shortened(JSON.stringify(got))}: ${advice}`,
    );
  }

  /** The text if it follows the rule; otherwise undefined, and a fault is recorded. */
  check(key: string, text: string, rule: Rule): string | undefined {
    const advice = rule(text);
    if (advice === undefined) return text;
    this.add(key, text, advice);
    return undefined;
  }

  /**
   * The values, if there is no fault: a value is undefined only where a fault was recorded.
   *
   * @throws ConfigurationError when there is a fault
   */
  refuseOr<T extends readonly object[]>(stack: string, readings: T): { [I in keyof T]: Complete<T[I]> } {
    const more = this.found.length - MOST;
    const found =
      more > 0 ? [...this.found.slice(0, MOST), `and ${more} more faults: correct these first`] : this.found;
    if (found.length > 0) throw new ConfigurationError(stack, found);
    return readings as { [I in keyof T]: Complete<T[I]> };
  }
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Configuration that cannot be deployed. The message lists every fault, one per line. */
export class ConfigurationError extends Error {
  constructor(
    stack: string,
    readonly faults: readonly string[],
  ) {
    const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
    super([`The configuration of stack ${stack} has ${count}:`, ...faults.map((fault) => `  - ${fault}`)].join("\n"));
    this.name = "ConfigurationError";
  }
}
