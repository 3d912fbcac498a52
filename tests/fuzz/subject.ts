import type { Random } from "./random";

/** How an input was received; `planned` where the whole plan was made of it. */
export type Outcome = "accepted" | "refused" | "planned";

/** A kind of input that is mutated, and what reads it. */
export interface Subject {
  readonly name: string;
  /**
   * Mutates an input and reads it.
   *
   * @throws anything: that is what is looked for
   */
  readonly run: (random: Random) => Promise<Outcome>;
}

/** A refusal that is none: it shows how the program is made, not what is wrong. */
export class BadRefusal extends Error {}

/** What a sentence for a user never has in it. */
const INTERNALS =
  /^\s+at .+:\d+:\d+\)?$|\b(?:Type|Range|Reference|Syntax|Assertion)Error\b|Cannot read propert|is not a function|is not iterable|call stack|\[object Object\]|undefined: /m;

/** Characters of a message; a list of fifty faults has some 10,000. */
const LONGEST = 40_000;

/** @throws BadRefusal for a message that is empty, too long, or shows how the program is made */
export function expectSentence(message: string): void {
  const internal = INTERNALS.exec(message)?.[0];
  if (internal !== undefined)
    throw new BadRefusal(`a message shows internals, ${JSON.stringify(internal)}: ${short(message)}`);
  if (message.trim() === "") throw new BadRefusal("an empty message");
  if (message.length > LONGEST) throw new BadRefusal(`a message of ${message.length} characters: ${short(message)}`);
}

function short(message: string): string {
  return message.slice(0, 300);
}
