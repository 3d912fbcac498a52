import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { readProject } from "../../tools/planner/project/project";
import { commandLines } from "./arguments";
import { configuration, smallFiles } from "./configuration";
import { exported } from "./exports";
import { planFiles } from "./plan-files";
import { Random } from "./random";
import type { Outcome, Subject } from "./subject";

/** Seconds of processor time that one input may take. */
const SLOW = 2;

/** An input that ended in neither a result nor a sentence, or took too long. */
interface Failure {
  /** `npm run fuzz -- --seed SEED --runs 1` repeats it. */
  readonly seed: number;
  readonly subject: string;
  readonly what: string;
}

export interface Figures {
  readonly runs: number;
  /** Counts by `SUBJECT OUTCOME`. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** Longest processor time of one input, in seconds. */
  readonly slowest: number;
  readonly failures: readonly Failure[];
}

/** All kinds of input. Their order is part of the meaning of a seed. */
export class Subjects {
  private readonly folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  private readonly configuration = configuration();
  private readonly commandLines = commandLines();
  private all: readonly Subject[] = [];

  async prepare(): Promise<void> {
    for (const [name, tree] of Object.entries(smallFiles())) writeFileSync(join(this.folder, name), stringify(tree));
    const project = readProject(this.folder);
    const [exportFiles, plans] = [await exported(project), await planFiles(this.folder)];
    this.all = [this.configuration, this.commandLines, exportFiles, plans];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
    this.configuration.remove();
    this.commandLines.remove();
  }

  /** Returns the kind of input of a seed. */
  of(seed: number): Subject {
    const subject = this.all[seed % this.all.length];
    if (subject === undefined) throw new Error("prepare() must be called first");
    return subject;
  }
}

/**
 * Runs one input per seed.
 *
 * @param mayContinue called before each input; false ends the runs
 */
export async function runs(subjects: Subjects, seeds: Iterable<number>, mayContinue = () => true): Promise<Figures> {
  const outcomes = new Map<string, number>();
  const failures: Failure[] = [];
  let [count, slowest] = [0, 0];
  for (const seed of seeds) {
    if (!mayContinue()) break;
    const subject = subjects.of(seed);
    const { outcome, seconds, failure } = await runOne(subject, seed);
    count += 1;
    slowest = Math.max(slowest, seconds);
    const name = `${subject.name} ${outcome}`;
    outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
    if (failure !== undefined) failures.push({ seed, subject: subject.name, what: failure });
  }
  return { runs: count, outcomes, slowest, failures };
}

interface Result {
  readonly outcome: Outcome | "failed";
  readonly seconds: number;
  readonly failure: string | undefined;
}

async function runOne(subject: Subject, seed: number): Promise<Result> {
  const start = process.cpuUsage();
  const secondsSinceStart = (): number => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
  try {
    const outcome = await subject.run(new Random(seed));
    const seconds = secondsSinceStart();
    return { outcome, seconds, failure: problemOf(seconds) };
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const failure = stack.split("\n").slice(0, 8).join("\n").slice(0, 2000);
    return { outcome: "failed", seconds: secondsSinceStart(), failure };
  }
}

/** What is wrong after an input that ended in a result or a sentence, if anything. */
function problemOf(seconds: number): string | undefined {
  if (seconds > SLOW) return `took ${seconds.toFixed(1)} s`;
  const [polluted] = Object.keys(Object.prototype);
  return polluted === undefined ? undefined : `gave every object the property ${polluted}`;
}

/** Consecutive seeds. */
export function* seedsFrom(first: number, count: number): Generator<number> {
  for (let index = 0; index < count; index += 1) yield first + index;
}
