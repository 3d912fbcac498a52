import { expect } from "chai";
import { runChecks } from "../../../tools/checks";
import type { AllStacks } from "../../../tools/model/resource";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { withConnections } from "../../support/connections";
import { askingTheHub } from "../../support/plans";
import { DATA_CENTRE, OFFICE, withSites } from "../../support/sites";
import { applyMutation } from "./mutations/mutation";
import { OF_SITES } from "./mutations/sites";

/** Names of the checks that fail in any stack, sorted. */
function failedChecks(all: AllStacks): string[] {
  const names = runChecks(all).flatMap(({ name, passed }) => (passed ? [] : [name]));
  return [...new Set(names)].sort();
}

describe("a plan with sites", () => {
  let planned: AllStacks;
  before(async () => {
    const sites = { office: OFFICE, "data-centre": DATA_CENTRE };
    const connected = withConnections(askingTheHub(), [["dev", "staging"]]);
    planned = stacksOfPlan(
      await plan(withSites(connected, sites, { "corp.example": ["192.168.0.53", "172.16.0.53"] })),
    );
  });

  it("fails no check", () => {
    expect(failedChecks(planned)).to.deep.equal([]);
  });

  for (const mutation of OF_SITES) {
    it(`fails exactly these checks: ${mutation.what}`, () => {
      expect(failedChecks(applyMutation(planned, mutation))).to.deep.equal([...mutation.breaks].sort());
    });
  }

  it("fails these checks if sites names none of them", () => {
    expect(failedChecks({ ...planned, sites: [] })).to.deep.equal([
      "hub-admits-the-address-space",
      "names-resolve-consistently",
      "not-reachable-from-the-internet",
      "paths-are-fully-modeled",
      "sites-reach-only-named-spokes",
      "transit-routes-isolate-spokes",
    ]);
  });
});
