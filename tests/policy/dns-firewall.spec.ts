import { expect } from "chai";
import { PREVIEW_CHECKS } from "../../policy/stack-policies";
import { plan, type Plan } from "../../tools/planner/plan";
import { withFirewall } from "../support/dns-firewall";
import { project, stack } from "../support/plans";
import { OF_A_FIREWALL } from "../tools/checks/mutations/dns-firewall";
import { engineResources, FORMS, previewedStack, runPolicies, type Form } from "./preview";

const IN_A_PREVIEW = PREVIEW_CHECKS.map(({ check }) => check.name);

describe("the policies of a stack with DNS Firewall", () => {
  let plans: Record<Form, Plan>;
  before(async () => {
    const filtered = withFirewall(project, "dev", "block", ["api.example.com"]);
    plans = { update: await plan(filtered), "first preview": await plan(filtered, { preview: true }) };
  });

  for (const form of FORMS) {
    it(`all pass: ${form}`, async () => {
      const dev = stack(plans[form], "dev");
      const { failed, notApplicable } = await runPolicies(previewedStack(dev), engineResources(dev, form));
      expect(failed).to.deep.equal({});
      expect(notApplicable).not.to.include("dns-firewall-covers-networks");
    });

    for (const { what, breaks, modifications } of OF_A_FIREWALL) {
      it(`fail for ${what}: ${form}`, async () => {
        const dev = stack(plans[form], "dev");
        const changed = engineResources(dev, form, ...(modifications["dev"] ?? []));
        const { failed } = await runPolicies(previewedStack(dev), changed);
        const seen = breaks.filter((name) => IN_A_PREVIEW.includes(name));
        // A preview does not see the hub's VPC.
        const unknown = what === "a rule group of the hub's VPC" ? ["paths-are-fully-modeled"] : [];
        expect(Object.keys(failed).sort()).to.deep.equal([...seen, ...unknown].sort());
      });
    }
  }
});
