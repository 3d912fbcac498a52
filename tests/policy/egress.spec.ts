import { expect } from "chai";
import { PREVIEW_CHECKS } from "../../policy/stack-policies";
import { plan, type Plan } from "../../tools/planner/plan";
import { withEveryEgress } from "../support/egress";
import type { Modification } from "../support/modifications";
import { project, stack } from "../support/plans";
import { OF_EGRESS } from "../tools/checks/mutations/egress";
import { engineResources, FORMS, type PolicyResults, previewedStack, runPolicies } from "./preview";

/** This plan has no alarms. */
const CHECK_NAMES = PREVIEW_CHECKS.map(({ check }) => check.name).filter((name) => name !== "faults-are-alarmed");

for (const form of FORMS) {
  describe(`the policies for every path to the internet (${form})`, () => {
    let planned: Plan;
    before(async () => {
      planned = await plan(withEveryEgress(project), { preview: form === "first preview" });
    });
    const runOn = (name: string, modifications: readonly Modification[] = []): Promise<PolicyResults> =>
      runPolicies(previewedStack(stack(planned, name)), engineResources(stack(planned, name), form, ...modifications));

    it("pass, and judge NAT gateways where the stack has them", async () => {
      const judged: Record<string, boolean> = {};
      for (const { name } of planned) {
        const { failed, notApplicable } = await runOn(name);
        expect(failed, name).to.deep.equal({});
        judged[name] = !notApplicable.includes("nat-gateway-of-the-same-az");
      }
      // A first preview does not know which address is in which AZ.
      expect(judged).to.deep.equal({ hub: false, dev: form === "update", staging: false, prod: true });
    });

    for (const { what, modifications, breaks } of OF_EGRESS) {
      const [name = ""] = Object.keys(modifications);
      if (name !== "prod" && (name !== "dev" || form === "first preview")) continue;
      // A preview of one stack does not see where the transit gateway leads.
      if (what === "a half route left behind") continue;
      it(`fail in ${name}: ${what}`, async () => {
        const { failed } = await runOn(name, modifications[name]);
        expect(Object.keys(failed).sort()).to.deep.equal(breaks.filter((each) => CHECK_NAMES.includes(each)).sort());
      });
    }
  });
}
