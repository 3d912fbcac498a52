import { expect } from "chai";
import { runChecks } from "../../../tools/checks";
import type { AllStacks } from "../../../tools/model/resource";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { withFirewall } from "../../support/dns-firewall";
import { project } from "../../support/plans";
import { OF_A_FIREWALL, OF_A_FIREWALL_ALLOWED } from "./mutations/dns-firewall";
import { applyMutation } from "./mutations/mutation";

const CHECK = "dns-firewall-covers-networks";

/** Names of the checks that fail in any stack, sorted. */
function failedChecks(all: AllStacks): string[] {
  const names = runChecks(all).flatMap(({ name, passed }) => (passed ? [] : [name]));
  return [...new Set(names)].sort();
}

describe("a plan with DNS Firewall", () => {
  let planned: AllStacks;
  before(async () => {
    planned = stacksOfPlan(await plan(withFirewall(project, "dev", "block", ["api.example.com"])));
  });

  it("fails no check, and says what it found for the one network that has it", () => {
    expect(failedChecks(planned)).to.deep.equal([]);
    const found = runChecks(planned).filter(({ name }) => name === CHECK);
    expect(found.map(({ stack, evidence }) => [stack, ...evidence])).to.deep.equal([
      ["dev", "VPC dev: DNS Firewall has BLOCK for 2 domain lists"],
    ]);
  });

  for (const mutation of [...OF_A_FIREWALL, ...OF_A_FIREWALL_ALLOWED]) {
    it(`fails exactly these checks: ${mutation.what}`, () => {
      expect(failedChecks(applyMutation(planned, mutation))).to.deep.equal([...mutation.breaks].sort());
    });
  }

  it("fails for each mode that is not the configured one", async () => {
    const alert = stacksOfPlan(await plan(withFirewall(project, "dev", "alert", ["api.example.com"])));
    expect(failedChecks({ ...planned, ...(alert.firewalls && { firewalls: alert.firewalls }) })).to.deep.equal([CHECK]);
    expect(failedChecks({ ...alert, ...(planned.firewalls && { firewalls: planned.firewalls }) })).to.deep.equal([
      CHECK,
    ]);
  });
});

describe("a plan without DNS Firewall", () => {
  it("has no such check", async () => {
    const found = runChecks(stacksOfPlan(await plan(project)));
    expect(found.filter(({ name }) => name === CHECK)).to.deep.equal([]);
  });
});
