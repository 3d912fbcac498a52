import { isProperties } from "../model/resource";
import { key, type PlannedResource } from "../planner/engine/resource";
import { referred } from "../report/view/resources";
import type { StackFacts } from "./find";
import type { Item } from "./item";
import { KINDS } from "./kinds";

/** The planned resource, missing from the state, that an existing item corresponds to. */
export interface Counterpart {
  readonly resource: PlannedResource;
  /** URN of an interrupted creation; undefined: none. */
  readonly pending: string | undefined;
}

/** Suffix that Pulumi appends to a logical name. */
const AUTONAME = /^-[0-9a-f]{7}$/;

/**
 * Finds the existing items for planned resources that are missing from the state.
 *
 * In the order of the plan, so that containers come first: a subnet in another VPC is another subnet, whatever its name. If
 * several VPCs match, the one with the most content is used.
 */
export function counterparts(
  { planned, state, items }: Pick<StackFacts, "planned" | "state" | "items">,
  candidates: readonly Item[],
): ReadonlyMap<Item, Counterpart> {
  const ids = new Map(state.ids);
  const found = new Map<Item, Counterpart>();
  const inside = (item: Item): number => items.filter(({ vpc }) => vpc === item.id).length;
  for (const resource of planned) {
    const resourceKey = key(resource);
    if (ids.has(resourceKey)) continue;
    const [match] = candidates
      .filter((item) => KINDS[item.kind].type === resource.type && !found.has(item))
      .filter((item) => isIt(item, resource, planned) && isThere(item, resource, ids))
      .sort((a, b) => inside(b) - inside(a));
    if (match === undefined) continue;
    found.set(match, { resource, pending: state.pending.get(resourceKey) });
    ids.set(resourceKey, match.id);
  }
  return found;
}

/** Whether an item matches a planned resource by name and CIDR. */
function isIt(item: Item, resource: PlannedResource, planned: readonly PlannedResource[]): boolean {
  const { inputs, name, type } = resource;
  const tags = inputs["tags"];
  const given = isProperties(tags) ? tags["Name"] : undefined;
  if (item.cidr !== undefined && inputs["cidrBlock"] !== item.cidr) return false;
  switch (item.kind) {
    case "route":
    case "routeTableAssociation":
      return true;
    case "zoneAssociation":
      return name.endsWith(`-${item.name}`);
    case "nodeGroup":
      return item.name.startsWith(String(inputs["nodeGroupNamePrefix"]));
    case "addon":
      return item.name === inputs["addonName"];
  }
  if (item.name === "") return planned.filter((each) => each.type === type).length === 1;
  return [given, inputs["name"], inputs["serviceName"]].includes(item.name) || isAutonamed(item.name, name);
}

function isAutonamed(physical: string, logical: string): boolean {
  return physical.startsWith(logical) && AUTONAME.test(physical.slice(logical.length));
}

/** Whether an item is in the planned place: the same VPC, subnet, route table and cluster. */
function isThere(item: Item, { inputs }: PlannedResource, ids: ReadonlyMap<string, string>): boolean {
  const same = (input: string, actual: string | undefined): boolean => {
    const value = inputs[input];
    if (value === undefined || actual === undefined) return true;
    const reference = referred(value);
    return (reference === undefined ? value : ids.get(key(reference))) === actual;
  };
  return (
    same("vpcId", item.vpc) &&
    same("subnetId", item.subnet) &&
    same("routeTableId", item.routeTable) &&
    same("destinationCidrBlock", item.destination) &&
    same("clusterName", item.cluster)
  );
}
