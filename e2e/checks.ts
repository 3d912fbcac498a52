import type { Facts } from "./facts";

/** Holds what AWS says against what must be so, and tells each. */
export class Checks {
  private readonly failed: string[] = [];
  private count = 0;

  constructor(private readonly say: (line: string) => void) {}

  /** One line a fact that must be so; of one that is not, what is missing and what is too much. */
  same(of: string, seen: Facts, expected: Facts): void {
    for (const [fact, wanted] of Object.entries(expected)) {
      const got = seen[fact] ?? ["nothing: AWS was not asked"];
      const differences = [
        ...without(wanted, got).map((line) => `missing   ${line}`),
        ...without(got, wanted).map((line) => `too much  ${line}`),
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

  /** Something to know that is no failure. */
  note(line: string): void {
    this.say(`  note    ${line}`);
  }

  /** Whether an action ends without an error, which is told. */
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

  /** What is not as it should be. */
  get failures(): readonly string[] {
    return this.failed;
  }

  /** The failures once more, for whoever reads the end alone. */
  get summary(): string {
    const good = `${String(this.count - this.failed.length)} of ${String(this.count)} facts are as they should be.`;
    return [good, ...this.failed.map((what) => `  FAILED  ${what}`)].join("\n");
  }
}

/** What is in a list and not in another, as often as it is there once more. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const rest = [...other];
  return list.filter((line) => {
    const place = rest.indexOf(line);
    if (place >= 0) rest.splice(place, 1);
    return place < 0;
  });
}
