import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main as start } from "../../tools/cli/plan";
import { main as comment } from "../../tools/cli/comment";
import { plainPaint } from "../../tools/io/terminal";
import { main as tunnel } from "../../tools/tunnel/tunnel";
import { main as verify } from "../../tools/verify/verify";
import { mutateText, oddText } from "./mutate";
import type { Random } from "./random";
import { BadRefusal, expectSentence, type Outcome, type Subject } from "./subject";

const WORDS: readonly [string, ...string[]] = [
  ...(["--set", "--json", "--picture", "--why", "--help", "-h", "--", "-", "-x", "--verbose", "--checks"] as const),
  ...["--details", "--json=", "--set=dev:az-count=3", "dev", "hub", "qa", "__proto__", "constructor", "out/plan.html"],
  ...["--port", "--port=0", "--node=i-0123456789abcdef0", "--cluster", "arn:aws:eks:eu-west-1:1:cluster/c"],
  ...["dev:az-count=3", "*:domain=x.y", "dev:networks={}", "dev:cluster-admins=*", "Pulumi.yaml", "a.json", ".", ""],
  ...["spokes-are-isolated", "no-such-check", "dev:aws:region=cn-north-1", "--set=:=", "::", "=", "a:b:c:d=e"],
];

/** A machine without any program, so that no tunnel is opened. */
const BARE = {
  env: { PATH: "" },
  signals: { on: () => undefined, off: () => undefined },
  isTerminal: false,
  patience: 0,
};

type Io = Parameters<typeof tunnel>[1];

/**
 * Command lines of npm start, verify, comment and tunnel, in a folder whose project has no hub: whatever the command line says is
 * read, and the plan is refused before it takes time.
 */
export function commandLines(): Subject & { readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: piksel-network\n");
  writeFileSync(join(folder, "Pulumi.dev.yaml"), "config: { aws:region: ap-southeast-3 }\n");
  const openTunnel = (argv: readonly string[], io: Io): Promise<number> => tunnel(argv, io, BARE);
  const run = async (random: Random): Promise<Outcome> => {
    let [out, err] = ["", ""];
    const io = {
      folder,
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
      paint: plainPaint,
    };
    const argv = Array.from({ length: random.below(6) }, () => {
      const word = random.chance(0.8) ? random.pick(WORDS) : oddText(random);
      // No operating system hands a program an argument with a NUL in it.
      return (random.chance(0.2) ? mutateText(word, random) : word).replaceAll("\0", "");
    });
    const command = random.pick([start, verify, comment, openTunnel]);
    const code = await command(argv, io);
    if (![0, 1, 2].includes(code)) throw new BadRefusal(`exit code ${String(code)} of ${JSON.stringify(argv)}`);
    if (code === 0) return "accepted";
    expectSentence(err);
    return "refused";
  };
  return { name: "command lines", run, remove: () => rmSync(folder, { recursive: true }) };
}
