import type { Random } from "./random";

/** What the program did with an input; `planned`: it computed the whole plan from it. */
export type Outcome = "accepted" | "refused" | "planned";

/** A kind of input, and the code that reads it. */
export interface Subject {
  readonly name: string;
  /**
   * Mutates an input and reads it.
   *
   * @throws an error other than a refusal: a bug, which the fuzzer reports
   */
  readonly run: (random: Random) => Promise<Outcome>;
}

/** A refusal that does not help the user: it shows internals, is empty or too long. */
export class BadRefusal extends Error {}

/** Texts that a message for a user must not contain. */
const INTERNALS =
  /^\s+at .+:\d+:\d+\)?$|\b(?:Type|Range|Reference|Syntax|Assertion)Error\b|Cannot read propert|is not a function|is not iterable|call stack|\[object Object\]|undefined: /m;

/** Most characters of a message. A list of fifty faults has about 10,000. */
const LONGEST = 40_000;

/** @throws BadRefusal for a message that is empty, is too long or shows internals */
export function expectSentence(message: string): void {
  const internal = INTERNALS.exec(message)?.[0];
  if (internal !== undefined) {
    throw new BadRefusal(`a message shows internals, ${JSON.stringify(internal)}: ${short(message)}`);
  }
  if (message.trim() === "") throw new BadRefusal("an empty message");
  if (message.length > LONGEST) throw new BadRefusal(`a message of ${message.length} characters: ${short(message)}`);
}

function short(message: string): string {
  return message.slice(0, 300);
}
