import { expect } from "chai";
import type { Estate } from "../../model/estate";
import { estateOfPlan } from "../../plan/estate";
import { plan } from "../../plan/plan";
import { runChecks, CHECKS } from "../../checks";
import { askingTheHub } from "../support/plans";
import { MUTATIONS } from "./mutations";
import { mutated } from "./mutations/mutation";
import { SURVIVORS } from "./mutations/survivors";

let planned: Estate;
before(async () => {
  planned = estateOfPlan(await plan(askingTheHub()));
});

/** Checks that some stack breaks. */
function broken(all: Estate): string[] {
  const names = runChecks(all).flatMap(({ name, passed }) => (passed ? [] : [name]));
  return [...new Set(names)].sort();
}

describe("a change to what is planned", () => {
  for (const mutation of MUTATIONS) {
    it(`in ${Object.keys(mutation.bends).join(" and ")} breaks a check: ${mutation.what}`, () => {
      expect(broken(mutated(planned, mutation))).to.deep.equal([...mutation.breaks].sort());
    });
  }

  for (const survivor of SURVIVORS) {
    it(`in ${Object.keys(survivor.bends).join(" and ")} breaks none: ${survivor.what}, since ${survivor.reason}`, () => {
      expect(broken(mutated(planned, survivor))).to.deep.equal([]);
    });
  }

  it("breaks each check in at least two ways", () => {
    const ways = (name: string): number => MUTATIONS.filter(({ breaks }) => breaks.includes(name)).length;
    expect(CHECKS.filter(({ name }) => ways(name) < 2).map(({ name }) => name)).to.deep.equal([]);
  });
});
