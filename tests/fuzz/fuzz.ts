/**
 * Feeds spoiled configuration, command lines, stack exports and plan files to the commands: `npm run fuzz`. Each must end
 * in a result or in a sentence, within two seconds. Exit code 1: one does not; 2: a wrong command line.
 */
import { parseArgs } from "node:util";
import { runs, seedsFrom, Subjects, type Figures } from "./runs";

const USAGE = `npm run fuzz -- [--runs N] [--seed N]

Runs N inputs (20,000 without --runs), each made from a seed of its own: SEED, SEED + 1, ... A failure names its seed;
--seed SEED --runs 1 runs that input again. Without --seed the first seed follows from the time.
`;

const LARGEST = 2 ** 32 - 1;

function numberOf(text: string | undefined, otherwise: number): number | undefined {
  if (text === undefined) return otherwise;
  return /^\d{1,10}$/.test(text) && Number(text) <= LARGEST ? Number(text) : undefined;
}

function given(): { readonly first: number; readonly count: number } | undefined {
  try {
    const { values } = parseArgs({ options: { runs: { type: "string" }, seed: { type: "string" } } });
    const [first, count] = [numberOf(values.seed, Date.now() % 2 ** 31), numberOf(values.runs, 20_000)];
    return first === undefined || count === undefined ? undefined : { first, count };
  } catch {
    return undefined;
  }
}

function report({ runs: count, outcomes, slowest, failures }: Figures, first: number): string {
  const lines = [
    `${count} inputs from seed ${first}; the slowest took ${slowest.toFixed(2)} s of processor time`,
    ...[...outcomes].sort().map(([name, times]) => `  ${name.padEnd(28)}${String(times).padStart(7)}`),
    ...failures.slice(0, 20).map(({ seed, subject, what }) => `\n--seed ${seed} --runs 1 (${subject}): ${what}`),
    `${failures.length} of ${count} failed`,
  ];
  return `${lines.join("\n")}\n`;
}

async function main(): Promise<number> {
  const asked = given();
  if (asked === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const subjects = new Subjects();
  try {
    await subjects.prepare();
    const figures = await runs(subjects, seedsFrom(asked.first, asked.count));
    process.stdout.write(report(figures, asked.first));
    return figures.failures.length === 0 ? 0 : 1;
  } finally {
    subjects.remove();
  }
}

void main().then((code) => {
  process.exitCode = code;
});
