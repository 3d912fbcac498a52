import type { Estate, EstateStack } from "../estate";
import { text, texts, type ModelResource } from "../resource";
import { aliases } from "./aliases";

/** What the model is made of: the stacks, and whose accounts they are where that is known. */
export type Sources = Pick<Estate, "stacks"> & Partial<Pick<Estate, "register">>;

/** The resources of all stacks, found by type and by id. */
export class Resources {
  private readonly types = new Map<string, ModelResource[]>();
  private readonly ids = new Map<string, ModelResource>();
  private readonly stacks = new Map<ModelResource, EstateStack>();
  private readonly accounts: ReadonlyMap<string, string>;
  private readonly aliases: ReadonlyMap<string, string>;
  /** Whether the hub's stack is there; a spoke may be read by itself. */
  readonly hasHub: boolean;

  constructor({ stacks, register = [] }: Sources) {
    for (const stack of stacks) {
      for (const resource of stack.resources) {
        const alike = this.types.get(resource.type);
        if (alike === undefined) this.types.set(resource.type, [resource]);
        else alike.push(resource);
        if (resource.id !== "") this.ids.set(resource.id, resource);
        this.stacks.set(resource, stack);
      }
    }
    this.hasHub = stacks.some(({ isHub }) => isHub);
    this.accounts = new Map(register.map(({ name, account }) => [name, account]));
    this.aliases = aliases((type) => this.ofType(type));
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

  /** Whether two resources are in one AWS account. Different stacks count as different accounts where none is known. */
  inOneAccount(one: ModelResource, other: ModelResource): boolean {
    const [a, b] = [this.stackOf(one)?.name ?? "", this.stackOf(other)?.name ?? ""];
    return a === b || (this.accounts.has(a) && this.accounts.get(a) === this.accounts.get(b));
  }

  /** The one id of what has several, such as a VPC's main route table. */
  canonical(id: string): string {
    return this.aliases.get(id) ?? id;
  }

  /** The id in a property, empty when it is absent. */
  reference(resource: Pick<ModelResource, "inputs">, property: string): string {
    return this.canonical(text(resource, property));
  }

  /** The ids in a list property. */
  references(resource: Pick<ModelResource, "inputs">, property: string): readonly string[] {
    return texts(resource, property).map((id) => this.canonical(id));
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
