import { expect } from "chai";
import type { AllStacks } from "../../../tools/model/stacks";
import { estateOfPlan } from "../../../tools/planner/estate";
import { plan } from "../../../tools/planner/plan";
import { runChecks, CHECKS } from "../../../tools/checks";
import { askingTheHub } from "../../support/plans";
import { MUTATIONS } from "./mutations";
import { mutated } from "./mutations/mutation";
import { SURVIVORS } from "./mutations/survivors";

let planned: AllStacks;
before(async () => {
  planned = estateOfPlan(await plan(askingTheHub()));
});

/** Checks that fail in some stack. */
function broken(all: AllStacks): string[] {
  const names = runChecks(all).flatMap(({ name, passed }) => (passed ? [] : [name]));
  return [...new Set(names)].sort();
}

describe("a mutation of the plan", () => {
  for (const mutation of MUTATIONS) {
    it(`in ${Object.keys(mutation.bends).join(" and ")} fails a check: ${mutation.what}`, () => {
      expect(broken(mutated(planned, mutation))).to.deep.equal([...mutation.breaks].sort());
    });
  }

  for (const survivor of SURVIVORS) {
    it(`in ${Object.keys(survivor.bends).join(" and ")} fails no check: ${survivor.what}, because ${survivor.reason}`, () => {
      expect(broken(mutated(planned, survivor))).to.deep.equal([]);
    });
  }

  it("exists at least twice for each check", () => {
    const ways = (name: string): number => MUTATIONS.filter(({ breaks }) => breaks.includes(name)).length;
    expect(CHECKS.filter(({ name }) => ways(name) < 2).map(({ name }) => name)).to.deep.equal([]);
  });
});
