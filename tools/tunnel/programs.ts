import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { UserError } from "../io/errors";

/** Programs that a tunnel needs: title and installation page. */
const PROGRAMS = {
  aws: ["The AWS CLI", "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"],
  "session-manager-plugin": [
    "The Session Manager plugin of the AWS CLI",
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html",
  ],
  pulumi: ["The Pulumi CLI", "https://www.pulumi.com/docs/install/"],
} as const;

export type Program = keyof typeof PROGRAMS;

/**
 * Refuses to start without the programs.
 *
 * @param path the variable PATH
 * @throws UserError with a sentence for each one that is missing
 */
export function requirePrograms(programs: readonly Program[], path: string): void {
  const missing = programs.filter((program) => !isInstalled(program, path));
  if (missing.length === 0) return;
  const sentences = missing.map((program) => {
    const [title, page] = PROGRAMS[program];
    return `${title} (${program}) is not on the PATH: install it, ${page}`;
  });
  throw new UserError(sentences.join("\n"));
}

function isInstalled(program: string, path: string): boolean {
  return path.split(delimiter).some((folder) => folder !== "" && isExecutable(join(folder, program)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
