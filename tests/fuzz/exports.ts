import { plainPaint } from "../../tools/io/terminal";
import { plan } from "../../tools/planner/plan";
import type { Project } from "../../tools/planner/project/project";
import { stacksOfPlan } from "../../tools/planner/stacks";
import { ExportError } from "../../tools/verify/exports/export";
import { readExports } from "../../tools/verify/exports/read";
import { verifyStacks } from "../../tools/verify/verification";
import { verificationReport } from "../../tools/verify/verify";
import { deployedExports } from "../tools/verify/support/exports";
import { mutateText, mutateTree, type Tree } from "./mutate";
import type { Random } from "./random";
import { expectSentence, type Outcome, type Subject } from "./subject";

/** One in 20 accepted exports is verified completely, which takes as long as reading 20. */
const VERIFIED = 20;

/** Exports of two stacks, as `pulumi stack export` writes them, one of them mutated. All are read, and some are verified. */
export async function exported(project: Project): Promise<Subject> {
  const planned = await plan(project);
  const files = deployedExports(stacksOfPlan(planned).stacks) as unknown as Readonly<Record<"hub" | "dev", Tree>>;
  const texts = { hub: JSON.stringify(files.hub), dev: JSON.stringify(files.dev) };
  const run = (random: Random): Promise<Outcome> => {
    const stack = random.pick(["hub", "dev"] as const);
    const text = random.chance(0.8)
      ? JSON.stringify(mutateTree(files[stack], random))
      : mutateText(texts[stack], random);
    const given = (["hub", "dev"] as const).map((name) => ({
      name: `${name}.json`,
      text: name === stack ? text : texts[name],
    }));
    try {
      const exports = readExports(given, project);
      if (random.below(VERIFIED) > 0) return Promise.resolve("accepted");
      verificationReport(verifyStacks(exports, planned), { verbose: true }, plainPaint);
      return Promise.resolve("planned");
    } catch (error) {
      if (!(error instanceof ExportError)) throw error;
      expectSentence(error.message);
      return Promise.resolve("refused");
    }
  };
  return { name: "exports", run };
}
