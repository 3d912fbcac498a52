import { expect } from "chai";
import type { AllStacks } from "../../../tools/model/resource";
import { plan, type Plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { hasNoDrift } from "../../../tools/verify/drift/drift";
import { ExportError } from "../../../tools/verify/exports/export";
import type { Verification } from "../../../tools/verify/verification";
import { askingTheHub } from "../../support/plans";
import { MUTATIONS } from "../checks/mutations";
import { applyMutation, type Mutation } from "../checks/mutations/mutation";
import { SURVIVORS } from "../checks/mutations/survivors";
import { deployedExports } from "./support/exports";
import { verifyExports } from "./support/verify";

let planned: Plan;
before(async () => {
  planned = await plan(askingTheHub());
});

/** Verifies stacks that differ from the plan. */
function verified({ stacks }: AllStacks): Verification {
  return verifyExports(deployedExports(stacks), planned, askingTheHub());
}

const broken = ({ checks }: Verification): string[] =>
  [...new Set(checks.flatMap(({ name, passed }) => (passed ? [] : [name])))].sort();
const drifted = ({ drift }: Verification): string[] =>
  drift.filter((each) => !hasNoDrift(each)).map(({ stack }) => stack);

/**
 * Mutations that only a check finds: the hub ignores the VPCs of its zones, which the spokes add, and the Region of a
 * resource is not compared.
 */
const WITHOUT_DRIFT: readonly string[] = ["a hosted zone without the hub's VPC", "a VPC of another Region"];

/** A mutation of what AWS adds to a resource, which these exports have only of the plan. */
const OF_OUTPUTS = "a third address of the Resolver endpoint that nobody watches";

/** Policies that AWS rejects: Pulumi did not write an export that has one, so it is refused. */
const REFUSED: readonly string[] = [
  "a policy for everything, after a byte order mark",
  "a policy that is cut off",
  "a policy that is not JSON",
  "a policy with a null byte",
  "a policy with a list in a list",
  "a policy 5,000 levels deep",
];

/** Whether a mutation is only of stacks that are verified: what runs in the clusters is not. */
const isOfStacks = ({ what, modifications }: Pick<Mutation, "modifications" | "what">): boolean =>
  what !== OF_OUTPUTS && Object.keys(modifications).every((target) => !target.includes("/"));

describe("deployed stacks", () => {
  it("pass every check and have no drift if deployed as planned", () => {
    const found = verified(stacksOfPlan(planned));
    expect([broken(found), drifted(found)]).to.deep.equal([[], []]);
    expect(found.checks.map(({ name, stack }) => `${name} ${stack}`)).to.have.length.above(50);
  });

  for (const mutation of MUTATIONS.filter(({ what }) => REFUSED.includes(what))) {
    it(`in ${Object.keys(mutation.modifications).join(" and ")} are refused with a sentence: ${mutation.what}`, () => {
      expect(() => verified(applyMutation(stacksOfPlan(planned), mutation))).to.throw(
        ExportError,
        /cannot be read: the policy /,
      );
    });
  }

  for (const mutation of MUTATIONS.filter((each) => !REFUSED.includes(each.what) && isOfStacks(each))) {
    it(`in ${Object.keys(mutation.modifications).join(" and ")} fail the same checks as the plan, and have drift: ${mutation.what}`, () => {
      const found = verified(applyMutation(stacksOfPlan(planned), mutation));
      expect(broken(found)).to.deep.equal([...mutation.breaks].sort());
      expect(drifted(found)).to.have.members(
        WITHOUT_DRIFT.includes(mutation.what) ? [] : Object.keys(mutation.modifications),
      );
    });
  }

  for (const survivor of SURVIVORS.filter(isOfStacks)) {
    it(`in ${Object.keys(survivor.modifications).join(" and ")} fail no check, and have drift: ${survivor.what}`, () => {
      const found = verified(applyMutation(stacksOfPlan(planned), survivor));
      expect(broken(found)).to.deep.equal([]);
      expect(drifted(found)).to.have.members(Object.keys(survivor.modifications));
    });
  }
});
