/** A description of a network: lines of text by heading, in any order. Two are equal if their lines are. */
export type Description = Readonly<Record<string, readonly string[]>>;

/** The checks of a run. Prints each result, and counts them. */
export class Checks {
  private readonly failed: string[] = [];
  private count = 0;

  constructor(private readonly print: (line: string) => void) {}

  /** Compares what AWS reports with the expected description: one check per heading. */
  compare(subject: string, actual: Description, expected: Description): void {
    for (const [heading, lines] of Object.entries(expected)) {
      const found = actual[heading] ?? ["nothing: AWS was not queried"];
      const differences = [
        ...subtract(lines, found).map((line) => `missing    ${line}`),
        ...subtract(found, lines).map((line) => `unexpected ${line}`),
      ];
      this.check(`${subject}: ${heading}`, differences.length === 0, differences);
    }
  }

  /** @param details printed if the check fails */
  check(title: string, passed: boolean, details: readonly string[] = []): void {
    this.count += 1;
    this.print(`  ${passed ? "ok    " : "FAILED"}  ${title}`);
    if (passed) return;
    this.failed.push(title);
    for (const line of details.flatMap((each) => each.split("\n"))) this.print(`            ${line}`);
  }

  /** Checks that an action succeeds, and returns whether it did. */
  async succeeds(title: string, action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      this.check(title, true);
      return true;
    } catch (error) {
      this.check(title, false, [error instanceof Error ? error.message : String(error)]);
      return false;
    }
  }

  /** Prints a note, which is not a failure. */
  note(line: string): void {
    this.print(`  note    ${line}`);
  }

  /** Titles of the failed checks. */
  get failures(): readonly string[] {
    return this.failed;
  }

  /** The count, and the failures again for readers of the last lines. */
  get summary(): string {
    const passed = `${String(this.count - this.failed.length)} of ${String(this.count)} checks pass.`;
    return [passed, ...this.failed.map((title) => `  FAILED  ${title}`)].join("\n");
  }
}

/** The items of a list without those of another. Each duplicate counts. */
function subtract(list: readonly string[], other: readonly string[]): string[] {
  const rest = [...other];
  return list.filter((line) => {
    const index = rest.indexOf(line);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}
