/** Feeds mutated configuration, command lines, stack exports and plan files to the commands: `npm run fuzz`. */
import { command, type Options } from "../../tools/io/command";
import { onTerminal } from "../../tools/io/terminal";
import { runs, seedsFrom, Subjects, type Figures } from "./runs";

const USAGE = {
  command: "npm run fuzz",
  about: `Feeds mutated configuration, command lines, stack exports and plan files to the commands. Each must
end in a result or in a sentence, within two seconds. Each input is made from a seed of its own:
SEED, SEED + 1, ... A failure names its seed; --seed SEED --runs 1 runs that input again.`,
  exitCodes: "Exit code: 0 if each does, 1 if one does not, 2 for wrong arguments.",
} as const;

const NUMBER = [/^\d{1,9}$/, "must be a number of at most nine digits"] as const;

const OPTIONS = {
  runs: { value: "N", help: "number of inputs; 20,000 by default", form: NUMBER },
  seed: { value: "N", help: "seed of the first input; by default it follows from the time", form: NUMBER },
} as const satisfies Options;

const main = command(USAGE, OPTIONS, async ({ runs: count = "20000", seed }, io) => {
  const first = seed === undefined ? Date.now() % 1_000_000_000 : Number(seed);
  const subjects = new Subjects();
  try {
    await subjects.prepare();
    const figures = await runs(subjects, seedsFrom(first, Number(count)));
    io.out(report(figures, first));
    return figures.failures.length === 0 ? 0 : 1;
  } finally {
    subjects.remove();
  }
});

function report({ runs: count, outcomes, slowest, failures }: Figures, first: number): string {
  const lines = [
    `${count} inputs from seed ${first}; the slowest took ${slowest.toFixed(2)} s of processor time`,
    ...[...outcomes].sort().map(([name, times]) => `  ${name.padEnd(28)}${String(times).padStart(7)}`),
    ...failures.slice(0, 20).map(({ seed, subject, what }) => `\n--seed ${seed} --runs 1 (${subject}): ${what}`),
    `${failures.length} of ${count} failed`,
  ];
  return `${lines.join("\n")}\n`;
}

onTerminal(main);
