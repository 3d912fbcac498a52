import { expect } from "chai";
import { key, type PlannedResource } from "../../tools/planner/engine/resource";
import { plan, type Plan } from "../../tools/planner/plan";
import { project, stack, withConfig } from "../support/plans";

const PARAMETER = "aws:ssm/parameter:Parameter";

let planned: Plan;
before(async () => {
  planned = await plan(withConfig(project, "dev", { "cluster-admins": ["arn:aws:iam::222222222222:role/ops"] }));
});

const guardOf = (of: Plan, name: string, guarded = name): PlannedResource => {
  const found = stack(of, name).resources.find((each) => key(each) === `${PARAMETER}::${guarded}-deletion-guard`);
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
  it("comes to the protected guards first, and to nothing else of the hub or of a network", () => {
    expect(firstToGo(stack(planned, "hub").resources)).to.deep.equal([`${PARAMETER}::hub-deletion-guard`]);
    for (const name of ["dev", "staging", "prod"]) {
      expect(firstToGo(stack(planned, name).resources).sort(), name).to.deep.equal([
        `${PARAMETER}::${name}-cluster-deletion-guard`,
        `${PARAMETER}::${name}-deletion-guard`,
      ]);
    }
  });

  it("meets guards that are protected", () => {
    for (const name of ["hub", "dev"]) expect(guardOf(planned, name).options.protect).to.equal(true);
    expect(guardOf(planned, "dev", "dev-cluster").options.protect).to.equal(true);
  });
});

// Without this guard, an update without a preview deleted the nodes and add-ons before EKS refused to delete the cluster.
describe("an update that removes the cluster alone", () => {
  it("comes to the cluster's guard first, and to no other resource of the cluster", async () => {
    const { resources } = stack(planned, "dev");
    const without = await plan(withConfig(project, "dev", { cluster: false }));
    const rest = new Set(stack(without, "dev").resources.map(key));
    expect(firstToGo(resources.filter((each) => !rest.has(key(each))))).to.deep.equal([
      `${PARAMETER}::dev-cluster-deletion-guard`,
    ]);
  });

  it("and a replacement of the cluster are refused, because the cluster is protected", () => {
    const cluster = stack(planned, "dev").resources.find(({ type }) => type === "aws:eks/cluster:Cluster");
    expect(cluster?.options.protect).to.equal(true);
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

  it("of a cluster has a name of its own", () => {
    expect(guardOf(planned, "prod", "prod-cluster").inputs).to.deep.equal({
      name: "/piksel/prod/cluster-deletion-guard",
      type: "String",
      description: "Depends on every resource of the cluster, so that a destroy stops here while protect is true",
      value: "The cluster of prod is deployed",
    });
  });

  it("lets go where protect is false, and so does the cluster", async () => {
    const open = await plan(withConfig(project, "dev", { protect: false }));
    const cluster = stack(open, "dev").resources.find(({ type }) => type === "aws:eks/cluster:Cluster");
    expect(
      [guardOf(open, "dev"), guardOf(open, "dev", "dev-cluster"), cluster].map((each) => each?.options.protect),
    ).to.deep.equal([false, false, false]);
  });
});
