import { key, type Json, type PlannedResource } from "../engine/resource";

/** A resource of a new plan, and what it was in the old one. */
export interface Match {
  readonly after: PlannedResource;
  /** Undefined: it is new. References to resources that were renamed since carry the new names. */
  readonly before: PlannedResource | undefined;
}

export interface Matches {
  /** In the order of the new plan. */
  readonly matches: readonly Match[];
  /** Resources that the new plan does not have, in the order of the old plan. */
  readonly gone: readonly PlannedResource[];
}

/**
 * Which resource of one plan is which of another, as the engine decides: by URN, which consists of the types of its
 * parents, its own type and its logical name, and then by the URNs that `aliases` lists (Pulumi documentation,
 * "Resource option: aliases"). A resource under another parent, or of another name, is a new one unless it or its parent
 * has an alias.
 */
export function matched(before: readonly PlannedResource[], after: readonly PlannedResource[]): Matches {
  const old = new Identities(before);
  const now = new Identities(after);
  const pairs = after.map((resource) => ({
    resource,
    previous: now.of(resource).flatMap((identity) => old.find(identity) ?? [])[0],
  }));
  const found = new Set(pairs.flatMap(({ previous }) => previous ?? []));
  const renamed = new Map(
    pairs.flatMap(({ resource, previous }) =>
      previous === undefined || key(previous) === key(resource) ? [] : [[key(previous), key(resource)] as const],
    ),
  );
  return {
    matches: pairs.map(({ resource, previous }) => ({
      after: resource,
      before: previous && withNewNames(previous, renamed),
    })),
    gone: before.filter((resource) => !found.has(resource)),
  };
}

/** The resources of a plan by `PARENT_TYPE$TYPE::NAME`, the part of a URN that is the same in every stack. */
class Identities {
  private readonly byKey: ReadonlyMap<string, PlannedResource>;
  private readonly byIdentity: ReadonlyMap<string, PlannedResource>;
  private readonly known = new Map<string, readonly string[]>();

  constructor(resources: readonly PlannedResource[]) {
    this.byKey = new Map(resources.map((resource) => [key(resource), resource]));
    this.byIdentity = new Map(resources.map((resource) => [this.of(resource)[0] ?? "", resource]));
  }

  find(identity: string): PlannedResource | undefined {
    return this.byIdentity.get(identity);
  }

  /** What a resource is called, and after it what it was called: by its own aliases and by those of its parents. */
  of(resource: PlannedResource): readonly string[] {
    const mine = key(resource);
    const found = this.known.get(mine);
    if (found !== undefined) return found;
    // Set first, so that a file in which parents form a circle is read to its end.
    this.known.set(mine, [mine]);
    const { type, name, parent, options } = resource;
    const above = parent === null ? undefined : this.byKey.get(parent);
    const inherited =
      above === undefined
        ? [mine]
        : this.of(above).map((identity) => {
            const [types = "", formerName = ""] = identity.split("::");
            // The engine renames a child that is named after its parent with it.
            const child = name.startsWith(above.name) ? formerName + name.slice(above.name.length) : name;
            return `${types}$${type}::${child}`;
          });
    const [current = mine, ...former] = inherited;
    const identities = [...new Set([current, ...(options.aliases ?? []), ...former])];
    this.known.set(mine, identities);
    return identities;
  }
}

function withNewNames(resource: PlannedResource, renamed: ReadonlyMap<string, string>): PlannedResource {
  if (renamed.size === 0) return resource;
  return { ...resource, inputs: renamedIn(resource.inputs, renamed) as PlannedResource["inputs"] };
}

/** A value whose symbols, such as `${TYPE::NAME.ATTRIBUTE}`, carry the new names of resources. */
function renamedIn(value: unknown, renamed: ReadonlyMap<string, string>): Json {
  const text = [...renamed].reduce((json, [from, to]) => {
    const [old, now] = [from, to].map((each) => JSON.stringify(`\${${each}`).slice(1, -1)) as [string, string];
    return json.replaceAll(`${old}}`, `${now}}`).replaceAll(`${old}.`, `${now}.`);
  }, JSON.stringify(value));
  return JSON.parse(text) as Json;
}
