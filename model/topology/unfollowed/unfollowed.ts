import type { ModelResource } from "../../resource";
import type { Resources } from "../resources";
import type { RouteTables } from "../route-tables";
import type { Transit } from "../transit-gateways";
import { ambiguous } from "./ambiguous";
import { joinsStrangers } from "./belonging";
import { misplaced } from "./placement";
import { unfollowedIn } from "./properties";
import { unknownReferences } from "./references";
import { elsewhere } from "./regions";
import { isUnfollowed } from "./types";

/** What the model has made of the resources. */
interface Parts {
  readonly tables: RouteTables;
  readonly transit: Transit;
  readonly blocksOf: (vpcId: string) => readonly string[];
}

/**
 * What may change the way of a packet or the answer to a name and is not followed by this model, by stack, in words that
 * begin with `TYPE::NAME`. A check reports it, and as long as there is none the model's answers are whole.
 */
export function unfollowed(
  resources: Resources,
  { tables, transit, blocksOf }: Parts,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const report = (resource: ModelResource, why = ""): void => {
    const stack = resources.stackOf(resource)?.name ?? "";
    const words = `${resource.type}::${resource.name}${why === "" ? "" : ` ${why}`}`;
    found.set(stack, [...(found.get(stack) ?? []), words]);
  };
  for (const resource of resources.typeNames().flatMap((type) => resources.ofType(type))) {
    if (isUnfollowed(resource)) report(resource);
    for (const why of unfollowedIn(resource)) report(resource, why);
  }
  const impossible = [
    ...unknownReferences(resources, tables),
    ...joinsStrangers(resources, tables),
    ...ambiguous(resources, tables, transit),
    ...misplaced(resources, blocksOf),
    ...elsewhere(resources),
  ];
  for (const { resource, why } of impossible) report(resource, why);
  for (const { vpcId, name, refused } of tables.byId.values()) {
    const vpc = resources.byId(vpcId);
    for (const { destination, target } of vpc === undefined ? [] : refused) {
      report(vpc as ModelResource, `has the route ${destination} → ${target} in ${name}, which AWS refuses`);
    }
  }
  return found;
}
