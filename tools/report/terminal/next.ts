import type { Verdict } from "../view/verdict";
import { widthOf } from "./fold";
import { aligned, indented, section } from "./lines";
import type { Screen } from "./screen";

export interface NextInput {
  readonly verdict: Verdict;
  /** Names of the stacks of the plan, the hub first. */
  readonly stacks: readonly string[];
  /** Whether the plan is of settings that are tried. */
  readonly isTrial: boolean;
  /** Whether sections are shown already. */
  readonly isDetailed: boolean;
  /** Whether the checks are shown by stack already. */
  readonly byCheck: boolean;
}

/** What to do after reading the report: commands, each with what it shows. */
export function nextSection({ verdict, stacks, isTrial, isDetailed, byCheck }: NextInput, screen: Screen): string[] {
  const [failed] = verdict.failed;
  const stack = stacks.at(1) ?? stacks.at(0) ?? "hub";
  const rows = [
    ...(failed === undefined
      ? []
      : [[`npm start -- --why ${failed.name}`, "why the check matters, and all its evidence"]]),
    ["open out/plan.html", "the plan as a page, with a picture of the network"],
    isTrial
      ? ["pulumi config set --stack STACK ...", "keep a setting: it is written to Pulumi.STACK.yaml"]
      : [`npm start -- --set ${stack}:az-count=3`, "what a setting changes, and what it costs"],
    ...(isDetailed ? [] : [["npm start -- --details", "addresses, routes, DNS, costs, quotas, configuration"]]),
    ...(byCheck || failed !== undefined
      ? []
      : [["npm start -- --checks", "each check by stack; --why CHECK explains one"]]),
  ];
  const lines = aligned(rows, [{}, {}]);
  const fits = lines.every((line) => widthOf(line) <= screen.width - 2);
  const narrow = rows.flatMap(([command = "", what = ""]) => [command, ...indented([what])]);
  return section("Next", fits ? lines : narrow, screen.paint);
}
