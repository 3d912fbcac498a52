import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { NamedResources } from "../changes/changes";
import { resource } from "../../report/markdown/plan-file";
import { at, listOf, recordOf, ShapeError } from "../../report/markdown/shape";
import { runChild } from "./child";

/** Code that cannot plan a configuration; the message is for the user. */
export class PlanningError extends Error {}

/** Versions of the JSON form whose stacks are read. Version 1 is that of release 0.1.0. */
const VERSIONS: readonly unknown[] = [1, 2];

/**
 * Plans the configuration in a folder with the code in it, in a process of its own.
 *
 * @throws PlanningError when that code refuses the configuration, or writes what is no plan
 */
export async function planWith(folder: string): Promise<readonly NamedResources[]> {
  const [command, ...args] = startCommand(folder);
  if (command !== "node") throw new PlanningError('its package.json has no script "start" that runs node');
  const { out, err } = await runChild(process.execPath, [...args, "--json", "-"], { folder });
  // The exit code is also 1 when a check fails, and then there is a plan, too.
  if (out.trim() === "") throw new PlanningError(err.trim() === "" ? "it wrote no plan" : err.trim());
  return stacksOf(out);
}

/** What `npm start` runs there. */
function startCommand(folder: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly scripts?: Readonly<Record<string, string>>;
  };
  return (scripts?.["start"] ?? "").split(" ");
}

function stacksOf(json: string): readonly NamedResources[] {
  try {
    const file = { value: JSON.parse(json) as unknown, path: "" };
    const { value } = at(file, "version");
    if (!VERSIONS.includes(value)) throw new ShapeError(`its version is ${JSON.stringify(value)}, not 1 or 2`);
    const stacks = recordOf((stack) => listOf(resource)(at(stack, "resources")))(at(file, "stacks"));
    return Object.entries(stacks).map(([name, resources]) => ({ name, resources }));
  } catch (error) {
    if (!(error instanceof ShapeError) && !(error instanceof SyntaxError)) throw error;
    throw new PlanningError(`it wrote what is no plan: ${error.message}`);
  }
}
