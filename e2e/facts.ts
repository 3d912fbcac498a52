/** Facts of a network, in a form that two sources can tell: lines of text by heading, in any order. */
export type Facts = Readonly<Record<string, readonly string[]>>;

/** What AWS is asked for. */
export interface Cloud {
  /** What it says of a network's VPC, in the words of `expectedNetwork`. */
  network(name: string): Promise<Facts>;
  /** What it says of the transit gateway's tables, in the words of `expectedTransit`. */
  transit(): Promise<Facts>;
  /** What there is of this program's, and stands in the way of a run. */
  leftovers(): Promise<readonly string[]>;
}
