import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../io/errors";
import { inTemporaryFolder, runChild } from "../io/processes";
import type { Changes, NamedResources } from "../planner/changes/changes";
import { changesBetween } from "../planner/changes/compare";
import { planOrRefuse } from "../planner/project/faults";
import { readProject } from "../planner/project/project";
import { readPlanFile } from "../report/markdown/plan-file";
import { codeAt } from "./code-at";
import { configureFor, otherDependencies } from "./configuration-for";

/** What an update from other code to the present code does to deployed stacks. */
export interface Upgrade {
  /** Full hash of the commit that the stacks are deployed with. */
  readonly commit: string;
  readonly changes: Readonly<Record<string, Changes>>;
  /** Keys of the configuration that the other code does not know: it is planned without them. */
  readonly unknownKeys: readonly string[];
  /** Packages with which the other code was released in another version: it is planned with the present ones. */
  readonly otherDependencies: readonly string[];
}

/**
 * Plans the configuration with the code at a commit and with the present code, and compares.
 *
 * @param project folder of the project, in the git repository that has the commit
 * @param configuration folder with `Pulumi.yaml` and the stack files. @default the project's own
 * @throws UsageError for what names no commit, UserError when the code there or the present code refuses the configuration
 */
export async function upgradeFrom(ref: string, project: string, configuration = project): Promise<Upgrade> {
  return inTemporaryFolder("upgrade-check-", async (target) => {
    const { commit, folder } = await codeAt(ref, project, target);
    const differences = otherDependencies(project, folder);
    const present = readProject(configuration);
    const unknownKeys = configureFor(configuration, folder);
    // At the same time; both are awaited, since the folder must outlast the other process.
    const [now, then] = await Promise.allSettled([planOrRefuse(present), planWith(ref, folder)]);
    const [after, before] = [valueOf(now), valueOf(then)];
    return { commit, changes: changesBetween(before, after), unknownKeys, otherDependencies: differences };
  });
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === "rejected") throw settled.reason;
  return settled.value;
}

/**
 * Plans the configuration in a folder with the code in it, in a process of its own.
 *
 * @throws UserError when that code refuses the configuration, or writes what is no plan
 */
async function planWith(ref: string, folder: string): Promise<readonly NamedResources[]> {
  const refuse = (reason: string): UserError =>
    new UserError(`The code at ${ref} cannot plan this configuration: ${reason}`);
  const [command, ...args] = startCommand(folder);
  if (command !== "node") throw refuse('its package.json has no script "start" that runs node');
  const { out, err } = await runChild(process.execPath, [...args, "--json", "-"], { folder });
  // The exit code is also 1 when a check fails, and then there is a plan, too.
  if (out.trim() === "") throw refuse(err.trim() === "" ? "it wrote no plan" : err.trim());
  try {
    const { stacks } = readPlanFile(out, "what it wrote");
    return Object.entries(stacks).map(([name, { resources }]) => ({ name, resources }));
  } catch (error) {
    throw error instanceof UserError ? refuse(error.message) : error;
  }
}

/** What `npm start` runs there: releases have their code in other folders. */
function startCommand(folder: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly scripts?: Readonly<Record<string, string>>;
  };
  return (scripts?.["start"] ?? "").split(" ");
}
