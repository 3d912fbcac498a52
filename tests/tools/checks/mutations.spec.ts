import { expect } from "chai";
import { CHECKS, runChecks } from "../../../tools/checks";
import type { AllStacks } from "../../../tools/model/resource";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { askingTheHub } from "../../support/plans";
import { MUTATIONS } from "./mutations";
import { OF_A_FIREWALL } from "./mutations/dns-firewall";
import { OF_INSPECTION } from "./mutations/inspection";
import { applyMutation } from "./mutations/mutation";
import { SURVIVORS } from "./mutations/survivors";

let planned: AllStacks;
before(async () => {
  planned = stacksOfPlan(await plan(askingTheHub()));
});

/** Names of the checks that fail in any stack. */
function failedChecks(all: AllStacks): string[] {
  const names = runChecks(all).flatMap(({ name, passed }) => (passed ? [] : [name]));
  return [...new Set(names)].sort();
}

describe("the plan without a mutation", () => {
  it("fails no check", () => {
    expect(failedChecks(planned)).to.deep.equal([]);
  });
});

describe("a mutation of the plan", () => {
  // A check that fails without a mutation is reported above, once, and would fail every case here.
  before(function () {
    if (failedChecks(planned).length > 0) this.skip();
  });

  for (const mutation of MUTATIONS) {
    it(`in ${Object.keys(mutation.modifications).join(" and ")} fails a check: ${mutation.what}`, () => {
      expect(failedChecks(applyMutation(planned, mutation))).to.deep.equal([...mutation.breaks].sort());
    });
  }

  for (const survivor of SURVIVORS) {
    const stacks = Object.keys(survivor.modifications).join(" and ");
    it(`in ${stacks} fails no check: ${survivor.what}, because ${survivor.reason}`, () => {
      expect(failedChecks(applyMutation(planned, survivor))).to.deep.equal([]);
    });
  }

  it("exists at least twice for each check", () => {
    const count = (name: string): number =>
      [...MUTATIONS, ...OF_A_FIREWALL, ...OF_INSPECTION].filter(({ breaks }) => breaks.includes(name)).length;
    expect(CHECKS.filter(({ name }) => count(name) < 2).map(({ name }) => name)).to.deep.equal([]);
  });
});
