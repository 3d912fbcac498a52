import { expect } from "chai";
import { withSpokes } from "../../../tools/bench/spokes";
import { defaultQuotas, quotaUses } from "../../../tools/checks/fits-default-quotas";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { whatIf } from "../../../tools/planner/what-if";
import { quotasMet } from "../../../tools/report/view/quotas";
import { project } from "../../support/plans";

describe("the quotas that grow with the spokes", () => {
  it("are these, each with the number of spokes up to which it is kept", async () => {
    const planned = await plan(project);
    const met = quotasMet(planned, await whatIf(project, planned));
    expect(met.map(({ name, stack, perSpoke, spokes }) => [name, stack, perSpoke, spokes])).to.deep.equal([
      ["characters per endpoint policy", "hub", 75, 247],
      ["/16 networks in the address space", "hub", 1, 255],
      ["VPCs per private hosted zone", "hub", 1, 299],
      ["IAM roles per account", "hub", 3, 333],
      ["hosted zones per account", "hub", 1, 497],
      ["bytes per bucket policy", "hub", 30, 604],
      ["characters per registry policy", "hub", 15, 649],
      ["characters per repository policy", "hub", 15, 662],
      ["characters per repository policy of the image cache", "hub", 15, 662],
      ["VPC association authorizations per hosted zone", "hub", 1, 1000],
      ["attachments per transit gateway", "hub", 1, 4999],
      ["routes per transit gateway", "hub", 1, 9998],
    ]);
  });

  it("grow by as much as one spoke tells, with twenty of them", async () => {
    const few = withSpokes(project, 2);
    const planned = await plan(few);
    const many = stacksOfPlan(await plan(withSpokes(project, 20)));
    const uses = quotaUses(many, defaultQuotas(many.addressSpace)).filter(({ stack }) => stack === "hub");
    for (const { name, used, perSpoke } of quotasMet(planned, await whatIf(few, planned))) {
      const seen = uses.find(({ quota }) => quota.name === name)?.used ?? 0;
      // A digit more in a name, at most two for each spoke.
      expect(seen - (used + 18 * perSpoke), name).to.be.within(-40, 40);
    }
  });

  it("are not told without a spoke more to compare with", async () => {
    expect(quotasMet(await plan(project), [])).to.deep.equal([]);
  });
});
