import type { Estate, EstateStack } from "../estate";
import type { ModelResource } from "../resource";

/** The resources of all stacks, found by type and by id. */
export class Resources {
  private readonly types = new Map<string, ModelResource[]>();
  private readonly ids = new Map<string, ModelResource>();
  private readonly stacks = new Map<ModelResource, EstateStack>();

  constructor({ stacks }: Pick<Estate, "stacks">) {
    for (const stack of stacks) {
      for (const resource of stack.resources) {
        const alike = this.types.get(resource.type);
        if (alike === undefined) this.types.set(resource.type, [resource]);
        else alike.push(resource);
        if (resource.id !== "") this.ids.set(resource.id, resource);
        this.stacks.set(resource, stack);
      }
    }
  }

  ofType(type: string): readonly ModelResource[] {
    return this.types.get(type) ?? [];
  }

  /** All types that there are. */
  typeNames(): readonly string[] {
    return [...this.types.keys()];
  }

  byId(id: string): ModelResource | undefined {
    return this.ids.get(id);
  }

  stackOf(resource: ModelResource): EstateStack | undefined {
    return this.stacks.get(resource);
  }
}

/** Groups of items by a key. */
export function grouped<T>(list: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
