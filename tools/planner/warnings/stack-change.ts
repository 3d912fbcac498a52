import type { Changes, ChangeWarning, WarningKind } from "../changes/changes";
import { key, type PlannedResource } from "../engine/resource";

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
  ) {
    this.before = new Map(resourcesBefore.map((resource) => [key(resource), resource]));
    this.after = new Map(resourcesAfter.map((resource) => [key(resource), resource]));
  }

  /** Resources of a type that are deleted and not replaced, as they are now. */
  deleted(type: string): readonly PlannedResource[] {
    return this.changes.delete.flatMap((name) => this.ofType(name, type, this.before));
  }

  /** Resources of a type that are replaced, as they are now. */
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

  /** What a resource is after the change; undefined when it is deleted. */
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

/** What AWS calls a resource, where the program gives it a name; else its logical name. */
export function nameOf({ name, inputs }: PlannedResource): string {
  const given = inputs["name"] ?? inputs["bucket"];
  return typeof given === "string" ? given : name;
}
