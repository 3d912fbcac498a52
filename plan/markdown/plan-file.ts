import type { PlannedResource } from "../engine/resource";

/** A plan as `npm start -- --json FILE` wrote it, perhaps by another version of this program. */
export interface PlanFile {
  readonly stacks: Readonly<Record<string, { readonly resources: readonly PlannedResource[] }>>;
  /** Costs a month at rest; absent in plans that were written before there were any. */
  readonly costs?: Costs;
  /** Promises held against stacks; absent likewise. */
  readonly promises?: readonly KeptPromise[];
}

export interface Costs {
  readonly notes: readonly string[];
  readonly stacks: readonly {
    readonly name: string;
    readonly total: number;
    /** Parts that have no price and are not in the total; absent in plans that were written before there could be any. */
    readonly unknown?: readonly string[];
  }[];
  readonly total: number;
}

export interface KeptPromise {
  readonly name: string;
  readonly stack: string;
  readonly holds: boolean;
  /** What was seen. */
  readonly evidence: readonly string[];
}

/** Version of the form that is read here. */
const VERSION = 1;

/** A file that is no plan; the message is for the user. */
export class PlanFileError extends Error {}

/** @throws PlanFileError for text that is no plan of {@link VERSION}. */
export function readPlanFile(text: string, name: string): PlanFile {
  const file = parsed(text, name);
  if (file?.version !== VERSION || typeof file.stacks !== "object") {
    throw new PlanFileError(`${name} is no plan of version ${String(VERSION)}: npm start -- --json FILE writes one`);
  }
  const stacks = Object.entries(file.stacks).map(([stack, { resources }]) => [
    stack,
    // Plans tell no options of resources, and the changes ask for what is ignored.
    { resources: resources.map((resource) => ({ ...NO_OPTIONS, ...resource })) },
  ]);
  return { ...file, stacks: Object.fromEntries(stacks) as PlanFile["stacks"] };
}

const NO_OPTIONS = { options: { protect: false, ignoreChanges: [], provider: null } };

function parsed(text: string, name: string): (PlanFile & { readonly version?: unknown }) | null {
  try {
    return JSON.parse(text) as (PlanFile & { readonly version?: unknown }) | null;
  } catch {
    throw new PlanFileError(`${name} is not JSON: npm start -- --json FILE writes a plan`);
  }
}
