import { key, type PlannedResource } from "../engine/resource";
import type { StackPlan } from "../plan";
import type { PlatformPlan } from "../platform";

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

/** A resource that changes, and the properties that do. */
export interface Change {
  /** `TYPE::NAME`. */
  readonly name: string;
  /** Names of the properties that change, sorted. */
  readonly properties: readonly string[];
}

/** What happens to a resource. */
export type ChangeAction = "create" | "update" | "replace" | "delete";

/** A warning to the operator before a change. */
export interface ChangeWarning {
  readonly kind: WarningKind;
  /** One sentence or more: what happens, why, and what to do. */
  readonly text: string;
  /** Resources that it is about, `TYPE::NAME`; empty for the whole stack. */
  readonly resources: readonly string[];
}

/**
 * - `refused`: Pulumi or AWS refuses the change as it is;
 * - `lost`: something is deleted and cannot be recreated;
 * - `interrupted`: something is unavailable for a time;
 * - `note`: a fact about the change.
 */
export type WarningKind = "refused" | "lost" | "interrupted" | "note";

/** The part of a stack's plan that a comparison reads. */
export interface NamedResources extends Pick<StackPlan, "name" | "resources"> {
  readonly platform?: Pick<PlatformPlan, "resources">;
}

/** Whether nothing changes. */
export function isEmpty({ create, update, replace, delete: gone }: Changes): boolean {
  return [create, update, replace, gone].every((list: readonly unknown[]) => list.length === 0);
}

/** Whether a resource, or its key, is one of AWS or Kubernetes, and not a component, a provider or a stack reference. */
export function isDeployed(type: string): boolean {
  return type.startsWith("aws:") || type.startsWith("kubernetes:");
}

/**
 * Changes of resources in AWS and Kubernetes only, without components, providers and stack references, so that their number
 * can be compared with the stack's number of resources.
 */
export function deployedChanges(changes: Changes): Changes {
  return {
    ...changes,
    create: changes.create.filter(isDeployed),
    update: changes.update.filter(({ name }) => isDeployed(name)),
    replace: changes.replace.filter(({ name }) => isDeployed(name)),
    delete: changes.delete.filter(isDeployed),
  };
}

/** A stack before and after a change. */
export class StackChange {
  private readonly before: ReadonlyMap<string, PlannedResource>;
  private readonly after: ReadonlyMap<string, PlannedResource>;

  constructor(
    /** Name of the stack. */
    readonly stack: string,
    readonly resourcesBefore: readonly PlannedResource[],
    readonly resourcesAfter: readonly PlannedResource[],
    readonly changes: Changes,
    /** Path of its configuration, for messages. */
    readonly file = `Pulumi.${stack}.yaml`,
  ) {
    this.before = new Map(resourcesBefore.map((resource) => [key(resource), resource]));
    this.after = new Map(resourcesAfter.map((resource) => [key(resource), resource]));
  }

  /** Resources of a type that are deleted and not replaced, as before the change. */
  deleted(type: string): readonly PlannedResource[] {
    return this.changes.delete.flatMap((name) => this.ofType(name, type, this.before));
  }

  /** Resources of a type that are replaced, as before the change. */
  replaced(type: string): readonly PlannedResource[] {
    return this.changes.replace.flatMap(({ name }) => this.ofType(name, type, this.before));
  }

  /** Resources of a type that AWS deletes: for good, or for a successor. */
  gone(type: string): readonly PlannedResource[] {
    return [...this.deleted(type), ...this.replaced(type)];
  }

  /** Resources of a type that are updated in place in one of these properties. */
  updated(type: string, properties: readonly string[]): readonly PlannedResource[] {
    return this.changes.update
      .filter((change) => change.properties.some((property) => properties.includes(property)))
      .flatMap(({ name }) => this.ofType(name, type, this.after));
  }

  /** A resource after the change; undefined if it is deleted. */
  successor(resource: PlannedResource): PlannedResource | undefined {
    return this.after.get(key(resource));
  }

  private ofType(
    name: string,
    type: string,
    resources: ReadonlyMap<string, PlannedResource>,
  ): readonly PlannedResource[] {
    const resource = resources.get(name);
    return resource === undefined || (type !== "" && resource.type !== type) ? [] : [resource];
  }
}

/** A warning about resources. */
export function warning(kind: WarningKind, text: string, resources: readonly PlannedResource[] = []): ChangeWarning {
  return { kind, text, resources: resources.map(key) };
}

/** Name of a resource in AWS if the program sets one; otherwise its logical name. */
export function nameOf({ name, inputs }: PlannedResource): string {
  const given = inputs["name"] ?? inputs["bucket"];
  return typeof given === "string" ? given : name;
}
