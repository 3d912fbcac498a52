import { clusterName } from "../../components/names";
import { key, type PlannedResource } from "../planner/engine/resource";
import type { Item, Place } from "./item";
import { deletionRank, KINDS } from "./kinds";
import { counterparts, type Counterpart } from "./counterparts";
import type { KnownState } from "./state";

/** A stack: its plan, its state, and what exists in AWS. */
export interface StackFacts {
  readonly place: Place;
  readonly project: string;
  readonly planned: readonly PlannedResource[];
  readonly state: KnownState;
  readonly items: readonly Item[];
}

/** A resource that exists in AWS but in no state. */
export interface Stray {
  readonly item: Item;
  readonly place: Place;
  /** The reason, to follow "because". */
  readonly why: string;
  /** The planned resource that it corresponds to; undefined if it can only be deleted. */
  readonly counterpart: Counterpart | undefined;
}

/**
 * Finds the strays of stacks: first those to import, in the order of the plan, then the others, in the order of deletion.
 *
 * In a VPC that stays, resources without our tags belong to others and are not strays. A VPC that can only be deleted is a
 * stray together with everything in it, which would block its deletion.
 *
 * @param importing - whether to look for imports; otherwise everything is to be deleted. @default true
 */
export function findStrays(stacks: readonly StackFacts[], importing = true): Stray[] {
  const known = new Set(stacks.flatMap(({ state }) => [...state.identifiers]));
  const isKnown = ({ id, arn }: Item): boolean => known.has(id) || (arn !== undefined && known.has(arn));
  return stacks.flatMap((facts) => {
    const { items, place, planned } = facts;
    const unknown = items.filter((item) => !isKnown(item));
    const found = importing ? counterparts(facts, unknown) : new Map<Item, Counterpart>();
    const goes = (item: Item): boolean => !isKnown(item) && !found.has(item);
    const clusters = new Set(items.filter((item) => item.kind === "cluster" && !goes(item)).map(({ id }) => id));
    const lost = new Set(items.filter((item) => item.kind === "vpc" && goes(item)).map(({ id }) => id));
    const isStray = (item: Item): boolean =>
      found.has(item) ||
      (isAThing(item) &&
        !(madeByCluster(item) && clusters.has(item.cluster ?? "")) &&
        (item.tagged ||
          lost.has(item.vpc ?? "") ||
          (madeByCluster(item) && item.cluster === clusterName(place.prefix, place.stack))));
    return unknown
      .filter(isStray)
      .map((item): Stray => {
        const counterpart = found.get(item);
        return {
          item,
          place,
          counterpart,
          why: counterpart === undefined ? rest(item, facts, lost) : planAs(counterpart, place),
        };
      })
      .sort(inOrder(planned));
  });
}

/** Kinds that Kubernetes and EKS create and delete themselves while the cluster exists. */
function madeByCluster({ kind }: Item): boolean {
  return ["instance", "networkInterface", "securityGroup"].includes(kind);
}

/** Whether it is listed on its own; routes belong to their route table. */
function isAThing({ kind }: Item): boolean {
  return kind !== "route" && kind !== "routeTableAssociation";
}

function planAs({ resource, pending }: Counterpart, { stack }: Place): string {
  const begun = pending === undefined ? "" : ": the update that created it was interrupted";
  return `${stack} plans it as ${resource.name}, but it is not in its state${begun}`;
}

function rest(item: Item, { state, planned, place: { stack } }: StackFacts, lost: ReadonlySet<string>): string {
  const { kind, vpc, name, cluster } = item;
  if (kind !== "vpc" && vpc !== undefined && lost.has(vpc)) return `it is in ${vpc}, which is in no state`;
  if (madeByCluster(item) && cluster !== undefined)
    return `it was created for the cluster ${cluster}, which is in no state`;
  const namesake = planned.find((each) => each.type === KINDS[kind].type && isCalled(each, name));
  const other = namesake === undefined ? undefined : state.ids.get(key(namesake));
  if (namesake === undefined) return `${stack} plans no resource with its name`;
  return other === undefined
    ? `it is not in the state of ${stack}`
    : `the state of ${stack} has ${other} instead, as ${namesake.name}`;
}

function isCalled({ name }: PlannedResource, given: string): boolean {
  return given === name || given.startsWith(`${name}-`);
}

function inOrder(planned: readonly PlannedResource[]): (a: Stray, b: Stray) => number {
  const place = ({ counterpart }: Stray): number =>
    counterpart === undefined ? planned.length : planned.indexOf(counterpart.resource);
  return (a, b) =>
    place(a) - place(b) ||
    deletionRank(a.item.kind) - deletionRank(b.item.kind) ||
    (a.item.name < b.item.name ? -1 : Number(a.item.name > b.item.name)) ||
    (a.item.id < b.item.id ? -1 : 1);
}
