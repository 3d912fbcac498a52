import type { Checks } from "./checks";

export interface AgainArgs {
  readonly checks: Checks;
  /** Whether AWS is an emulator, whose lapses are no failures. */
  readonly emulator: boolean;
  /** When aborted, nothing is tried once more. @default never */
  readonly interrupted?: AbortSignal;
}

/**
 * Runs an action, and retries it once, so that the run continues. A first failure counts as a failed check, except with
 * emulators, which sometimes lose a response under load.
 *
 * @param mend what to do before the second attempt
 */
export async function again<T>(
  args: AgainArgs,
  what: string,
  action: () => Promise<T>,
  mend: () => Promise<void> = () => Promise.resolve(),
): Promise<T> {
  const { checks, emulator, interrupted } = args;
  try {
    return await action();
  } catch (error) {
    interrupted?.throwIfAborted();
    const said = error instanceof Error ? error.message : String(error);
    if (emulator) checks.note(`${what} failed at the first attempt: ${said}`);
    else checks.holds(`${what} succeeds at the first attempt`, false, [said]);
    await mend();
    return await action();
  }
}
