import { withSpokes } from "../../../../tools/bench/spokes";
import type { CheckResult } from "../../../../tools/checks";
import { plan, type Plan } from "../../../../tools/planner/plan";
import { whatIf } from "../../../../tools/planner/what-if";
import { page } from "../../../../tools/report/html/page";
import { checks } from "../../../../tools/report/view/checks";
import { costs } from "../../../../tools/report/view/costs";
import { quotasMet } from "../../../../tools/report/view/quotas";
import { project } from "../../../support/plans";

/** The page of the project, with what one change would add and the quotas that grow. */
export const fourStacks = once(async () => {
  const planned = await plan(project);
  const alternatives = await whatIf(project, planned);
  const [costView, quotas] = [costs(planned, alternatives), quotasMet(planned, alternatives)];
  return page({ plan: planned, changes: undefined, costs: costView, checks: checks(planned), quotas });
});

/** The page of so many spokes that they are drawn as cards and the matrix has groups. */
export const manyStacks = once(async () => {
  const planned = await plan(withSpokes(project, 13));
  return page({ plan: planned, changes: undefined, costs: costs(planned, []), checks: checks(planned), quotas: [] });
});

function once(build: () => Promise<string>): () => Promise<string> {
  let built: Promise<string> | undefined;
  return () => (built ??= build());
}

/** The page of a plan as if a check failed in some stacks. */
export function failingPage(planned: Plan, name: string, stacks: readonly string[]): string {
  const results = checks(planned).map((each): CheckResult => {
    const fails = each.name === name && stacks.includes(each.stack);
    return fails ? { ...each, passed: false, evidence: [`what is wrong in ${each.stack}`] } : each;
  });
  return page({ plan: planned, changes: undefined, costs: costs(planned, []), checks: results, quotas: [] });
}
