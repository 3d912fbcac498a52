import { comment } from "../../tools/cli/comment";
import { main as start } from "../../tools/cli/plan";
import { PlanFileError, readPlanFile } from "../../tools/report/markdown/plan-file";
import { plainPaint } from "../../tools/io/terminal";
import { mutateText, mutateTree, type Tree } from "./mutate";
import type { Random } from "./random";
import { BadRefusal, expectSentence, type Outcome, type Subject } from "./subject";

/** Most bytes of a comment on GitHub. */
const LONGEST = 65_536;

/**
 * Plans of a base branch and of a pull request, as `npm start -- --json FILE` writes them, one or both mutated. They are
 * read and compared in a comment.
 *
 * @param folder of the project
 */
export async function planFiles(folder: string): Promise<Subject> {
  const text = await planAsJson(folder);
  const tree = JSON.parse(text) as Tree;
  const mutated = (random: Random): string =>
    random.chance(0.8) ? JSON.stringify(mutateTree(tree, random)) : mutateText(text, random);
  const run = (random: Random): Promise<Outcome> => {
    const [base, head] = random.chance(0.5) ? [text, mutated(random)] : [mutated(random), mutated(random)];
    try {
      const written = comment(readPlanFile(base, "base.json"), readPlanFile(head, "head.json"));
      if (Buffer.byteLength(written) > LONGEST) throw new BadRefusal(`a comment of ${written.length} characters`);
      return Promise.resolve("accepted");
    } catch (error) {
      if (!(error instanceof PlanFileError)) throw error;
      expectSentence(error.message);
      return Promise.resolve("refused");
    }
  };
  return { name: "plan files", run };
}

async function planAsJson(folder: string): Promise<string> {
  let [out, err] = ["", ""];
  const io = {
    folder,
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    paint: plainPaint,
  };
  if ((await start(["--json", "-"], io)) === 2 || !out.startsWith("{")) throw new Error(`no plan to mutate: ${err}`);
  return out;
}
