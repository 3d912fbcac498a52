import type { Facts } from "./facts";

/** Compares AWS with the expected network, and prints each result. */
export class Checks {
  private readonly failed: string[] = [];
  private count = 0;

  constructor(private readonly say: (line: string) => void) {}

  /** One line per expected fact; for a failed one, what is missing and what is unexpected. */
  same(of: string, seen: Facts, expected: Facts): void {
    for (const [fact, wanted] of Object.entries(expected)) {
      const got = seen[fact] ?? ["nothing: AWS was not queried"];
      const differences = [
        ...without(wanted, got).map((line) => `missing    ${line}`),
        ...without(got, wanted).map((line) => `unexpected ${line}`),
      ];
      this.holds(`${of}: ${fact}`, differences.length === 0, differences);
    }
  }

  holds(what: string, so: boolean, otherwise: readonly string[] = []): void {
    this.count += 1;
    if (!so) this.failed.push(what);
    this.say(`  ${so ? "ok    " : "FAILED"}  ${what}`);
    if (!so) for (const line of otherwise.flatMap((each) => each.split("\n"))) this.say(`            ${line}`);
  }

  /** A note that is not a failure. */
  note(line: string): void {
    this.say(`  note    ${line}`);
  }

  /** Whether an action succeeds; prints the error otherwise. */
  async succeeds(what: string, action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      this.holds(what, true);
      return true;
    } catch (error) {
      this.holds(what, false, [error instanceof Error ? error.message : String(error)]);
      return false;
    }
  }

  /** The failed checks. */
  get failures(): readonly string[] {
    return this.failed;
  }

  /** The failures again, for readers of the last lines. */
  get summary(): string {
    const good = `${String(this.count - this.failed.length)} of ${String(this.count)} checks pass.`;
    return [good, ...this.failed.map((what) => `  FAILED  ${what}`)].join("\n");
  }
}

/** The items of a list without those of another, counting duplicates. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const rest = [...other];
  return list.filter((line) => {
    const place = rest.indexOf(line);
    if (place >= 0) rest.splice(place, 1);
    return place < 0;
  });
}
