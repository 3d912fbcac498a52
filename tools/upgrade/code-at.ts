import { realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../io/errors";
import { runChild, type Ended } from "../io/processes";

/** The code of a commit, in a folder of its own. */
export interface CodeAt {
  /** Full hash. */
  readonly commit: string;
  /** Folder of the project in it. */
  readonly folder: string;
}

/**
 * Writes the files of a commit into `target`, without touching the repository: not its files, its index or its list of
 * work trees. The installed packages of the project are linked beside them.
 *
 * @param project folder of the project, in a git repository
 * @throws UsageError for what names no commit, and where the packages are not installed
 */
export async function codeAt(ref: string, project: string, target: string): Promise<CodeAt> {
  const inside = await git(project, ["rev-parse", "--show-prefix"]);
  if (inside.code !== 0) throw new UsageError(`${project} is not in a git repository, so there is no code at ${ref}`);
  const found = await git(project, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  const commit = found.out.trim();
  if (found.code !== 0 || commit === "") {
    throw new UsageError(
      `There is no commit ${ref} in this repository: name a tag, a branch or a hash that git log shows. In a shallow ` +
        "clone, run git fetch --unshallow --tags first.",
    );
  }
  const env = { GIT_INDEX_FILE: join(target, "index") };
  const code = join(target, "code");
  for (const args of [
    ["read-tree", commit],
    ["checkout-index", "--all", "--force", `--prefix=${code}/`],
  ]) {
    // From the top: checkout-index writes paths that are relative to the folder in which it runs.
    const { code: exit, err } = await git(project, ["-C", await top(project), ...args], env);
    if (exit !== 0) throw new UsageError(`git ${args[0] ?? ""} cannot write the code at ${ref}: ${err.trim()}`);
  }
  const folder = join(code, inside.out.trim());
  try {
    symlinkSync(realpathSync(join(project, "node_modules")), join(folder, "node_modules"), "junction");
  } catch (error) {
    throw new UsageError(
      `The packages of ${project} cannot be linked into the code at ${ref}: run npm ci first ` +
        `(${error instanceof Error ? error.message : String(error)})`,
    );
  }
  return { commit, folder };
}

async function top(project: string): Promise<string> {
  return (await git(project, ["rev-parse", "--show-toplevel"])).out.trim();
}

function git(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runChild("git", args, { folder, env });
}
