import { ConfigurationError } from "../components/settings/faults";
import { ProjectError } from "../tools/planner/project/config-files";

/** Configuration, or an account map, that the two programs cannot use. The message is a sentence for the operator. */
export class SetupError extends Error {}

/**
 * The sentence with which a program ends after a mistake of its user.
 *
 * @throws the error itself when it is a bug, so that it keeps its stack trace
 */
export function sentenceOf(error: unknown): string {
  const isMistake = [SetupError, ConfigurationError, ProjectError].some((kind) => error instanceof kind);
  if (!isMistake) throw error;
  return (error as Error).message;
}
