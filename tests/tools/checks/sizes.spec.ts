import { expect } from "chai";
import { runChecks } from "../../../tools/checks";
import type { AllStacks } from "../../../tools/model/resource";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { mixedSizes } from "../../support/sizes";
import { withConfig } from "../../support/plans";
import { applyMutation } from "./mutations/mutation";
import { OF_SIZES } from "./mutations/sizes";

/** Names of the checks that fail in any stack, sorted. */
function failedChecks(all: AllStacks): string[] {
  return [...new Set(runChecks(all).flatMap(({ name, passed }) => (passed ? [] : [name])))].sort();
}

describe("a plan of networks of different sizes, one with AZ IDs", () => {
  let planned: AllStacks;
  before(async () => {
    planned = stacksOfPlan(
      await plan(withConfig(mixedSizes, "dev", { "availability-zones": ["apse3-az1", "apse3-az2"] })),
    );
  });

  it("fails no check", () => {
    expect(failedChecks(planned)).to.deep.equal([]);
  });

  for (const mutation of OF_SIZES) {
    it(`fails exactly these checks: ${mutation.what}`, () => {
      expect(failedChecks(applyMutation(planned, mutation))).to.deep.equal([...mutation.breaks].sort());
    });
  }
});
