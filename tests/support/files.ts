import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders of what is installed or generated on this machine. */
const LEFT_OUT = [".git", "node_modules", "out"];

/** Files of the repository, without what is installed or generated. A copy without `.git` has them too. */
export function repositoryFiles(folder = ""): string[] {
  return readdirSync(folder === "" ? "." : folder, { withFileTypes: true })
    .filter(({ name }) => !LEFT_OUT.includes(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? repositoryFiles(path) : [path];
    });
}
