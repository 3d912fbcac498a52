import { expect } from "chai";
import { runChecks } from "../../../tools/checks";
import type { AllStacks } from "../../../tools/model/resource";
import type { Json } from "../../../tools/planner/engine/resource";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { withConnections } from "../../support/connections";
import { askingTheHub, withConfig } from "../../support/plans";
import { WITH_REFERENCES, WITHOUT_REFERENCES } from "./mutations/group-references";
import { OF_A_PAIR, OF_A_SPOKE_FOR_ALL } from "./mutations/connections";
import { applyMutation, type Mutation } from "./mutations/mutation";

/** Names of the checks that fail in any stack, sorted. */
function failedChecks(all: AllStacks): string[] {
  const names = runChecks(all).flatMap(({ name, passed }) => (passed ? [] : [name]));
  return [...new Set(names)].sort();
}

const BASES: readonly [what: string, connections: Json, mutations: readonly Mutation[]][] = [
  ["with a pair", [["dev", "staging"]], OF_A_PAIR],
  ["with a spoke for all", [["prod", "all"]], OF_A_SPOKE_FOR_ALL],
];

for (const [what, connections, mutations] of BASES) {
  describe(`a plan ${what}`, () => {
    let planned: AllStacks;
    before(async () => {
      planned = stacksOfPlan(await plan(withConnections(askingTheHub(), connections)));
    });

    it("fails no check", () => {
      expect(failedChecks(planned)).to.deep.equal([]);
    });

    for (const mutation of mutations) {
      it(`fails exactly these checks: ${mutation.what}`, () => {
        expect(failedChecks(applyMutation(planned, mutation))).to.deep.equal([...mutation.breaks].sort());
      });
    }

    it("fails the checks of isolation if connections does not name the pairs", () => {
      expect(failedChecks({ ...planned, connections: { tables: [], forAll: [] } })).to.deep.equal([
        "spokes-are-isolated",
        "transit-routes-isolate-spokes",
      ]);
    });
  });
}

const REFERENCES: readonly [what: string, isOn: boolean, mutations: readonly Mutation[]][] = [
  ["with security-group-references", true, WITH_REFERENCES],
  ["without security-group-references", false, WITHOUT_REFERENCES],
];

for (const [what, isOn, mutations] of REFERENCES) {
  describe(`a plan with a pair ${what}`, () => {
    let planned: AllStacks;
    before(async () => {
      const pair = withConnections(askingTheHub(), [["dev", "staging"]]);
      const set = { "security-group-references": isOn };
      const all = Object.keys(pair.stacks).reduce((changed, stack) => withConfig(changed, stack, set), pair);
      planned = stacksOfPlan(await plan(all));
    });

    for (const mutation of mutations) {
      it(`fails exactly ${mutation.breaks.join(", ") || "no check"}: ${mutation.what}`, () => {
        expect(failedChecks(applyMutation(planned, mutation))).to.deep.equal([...mutation.breaks]);
      });
    }
  });
}
