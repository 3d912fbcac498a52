import type { Properties } from "../../model/resource";
import type { PlannedResource } from "../../planner/engine/resource";
import { asItRuns } from "../exports/as-it-runs";
import type { RunningResource } from "../exports/export";
import { shownElsewhere } from "../live/elsewhere";
import { askedInside } from "../live/inside";
import type { LiveTable } from "../live/rule";
import { LIVE_TABLES } from "../live/tables";
import { compare, compareLive } from "./compare";
import type { Found } from "./found";
import { notPlanned } from "./not-planned";
import type { Resolve } from "./symbols";

/**
 * All differences between a deployed resource and the planned one.
 *
 * @param stack - the other deployed resources of the stack
 */
export function compared(
  { type, inputs, options, parent }: PlannedResource,
  found: RunningResource,
  resolve: Resolve,
  stack: readonly RunningResource[],
): Found[] {
  const kept = Object.entries(inputs).filter(([name]) => !options.ignoreChanges.includes(name));
  // Unplanned tags are drift, even on a resource without tags in the plan.
  const planned = { tags: {}, ...(resolve(Object.fromEntries(kept)) as Properties) };
  const known = [...Object.keys(inputs), ...options.ignoreChanges];
  const rows = LIVE_TABLES.get(type);
  const properties =
    rows === undefined
      ? [...compare(planned, asItRuns(found)), ...notPlanned(found, known)]
      : [
          ...compareLive(planned, found.outputs, withoutIgnored(rows, options.ignoreChanges)),
          ...askedInside(found.inputs, found.outputs, rows, known),
          ...shownElsewhere(found, stack),
        ];
  return [
    ...properties,
    ...compare(
      { parent: parent ?? "", protect: options.protect },
      { parent: found.parent ?? "", protect: found.protect },
    ),
  ];
}

/** The rules without the properties that the program ignores (ignoreChanges). */
function withoutIgnored(rows: LiveTable, ignored: readonly string[]): LiveTable {
  return { ...rows, ...Object.fromEntries(ignored.map((name) => [name, { reason: "elsewhere" as const }])) };
}
