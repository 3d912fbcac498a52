/**
 * Writes anew all that is generated, and shows what changed: `npm run accept`. Review the difference before you commit it.
 * Exit code 1: a page shows a line that its command does not print, and a person must write it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { ARTEFACTS } from "./artefacts";
import { difference } from "./difference";
import { NotPrinted } from "./outputs";

async function main(): Promise<number> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  let [changed, failed] = [0, 0];
  for (const { file, produce } of ARTEFACTS) {
    const current = readFileSync(file, "utf8");
    try {
      const now = await produce(current);
      if (now === current) continue;
      writeFileSync(file, now);
      changed += 1;
      say(difference(file, current, now));
    } catch (error) {
      if (!(error instanceof NotPrinted)) throw error;
      failed += 1;
      say(error.message);
    }
  }
  say(
    `${String(ARTEFACTS.length)} generated files: ${String(changed)} changed, ${String(failed)} to be written by hand`,
  );
  return failed === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});
