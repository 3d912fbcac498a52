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

/** Parts of the topology that the reports need. */
interface Parts {
  readonly tables: RouteTables;
  readonly transit: Transit;
  readonly blocksOf: (vpcId: string) => readonly string[];
}

/**
 * Everything that may affect paths or DNS answers and that the model does not cover, by stack, as sentences that start
 * with `TYPE::NAME`. The check `paths-are-fully-modeled` reports them; if there are none, the model is complete.
 */
export function unfollowed(
  resources: Resources,
  { tables, transit, blocksOf }: Parts,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const report = (resource: ModelResource, why: string): void => {
    const stack = resources.stackOf(resource)?.name ?? "";
    found.set(stack, [...(found.get(stack) ?? []), `${resource.type}::${resource.name} ${why}`]);
  };
  for (const resource of resources.typeNames().flatMap((type) => resources.ofType(type))) {
    if (isUnfollowed(resource)) report(resource, "is not modeled");
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
      report(
        vpc as ModelResource,
        `has the route ${destination} → ${target} in route table ${name}, which AWS refuses`,
      );
    }
  }
  return found;
}
