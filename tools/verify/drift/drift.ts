import { grouped } from "../../model/topology/resources";
import { key, type PlannedResource } from "../../planner/engine/resource";
import { HUB } from "../../../components/settings/networks";
import type { Plan } from "../../planner/plan";
import type { Addition } from "../additions";
import type { RunningResource, StackExport } from "../exports/export";
import type { Concern } from "../live/rule";
import { compared } from "./compared";
import type { Difference } from "./found";
import { resolver, type Resolve } from "./symbols";

/** The differences between the plan of a stack and the deployed stack. Resources are named `TYPE::NAME`. */
export interface Drift {
  readonly stack: string;
  /** Number of resources that are deployed as planned. */
  readonly same: number;
  /** Planned but not deployed: an update would create them. */
  readonly missing: readonly string[];
  /** Deployed but not planned: an update would delete them. */
  readonly unplanned: readonly string[];
  /** Deployed with other properties than planned: an update would change or replace them. */
  readonly differing: readonly Differing[];
  /** Added to a resource of the stack outside Pulumi: an update would not remove it. */
  readonly added: readonly { readonly resource: string; readonly words: string; readonly concern: Concern }[];
  /** Replaced or removed by an update, but still in AWS: the next update deletes them. */
  readonly leftovers: readonly { readonly resource: string; readonly id: string }[];
  /** Paths of values that cannot be compared: secrets, and references to resources that are not deployed. */
  readonly unknown: readonly { readonly resource: string; readonly path: string }[];
}

export interface Differing {
  readonly resource: string;
  readonly properties: readonly Difference[];
}

/** Whether a stack has no drift. */
export function isNone({ missing, unplanned, differing, added, leftovers }: Drift): boolean {
  return [missing, unplanned, differing, added, leftovers].every((list) => list.length === 0);
}

/** The drift of every stack that was exported. */
export function driftFrom(
  planned: Plan,
  exports: readonly StackExport[],
  additions: ReadonlyMap<string, readonly Addition[]>,
): Drift[] {
  const hub = exports.filter(({ stack }) => stack === HUB);
  return exports.map((own) => {
    const resources = planned.find(({ name }) => name === own.stack)?.resources ?? [];
    return stackDrift(resources.filter(isOfAws), own, resolver([own, ...hub]), additions.get(own.stack) ?? []);
  });
}

function stackDrift(
  planned: readonly PlannedResource[],
  { stack, resources, leftovers }: StackExport,
  resolve: Resolve,
  additions: readonly Addition[],
): Drift {
  const byName = grouped(resources, key);
  const matched = new Map(planned.map((resource) => [resource, runningOf(resource, byName.get(key(resource)) ?? [])]));
  const isMatched = new Set(matched.values());
  const pairs = [...matched].flatMap(([resource, found]) =>
    found === undefined ? [] : [{ resource: key(resource), found: compared(resource, found, resolve, resources) }],
  );
  const differing = pairs
    .map(({ resource, found }) => ({
      resource,
      properties: found.flatMap(({ isUnknown, ...property }) => (isUnknown ? [] : [property])),
    }))
    .filter(({ properties }) => properties.length > 0);
  return {
    stack,
    same: pairs.length - differing.length,
    missing: planned.filter((resource) => matched.get(resource) === undefined).map(key),
    unplanned: resources.filter((resource) => !isMatched.has(resource)).map(key),
    differing,
    added: additions.map(({ on, words, concern }) => ({ resource: key(on), words, concern })),
    leftovers: leftovers.map((each) => ({ resource: key(each), id: each.id })),
    unknown: pairs.flatMap(({ resource, found }) =>
      found.filter(({ isUnknown }) => isUnknown).map(({ path }) => ({ resource, path })),
    ),
  };
}

/** The deployed resource of a name; after a move there may be two for a while, with different parents. */
function runningOf({ parent }: PlannedResource, alike: readonly RunningResource[]): RunningResource | undefined {
  return alike.find((each) => each.parent === parent) ?? alike[0];
}

/** Resources in AWS, and providers, which define the account; components create nothing in AWS. */
function isOfAws({ type }: PlannedResource): boolean {
  return type.startsWith("aws:") || type.startsWith("pulumi:providers:");
}
