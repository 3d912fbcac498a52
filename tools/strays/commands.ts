import { key, labelOf, type PlannedResource } from "../planner/engine/resource";
import type { StackFacts, Stray } from "./find";
import { KINDS } from "./kinds";
import { quoted } from "./kinds/kind";

/** What to do about a stray: commands in order, or the reason why there are none. */
export type Remedy = readonly string[] | { readonly impossible: string };

/**
 * Commands that import a stray into the state, or delete it.
 *
 * An import must name the program's parent and provider; otherwise the next update would delete the imported resource and
 * create it again. This also applies to interrupted creations: "pulumi refresh --import-pending-creates" drops them from
 * the state without importing (observed with CLI 3.274.1).
 *
 * @param strays - all strays of the stack, because the parent may be imported first
 */
export function remedy(stray: Stray, facts: StackFacts, strays: readonly Stray[]): Remedy {
  const { item, place, counterpart } = stray;
  if (counterpart === undefined) return KINDS[item.kind].remove(item, place);
  const { resource } = counterpart;
  const { state } = facts;
  const { parent, options } = resource;
  const imported = (resourceKey: string): boolean =>
    strays.some((each) => each.counterpart !== undefined && key(each.counterpart.resource) === resourceKey);
  for (const needed of [parent, options.provider].flatMap((each) => each ?? [])) {
    if (state.urns.has(urnOf(needed, facts)) || imported(needed)) continue;
    const { type, name } = labelOf(needed);
    return { impossible: `its parent or provider ${type} ${name} is not in the state of ${place.stack}` };
  }
  const of = (flag: string, needed: string | null): string[] =>
    needed === null ? [] : [`--${flag}`, `${flag}=${urnOf(needed, facts)}`];
  return [
    [
      ...["pulumi", "import"],
      ...[resource.type, resource.name, item.id, "--stack", place.stack].map(quoted),
      ...[...of("parent", parent), ...of("provider", options.provider)].map(quoted),
      ...[`--protect=${String(options.protect)}`, "--generate-code=false"],
    ].join(" "),
  ];
}

/** URN of a planned resource, including the types of its parents. */
function urnOf(resourceKey: string, { planned, place, project }: StackFacts): string {
  const byKey = new Map(planned.map((each) => [key(each), each]));
  const types = (each: PlannedResource | undefined): string[] =>
    each === undefined ? [] : [...types(each.parent === null ? undefined : byKey.get(each.parent)), each.type];
  const [, name = ""] = resourceKey.split("::");
  return ["urn:pulumi:" + place.stack, project, types(byKey.get(resourceKey)).join("$"), name].join("::");
}
