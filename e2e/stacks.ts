import type { Change } from "./changes";

/** Configuration of a stack: keys of the project's namespace, without it, to values. */
export type Config = Readonly<Record<string, string | number | boolean>>;

/** The stacks of a run. */
export interface Stacks {
  /** Names of those that exist. */
  names(): Promise<readonly string[]>;
  /** Sets some keys of a stack, which is made when there is none. */
  configure(name: string, config: Config): Promise<void>;
  /** What an update would do. */
  preview(name: string): Promise<readonly Change[]>;
  /** Updates a stack; what was done. */
  up(name: string): Promise<readonly Change[]>;
  /** Takes away the lock that an operation has left which was killed. */
  unlock(name: string): Promise<void>;
  /** Takes the guards off in a stack's state alone: for one that cannot be updated. */
  unprotect(name: string): Promise<void>;
  /** Destroys a stack and forgets it. */
  destroy(name: string): Promise<void>;
}
