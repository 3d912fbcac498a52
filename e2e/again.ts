import type { Checks } from "./checks";

export interface AgainArgs {
  readonly checks: Checks;
  /** Whether AWS is an emulator, whose lapses are no failures. */
  readonly emulator: boolean;
  /** When aborted, nothing is tried once more. @default never */
  readonly interrupted?: AbortSignal;
}

/**
 * Does it, and once more when it fails, so that the run goes on and tells the rest. To fail at first is a fault of its
 * own, but for emulators, which lose an answer now and then when many calls come at once.
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
    if (emulator) checks.note(`${what} did not succeed at once: ${said}`);
    else checks.holds(`${what} succeeds at once`, false, [said]);
    await mend();
    return await action();
  }
}
