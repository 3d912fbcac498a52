import { key, type PlannedResource } from "../engine/resource";
import type { StackPlan } from "../plan";
import { ChangeFinder } from "./changed-properties";
import { matched } from "./identity";
import { replacesOn, type Replaces } from "./replacement";

/** A resource that changes, and the properties that do. */
export interface Change {
  /** `TYPE::NAME`. */
  readonly name: string;
  /** Names of the properties that change, sorted. */
  readonly properties: readonly string[];
}

/**
 * What `pulumi up` would do to the resources of a deployed stack; lists in the order of the plan. Components and providers
 * are among them: a view that counts leaves them out.
 */
export interface Changes {
  readonly create: readonly string[];
  readonly update: readonly Change[];
  /** With the properties that force it. */
  readonly replace: readonly Change[];
  readonly delete: readonly string[];
  /** Absent in changes of a single stack. */
  readonly warnings?: readonly ChangeWarning[];
}

/**
 * - `refused`: Pulumi or AWS refuses the change as it is;
 * - `lost`: something is deleted and cannot be recreated;
 * - `interrupted`: something is unavailable for a time;
 * - `note`: a fact about the change.
 */
export type WarningKind = "refused" | "lost" | "interrupted" | "note";

/** A warning to the operator before a change. */
export interface ChangeWarning {
  readonly kind: WarningKind;
  /** One sentence or more: what happens, why, and what to do. */
  readonly text: string;
  /** Resources that it is about, `TYPE::NAME`; empty for the whole stack. */
  readonly resources: readonly string[];
}

/** What happens to a resource. */
export type ChangeAction = "create" | "update" | "replace" | "delete";

/** The part of a stack's plan that a comparison reads. */
export type NamedResources = Pick<StackPlan, "name" | "resources">;

/** Whether nothing changes. */
export function isEmpty({ create, update, replace, delete: gone }: Changes): boolean {
  return [create, update, replace, gone].every((list: readonly unknown[]) => list.length === 0);
}

/** Changes of one stack, without warnings. */
export function stackChanges(
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
  replaces: Replaces = replacesOn,
): Changes {
  const { matches, gone } = matched(before, after);
  const finder = new ChangeFinder(before, after, replaces);
  const create: string[] = [];
  const update: Change[] = [];
  const replace: Change[] = [];
  // Dependencies come first in a plan, so a replacement is known before those who read the replaced resource's id.
  for (const { before: previous, after: resource } of matches) {
    const name = key(resource);
    if (previous === undefined) {
      create.push(name);
      continue;
    }
    const { changed, forcing } = finder.compare(previous, resource);
    if (forcing.length > 0) replace.push({ name, properties: forcing });
    else if (changed.length > 0) update.push({ name, properties: changed });
  }
  return { create, update, replace, delete: gone.map(key) };
}

/**
 * Changes of AWS resources alone, so that they are counted as the stack's resources are: without the components,
 * providers and references that only Pulumi knows.
 */
export function awsChanges(changes: Changes): Changes {
  const isAws = (resource: string): boolean => resource.startsWith("aws:");
  return {
    ...changes,
    create: changes.create.filter(isAws),
    update: changes.update.filter(({ name }) => isAws(name)),
    replace: changes.replace.filter(({ name }) => isAws(name)),
    delete: changes.delete.filter(isAws),
  };
}
