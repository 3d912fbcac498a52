/** Minutes between the searches of two stacks, so that they do not queue for the same workers. */
const MINUTES_APART = 5;

/**
 * When each stack is searched for drift: once a day, a stack after the other within one hour.
 *
 * @param stacks in the order of the rollout
 * @param hour UTC
 * @throws RangeError for an hour that no day has
 */
export function driftCrons(stacks: readonly string[], hour: number): Readonly<Record<string, string>> {
  if (hour < 0 || hour > 23) throw new RangeError(`drift-hour is ${String(hour)}: must be a whole number from 0 to 23`);
  const minute = (index: number): string => String((index * MINUTES_APART) % 60);
  return Object.fromEntries(stacks.map((stack, index) => [stack, `${minute(index)} ${String(hour)} * * *`]));
}
