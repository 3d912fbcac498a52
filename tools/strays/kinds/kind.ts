import type { Item, Place } from "../item";

/** A kind of AWS resource: its Pulumi type, and how to delete it. */
export interface KindOfThing {
  /** Display name. */
  readonly title: string;
  /** Pulumi type token for imports; undefined for kinds that the program never creates. */
  readonly type?: string;
  /**
   * AWS CLI commands that delete one, in order; empty for kinds that are deleted with their container. Arguments are quoted
   * for the shell if necessary.
   */
  readonly remove: (item: Item, place: Place) => readonly string[];
}

/** `aws SERVICE COMMAND ARGUMENTS... --region REGION`. */
export function aws({ region }: Place, ...words: readonly string[]): string {
  return ["aws", ...words.map(quoted), "--region", region].join(" ");
}

/** A word, quoted for the shell if necessary. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
