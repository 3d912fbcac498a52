import { expect } from "chai";
import { deploymentPolicies, grantsOf } from "../../../delivery/bootstrap/deployment-policy";
import { plan, type Plan } from "../../../tools/planner/plan";
import { withFirewall } from "../../support/dns-firewall";
import { projectWithAlarms, stack, withConfig } from "../../support/plans";
import { DATA_CENTRE, OFFICE, withSites } from "../../support/sites";
import { asking } from "./requests";
import { dev, hub } from "./scopes";

/** Types of AWS resources in a stack. */
const typesOf = (planned: Plan, name: string): string[] =>
  [...new Set(stack(planned, name).resources.map(({ type }) => type))].filter((type) => type.startsWith("aws:")).sort();

describe("what a deployment role is granted", () => {
  let planned: Plan;
  before(async () => {
    // With all that configuration can add.
    const emails = { "alarm-emails": ["network@example.org"] };
    const publishing = withConfig(projectWithAlarms, "hub", {
      ...emails,
      "image-publishers": ["repo:acme/core:ref:refs/heads/main"],
      "central-egress": true,
      inspection: true,
    });
    const admins = {
      ...emails,
      "cluster-admins": ["arn:aws:iam::222222222222:role/ops"],
      "cluster-private-access-cidrs": ["10.0.0.0/16"],
    };
    const open = withConfig(publishing, "dev", admins);
    const filtered = ["hub", "dev"].reduce((base, name) => withFirewall(base, name, "block", ["example.com"]), open);
    const sites = { office: OFFICE, "data-centre": DATA_CENTRE };
    planned = await plan(withSites(filtered, sites, { "corp.example": ["192.168.0.53"] }));
  });

  for (const [name, deployment] of Object.entries({ hub, dev })) {
    it(`is for exactly the types of resources that ${name} consists of`, () => {
      const granted = grantsOf(deployment).flatMap(({ types }) => types);
      const types = new Set(typesOf(planned, name));
      expect([...granted].sort()).to.deep.equal([...types].sort());
    });

    it(`is told apart by Sids, in ${name}`, () => {
      const sids = grantsOf(deployment).flatMap(({ statements }) => statements.map(({ Sid }) => Sid));
      expect(new Set(sids).size).to.equal(sids.length);
      for (const sid of sids) expect(sid).to.match(/^[A-Za-z0-9]+$/);
    });
  }

  it("hands on every role of a spoke that a service works with, to that service", () => {
    const may = asking(deploymentPolicies(dev));
    const roles = stack(planned, "dev")
      .resources.filter(({ type }) => type === "aws:iam/role:Role")
      .map(({ name, inputs }) => ({ name, trust: String(inputs["assumeRolePolicy"]) }));
    const refused = roles.filter(({ name, trust }) => {
      const [service = ""] = /[a-z0-9.]+\.amazonaws\.com/.exec(trust) ?? [];
      const arn = `arn:aws:iam::${dev.account}:role/${name}-1a2b3c4`;
      return may("iam:PassRole", arn, { "iam:PassedToService": service }) !== "allowed";
    });
    expect(refused.map(({ name }) => name)).to.deep.equal([]);
    expect(roles).to.have.length.greaterThan(5);
  });

  it("is every grant to the right service: an action names it", () => {
    const actions = [hub, dev].flatMap((deployment) =>
      grantsOf(deployment)
        .flatMap(({ statements }) => statements)
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action }) => Action),
    );
    for (const action of actions) expect(action).to.match(/^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$/);
  });
});
