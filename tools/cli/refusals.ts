import { earlyFaults, faults, faultsInWords } from "../planner/project/faults";
import { plan, type Plan } from "../planner/plan";
import { ProjectError, readProject, type Project } from "../planner/project/project";

/** Configuration that cannot be planned; the message is for the user. */
export class Refused extends Error {}

/** @throws Refused for a file that the Pulumi CLI could not read either, which the message names. */
export function readOrRefuse(folder: string): Project {
  try {
    return readProject(folder);
  } catch (error) {
    if (error instanceof ProjectError) throw new Refused(error.message);
    throw error;
  }
}

/** @throws Refused with every fault, where the configuration is to blame. */
export async function planOrRefuse(project: Project): Promise<Plan> {
  if (earlyFaults(project).length > 0) throw new Refused(faultsInWords(await faults(project), project));
  try {
    return await plan(project);
  } catch (error) {
    const found = await faults(project);
    throw found.length === 0 ? error : new Refused(faultsInWords(found, project));
  }
}

/** A file that is not there or cannot be written: Node's message names it. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "path" in error;
}
