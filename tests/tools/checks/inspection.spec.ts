import { expect } from "chai";
import { runChecks } from "../../../tools/checks";
import type { AllStacks } from "../../../tools/model/resource";
import { plan } from "../../../tools/planner/plan";
import type { Project } from "../../../tools/planner/project/project";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { withConnections } from "../../support/connections";
import { askingTheHub, withConfig } from "../../support/plans";
import { DATA_CENTRE, OFFICE, withSites } from "../../support/sites";
import { OF_CENTRAL_EGRESS } from "./mutations/central-egress";
import { OF_INSPECTED_SITES } from "./mutations/inspected-sites";
import { OF_INSPECTION } from "./mutations/inspection";
import { applyMutation, type Mutation } from "./mutations/mutation";

/** Names of the checks that fail in any stack, sorted. */
function failedChecks(all: AllStacks): string[] {
  const names = runChecks(all).flatMap(({ name, passed }) => (passed ? [] : [name]));
  return [...new Set(names)].sort();
}

/** Every spoke uses the NAT gateways of the hub. */
const withEgress = ["dev", "staging", "prod"].reduce(
  (base, spoke) => withConfig(base, spoke, { egress: "hub" }),
  withConfig(askingTheHub(), "hub", { "central-egress": true }),
);
const withInspection = withConnections(withConfig(withEgress, "hub", { inspection: true }), [["dev", "staging"]]);
const withInspectedSites = withSites(withInspection, { office: OFFICE, "data-centre": DATA_CENTRE });

const BASES: readonly [what: string, project: Project, mutations: readonly Mutation[]][] = [
  ["with central egress", withEgress, OF_CENTRAL_EGRESS],
  ["with inspection", withInspection, OF_INSPECTION],
  ["with inspection and sites", withInspectedSites, OF_INSPECTED_SITES],
];

for (const [what, project, mutations] of BASES) {
  describe(`a plan ${what}`, () => {
    let planned: AllStacks;
    before(async () => {
      planned = stacksOfPlan(await plan(project));
    });

    it("fails no check", () => {
      expect(failedChecks(planned)).to.deep.equal([]);
    });

    for (const mutation of mutations) {
      it(`fails exactly these checks: ${mutation.what}`, () => {
        expect(failedChecks(applyMutation(planned, mutation))).to.deep.equal([...mutation.breaks].sort());
      });
    }
  });
}
