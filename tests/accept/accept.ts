/** Writes every generated file, and shows what changed: `npm run accept`. */
import { readFileSync, writeFileSync } from "node:fs";
import { command } from "../../tools/io/command";
import { onTerminal } from "../../tools/io/terminal";
import { ARTEFACTS } from "./artefacts";
import { difference } from "./difference";
import { NotPrinted } from "./outputs";

const USAGE = {
  command: "npm run accept",
  about: `Writes every generated file, and shows what changed. Review the difference before you commit it.`,
  exitCodes: "Exit code: 1 if a page shows a line that its command does not print, which a person must write.",
} as const;

const main = command(USAGE, {}, async (_given, io) => {
  let [changed, failed] = [0, 0];
  for (const { file, produce } of ARTEFACTS) {
    const current = readFileSync(file, "utf8");
    try {
      const now = await produce(current);
      if (now === current) continue;
      writeFileSync(file, now);
      changed += 1;
      io.out(`${difference(file, current, now)}\n`);
    } catch (error) {
      if (!(error instanceof NotPrinted)) throw error;
      failed += 1;
      io.out(`${error.message}\n`);
    }
  }
  const files = `${String(ARTEFACTS.length)} generated files`;
  io.out(`${files}: ${String(changed)} changed, ${String(failed)} to be written by hand\n`);
  return failed === 0 ? 0 : 1;
});

onTerminal(main);
