import type { Item, Place } from "../item";

/** A kind of thing in AWS: what Pulumi calls it, and how it is deleted. */
export interface KindOfThing {
  /** What people call one. */
  readonly title: string;
  /** Pulumi type token by which it is imported; undefined for what no program makes. */
  readonly type?: string;
  /**
   * Commands of the AWS CLI that delete one, in order; empty for what goes with the thing that it belongs to. Arguments
   * are quoted where a shell needs it.
   */
  readonly remove: (item: Item, place: Place) => readonly string[];
}

/** `aws SERVICE COMMAND ARGUMENTS... --region REGION`. */
export function aws({ region }: Place, ...words: readonly string[]): string {
  return ["aws", ...words.map(quoted), "--region", region].join(" ");
}

/** A word as a shell takes it for one. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
