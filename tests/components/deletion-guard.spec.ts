import { expect } from "chai";
import { key, type PlannedResource } from "../../tools/planner/engine/resource";
import { plan, type Plan } from "../../tools/planner/plan";
import { project, stack, withConfig } from "../support/plans";

const PARAMETER = "aws:ssm/parameter:Parameter";

let planned: Plan;
before(async () => {
  planned = await plan(withConfig(project, "dev", { "cluster-admins": ["arn:aws:iam::222222222222:role/ops"] }));
});

const guardOf = (of: Plan, name: string): PlannedResource => {
  const found = stack(of, name).resources.find(({ type }) => type === PARAMETER);
  if (found === undefined) throw new Error(`${name} has no ${PARAMETER}`);
  return found;
};

/** Resources of a stack that a destroy could delete at once: nothing in the stack depends on them. */
function firstToGo(resources: readonly PlannedResource[]): string[] {
  const needed = new Set(
    resources.flatMap(({ dependsOn, parent }) => [...dependsOn, ...(parent === null ? [] : [parent])]),
  );
  return resources
    .filter(({ type }) => type.startsWith("aws:"))
    .map(key)
    .filter((each) => !needed.has(each));
}

// Review engine 2: destroy --yes --skip-preview deleted 79 of 109 resources before it met the first protected one.
describe("a destroy without a preview", () => {
  it("comes to the protected guard first, and to nothing else of the hub or of a network", () => {
    for (const name of ["hub", "staging", "prod"]) {
      expect(firstToGo(stack(planned, name).resources), name).to.deep.equal([`${PARAMETER}::${name}-deletion-guard`]);
      expect(guardOf(planned, name).options.protect).to.equal(true);
    }
  });

  it("of a cluster comes to the entries of its administrators as well, which eks.Cluster makes and does not show", () => {
    expect(firstToGo(stack(planned, "dev").resources)).to.deep.equal([
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation::dev-222222222222/ops-admin",
      `${PARAMETER}::dev-deletion-guard`,
    ]);
  });
});

describe("the deletion guard", () => {
  it("is a parameter that says what it is for", () => {
    expect(guardOf(planned, "prod").inputs).to.deep.equal({
      name: "/piksel/prod/deletion-guard",
      type: "String",
      description: "Depends on every resource of the stack, so that a destroy stops here while protect is true",
      value: "The stack prod is deployed",
    });
  });

  it("lets go where protect is false", async () => {
    expect(guardOf(await plan(withConfig(project, "dev", { protect: false })), "dev").options.protect).to.equal(false);
  });
});
