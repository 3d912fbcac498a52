import { expect } from "chai";
import { runChecks } from "../../../tools/checks";
import type { AllStacks } from "../../../tools/model/resource";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { withEveryEgress } from "../../support/egress";
import { askingTheHub } from "../../support/plans";
import { OF_EGRESS } from "./mutations/egress";
import { applyMutation } from "./mutations/mutation";

/** Names of the checks that fail in any stack, sorted. */
function failedChecks(all: AllStacks): string[] {
  const names = runChecks(all).flatMap(({ name, passed }) => (passed ? [] : [name]));
  return [...new Set(names)].sort();
}

describe("a plan with every path to the internet", () => {
  let planned: AllStacks;
  before(async () => {
    planned = stacksOfPlan(await plan(withEveryEgress(askingTheHub())));
  });

  it("fails no check", () => {
    expect(failedChecks(planned)).to.deep.equal([]);
  });

  for (const mutation of OF_EGRESS) {
    it(`fails exactly these checks: ${mutation.what}`, () => {
      expect(failedChecks(applyMutation(planned, mutation))).to.deep.equal([...mutation.breaks].sort());
    });
  }
});
