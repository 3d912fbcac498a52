import { type Json, key, type PlannedResource } from "../engine/resource";
import { PLATFORM, platformOf, stackFile } from "../project/project";
import { clusterWarnings, nodeWarnings } from "../warnings/cluster";
import { egressWarnings } from "../warnings/egress";
import { lossWarnings, protectionWarnings, regionWarnings, shrinkingWarnings } from "../warnings/losses";
import { autoscalingWarnings } from "../warnings/node-autoscaling";
import { zoneWarnings } from "../warnings/zones";
import { ChangeFinder, type Replaces, replacesOn } from "./changed-properties";
import {
  type Change,
  type Changes,
  type ChangeWarning,
  type NamedResources,
  StackChange,
  warning,
  type WarningKind,
} from "./changes";

/**
 * Changes by stack, from one plan to another, with warnings. Every stack of either plan is listed, and after it its platform,
 * `STACK/platform`, if it has one.
 *
 * @param replaces what replaces a resource of a type. @default the program's own table, which throws for other types
 */
export function changesBetween(
  before: readonly NamedResources[],
  after: readonly NamedResources[],
  replaces: Replaces = replacesOn,
): Record<string, Changes> {
  const names = new Set([...before, ...after].map(({ name }) => name));
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const [old, now] = [stackOf(before, name), stackOf(after, name)];
      const changes = stackChanges(old.resources, now.resources, replaces);
      const own = { ...changes, warnings: changeWarnings(name, old.resources, now.resources, changes) };
      const platform = platformChanges(old, now, replaces);
      return [[name, own] as const, ...(platform === undefined ? [] : [[platformOf(name), platform] as const])];
    }),
  );
}

function stackOf(stacks: readonly NamedResources[], name: string): NamedResources {
  return stacks.find((stack) => stack.name === name) ?? { name, resources: [] };
}

/**
 * Changes of the platform of a spoke; undefined if there is none before or after. It is compared together with the spoke's
 * own resources, because what a spoke replaces has the same text in the platform.
 */
function platformChanges(before: NamedResources, after: NamedResources, replaces: Replaces): Changes | undefined {
  if (before.platform === undefined && after.platform === undefined) return undefined;
  const [old, now] = [before.platform?.resources ?? [], after.platform?.resources ?? []];
  const changes = stackChanges([...before.resources, ...old], [...after.resources, ...now], replaces);
  const keys = new Set([...old, ...now].map(key));
  const own: Changes = {
    create: changes.create.filter((name) => keys.has(name)),
    update: changes.update.filter(({ name }) => keys.has(name)),
    replace: changes.replace.filter(({ name }) => keys.has(name)),
    delete: changes.delete.filter((name) => keys.has(name)),
  };
  const change = new StackChange(before.name, old, now, own, stackFile({ path: PLATFORM }, before.name));
  const warnings =
    after.platform === undefined ? [withoutPlatform(before.name)] : old.length === 0 ? [] : protectionWarnings(change);
  return { ...own, warnings };
}

/** Changes of one stack, without warnings. */
export function stackChanges(
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
  replaces: Replaces = replacesOn,
): Changes {
  const { matches, gone } = matchResources(before, after);
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
 * Warnings to the operator before a change of one stack, the most serious first.
 *
 * They need a comparison: a program that runs under `pulumi up` does not see what was deployed before, so the settings
 * cannot give these warnings.
 *
 * @param changes from `before` to `after`
 */
function changeWarnings(
  stack: string,
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
  changes: Changes,
): readonly ChangeWarning[] {
  if (before.length === 0) return [];
  if (after.length === 0) return [withoutConfiguration(stack)];
  const change = new StackChange(stack, before, after, changes);
  const moved = regionWarnings(change);
  // In a new Region everything is deleted; a list of it would hide the one sentence that matters.
  const rest =
    moved.length > 0
      ? []
      : [
          ...egressWarnings(change),
          ...zoneWarnings(change),
          ...shrinkingWarnings(change),
          ...lossWarnings(change),
          ...clusterWarnings(change),
          ...nodeWarnings(change),
          ...autoscalingWarnings(change),
        ];
  const all = [...protectionWarnings(change), ...moved, ...rest];
  return ORDER.flatMap((kind) => all.filter((each) => each.kind === kind));
}

const ORDER: readonly WarningKind[] = ["refused", "lost", "interrupted", "note"];

function withoutConfiguration(stack: string): ChangeWarning {
  return warning(
    "lost",
    `${stack} has no configuration any more, so no pulumi up runs for it: its resources stay and incur charges. Destroy the ` +
      `stack with pulumi destroy --stack ${stack} while its configuration still exists.`,
  );
}

function withoutPlatform(stack: string): ChangeWarning {
  return warning(
    "lost",
    `${platformOf(stack)} has no configuration or no cluster any more. Destroy it first, with pulumi destroy --cwd platform ` +
      `--stack ${stack}: only its controllers delete the nodes, load balancers and volumes that they created.`,
  );
}

/** A resource of a new plan, and the same resource in the old one. */
interface Match {
  readonly after: PlannedResource;
  /** Undefined: it is new. References to renamed resources have the new names. */
  readonly before: PlannedResource | undefined;
}

interface Matches {
  /** In the order of the new plan. */
  readonly matches: readonly Match[];
  /** Resources that the new plan does not have, in the order of the old plan. */
  readonly gone: readonly PlannedResource[];
}

/**
 * Finds each resource of a plan in another plan, as the engine does: by URN, which consists of the types of its parents, its
 * own type and its logical name, and then by the URNs in `aliases` (Pulumi Docs, "Resource option: aliases"). A resource
 * under another parent, or with another name, is new unless it or its parent has an alias.
 */
function matchResources(before: readonly PlannedResource[], after: readonly PlannedResource[]): Matches {
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

  /** Identities of a resource: the current one, then former ones by its own aliases and those of its parents. */
  of(resource: PlannedResource): readonly string[] {
    const mine = key(resource);
    const found = this.known.get(mine);
    if (found !== undefined) return found;
    // Set first, so that the recursion ends even if parents form a circle.
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

/** A value in which symbols such as `${TYPE::NAME.ATTRIBUTE}` have the new names of resources. */
function renamedIn(value: unknown, renamed: ReadonlyMap<string, string>): Json {
  const text = [...renamed].reduce((json, [from, to]) => {
    const [old, now] = [from, to].map((each) => JSON.stringify(`\${${each}`).slice(1, -1)) as [string, string];
    return json.replaceAll(`${old}}`, `${now}}`).replaceAll(`${old}.`, `${now}.`);
  }, JSON.stringify(value));
  return JSON.parse(text) as Json;
}
