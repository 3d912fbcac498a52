import { expect } from "chai";
import { runChecks } from "../../../tools/checks";
import type { AllStacks } from "../../../tools/model/resource";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { ALL_OPTIONS, withCombination } from "../../support/combinations";
import { HARMLESS, OF_ALL_OPTIONS } from "./mutations/all-options";
import { applyMutation } from "./mutations/mutation";

/** Names of the checks that fail in any stack, sorted. */
function failedChecks(all: AllStacks): string[] {
  const names = runChecks(all).flatMap(({ name, passed }) => (passed ? [] : [name]));
  return [...new Set(names)].sort();
}

describe("a plan with nearly every option", () => {
  let planned: AllStacks;
  before(async () => {
    planned = stacksOfPlan(await plan(withCombination(ALL_OPTIONS)));
  });

  it("fails no check", () => {
    expect(failedChecks(planned)).to.deep.equal([]);
  });

  for (const mutation of OF_ALL_OPTIONS) {
    it(`fails exactly these checks: ${mutation.what}`, () => {
      expect(failedChecks(applyMutation(planned, mutation))).to.deep.equal([...mutation.breaks].sort());
    });
  }

  for (const { what, reason, ...mutation } of HARMLESS) {
    it(`fails no check: ${what}, because ${reason}`, () => {
      expect(failedChecks(applyMutation(planned, mutation))).to.deep.equal([]);
    });
  }
});
