import { describeRanges, type Ranges } from "../../model/addresses/ranges";
import { describeHop, describeReason } from "../../model/paths/path";
import { type Group, reachabilityInGroups, reachabilityMatrix } from "../../model/reachability/matrix";
import type { Cell, PathEndpoint } from "../../model/reachability/reach";
import { topologyOf } from "../../model/topology/topology";
import type { Plan } from "../../planner/plan";
import { stacksOfPlan } from "../../planner/stacks";

/** Who reaches whom, and how. */
export interface ReachabilityView {
  readonly rows: readonly PathEndpoint[];
  readonly columns: readonly PathEndpoint[];
  /** Row by row; null where nothing is traced. */
  readonly cells: readonly (readonly (CellView | null)[])[];
  /** Networks that share rows and columns; empty where each has its own. */
  readonly groups: readonly Group[];
}

/** `one way`: it arrives, but there is no return route. */
export type Mark = "yes" | "some" | "one way" | "no";

export interface CellView {
  readonly mark: Mark;
  /** `dev-private to ecr.api: yes`. */
  readonly title: string;
  /** Each hop with the rule that applies, and the end. */
  readonly steps: readonly string[];
  readonly cell: Cell;
}

/** Every tier against every other, the hub's services and the internet. @param inGroups networks that are alike as one */
export function reachabilityView(plan: Plan, inGroups: boolean): ReachabilityView {
  const topology = topologyOf(stacksOfPlan(plan));
  const region = plan[0]?.settings.region ?? "";
  const grouped = inGroups ? reachabilityInGroups(topology, region) : undefined;
  const { rows, columns, cells } = grouped ?? reachabilityMatrix(topology, region);
  const view = (row: number, column: number, cell: Cell): CellView => {
    const mark = markOf(cell);
    const title = `${rows[row]?.name ?? ""} to ${columns[column]?.name ?? ""}: ${MEANINGS[mark]}`;
    return { mark, title, steps: stepsOf(cell, mark), cell };
  };
  return {
    ...{ rows, columns },
    cells: cells.map((line, row) => line.map((cell, column) => (cell === null ? null : view(row, column, cell)))),
    groups: grouped?.groups ?? [],
  };
}

export const MEANINGS: Readonly<Record<Mark, string>> = {
  yes: "yes",
  some: "in part",
  "one way": "one-way: no return route",
  no: "no",
};

function markOf({ reached, answered }: Cell): Mark {
  if (reached === "no") return "no";
  if (reached === "in some zones" || answered === "in some zones") return "some";
  return answered === "no" ? "one way" : "yes";
}

function stepsOf({ hops, end, reason, reached }: Cell, mark: Mark): string[] {
  const last = reason === undefined ? END[end] : `${END[end]}: ${describeReason(reason, addressesInWords)}`;
  return [
    ...hops.map(describeHop),
    last,
    ...(reached === "in some zones" ? ["other paths arrive"] : []),
    ...(reached === "yes" && mark === "some" ? ["some destinations have no return route"] : []),
    ...(mark === "one way" ? ["no return route: the destination does not reach the sender"] : []),
  ];
}

const END: Readonly<Record<Cell["end"], string>> = {
  arrives: "arrives",
  internet: "leaves to the internet",
  refused: "refused",
  dropped: "dropped",
  "no route": "stops",
  "not modeled": "leaves what this plan models",
};

/** `the destination` for a single address, which represents its subnet. */
function addressesInWords(ranges: Ranges): string {
  const [range, ...others] = ranges;
  const isSingle = range !== undefined && range.first === range.last && others.length === 0;
  return isSingle ? "the destination" : describeRanges(ranges);
}
