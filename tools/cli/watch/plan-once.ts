import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { NamedResources } from "../../planner/changes/changes";
import type { CheckResult } from "../../checks";
import { PlanFileError, readPlanFile } from "../../report/markdown/plan-file";
import { runChild } from "../../planner/upgrade/child";

/** One plan, or why there is none. */
export type Planned =
  | {
      /** The page. */
      readonly html: string;
      readonly checks: readonly CheckResult[];
      readonly stacks: readonly NamedResources[];
    }
  | { readonly error: string };

const CODE = join(__dirname, "..", "..", "..");
const LOADER = require.resolve("ts-node/register/transpile-only");

export type PlanOnce = (signal: AbortSignal) => Promise<Planned>;

/**
 * Plans in a process of its own, which loads the code as it is then: this process keeps the code it started with.
 *
 * @param folder of the project
 * @param args of `npm start`: stacks and `--set`
 */
export function planInChild(folder: string, args: readonly string[]): PlanOnce {
  return async (signal) => {
    const command = ["--require", LOADER, join(CODE, "tools", "cli", "plan.ts"), "--json", "-", ...args];
    const env = { TS_NODE_PROJECT: join(CODE, "tsconfig.json") };
    const { out, err } = await runChild(process.execPath, command, { folder, env, signal });
    if (out.trim() === "") return { error: reasonOf(err) };
    try {
      const { stacks, checks = [] } = readPlanFile(out, "the plan");
      const html = readFileSync(join(folder, "out", "plan.html"), "utf8");
      return { html, checks, stacks: Object.entries(stacks).map(([name, { resources }]) => ({ name, resources })) };
    } catch (error) {
      if (error instanceof PlanFileError) return { error: error.message };
      throw error;
    }
  };
}

/** What a process wrote to standard error, without the calls of a stack trace: a fault in the code is in its first lines. */
export function reasonOf(err: string): string {
  const lines = err
    .trim()
    .split("\n")
    .filter((line) => !/^\s+at /.test(line));
  return lines.join("\n").trim() || "The plan ended without a message.";
}
