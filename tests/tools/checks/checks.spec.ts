import { expect } from "chai";
import { CHECKS, runChecks } from "../../../tools/checks";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { plan, type Plan } from "../../../tools/planner/plan";
import { CHECK_SENTENCES, checks } from "../../../tools/report/view/checks";
import { modify, withInputs, without, type Modification } from "../../support/modifications";
import { projectWithAlarms as project } from "../../support/plans";

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

describe("the checks", () => {
  it("pass in every stack that they apply to", () => {
    const found = checks(planned);
    expect(found.filter(({ passed }) => !passed)).to.deep.equal([]);
    const spokes = ["dev", "staging", "prod"];
    const all = ["hub", ...spokes];
    const stacksByCheck = Object.fromEntries(
      CHECKS.map(({ name }) => [name, found.filter((each) => each.name === name).map(({ stack }) => stack)]),
    );
    expect(stacksByCheck).to.deep.equal({
      "spokes-reach-the-hub": spokes,
      "spokes-are-isolated": spokes,
      "transit-routes-isolate-spokes": all,
      // Without sites; tests/tools/checks/sites.spec.ts has some.
      "sites-reach-only-named-spokes": [],
      // Without inspection; tests/tools/checks/inspection.spec.ts has it.
      "egress-is-inspected": [],
      "return-paths-are-symmetric": all,
      "subnets-reach-each-other": all,
      "paths-are-fully-modeled": all,
      "cidrs-do-not-overlap": all,
      "subnets-have-room": all,
      "nat-gateway-of-the-same-az": spokes,
      "private-traffic-avoids-nat": all,
      "shared-endpoints-are-reachable": spokes,
      "image-pulls-are-private": spokes,
      "installed-images-are-private": spokes,
      "s3-endpoint-allows-registries": spokes,
      "names-resolve-consistently": spokes,
      "not-reachable-from-the-internet": all,
      "load-balancers-are-internal": spokes,
      "private-subnets-are-private": all,
      "nodes-are-in-private-subnets": spokes,
      "pods-fit-their-nodes": spokes,
      "hub-admits-the-address-space": ["hub"],
      "flow-logs-reach-the-archive": all,
      "dns-firewall-covers-networks": [],
      "dns-queries-are-logged": all,
      "faults-are-alarmed": all,
      "only-known-accounts-have-access": all,
      "pods-have-own-roles": spokes,
      "wildcards-are-allowlisted": all,
      "data-and-access-are-protected": all,
      "fits-default-quotas": all,
    });
  });

  it("each show evidence", () => {
    expect(checks(planned).filter(({ evidence }) => evidence.length === 0)).to.deep.equal([]);
  });

  it("each state the guarantee in one sentence, on one line of a terminal", () => {
    expect(CHECK_SENTENCES.filter(({ sentence }) => !/^[A-Z].{20,88}\.$/.test(sentence))).to.deep.equal([]);
  });

  it("of paths and logs run on a spoke alone, as far as they do not need the hub", () => {
    const alone = (...modifications: readonly Modification[]): Record<string, boolean> => {
      const all = modify(stacksOfPlan(planned), "dev", ...modifications);
      const results = runChecks({ ...all, stacks: all.stacks.filter(({ name }) => name === "dev") });
      const selected = ["paths-are-fully-modeled", "flow-logs-reach-the-archive", "dns-queries-are-logged"];
      return Object.fromEntries(
        results.filter(({ name }) => selected.includes(name)).map(({ name, passed }) => [name, passed]),
      );
    };
    const allPass = {
      "paths-are-fully-modeled": true,
      "flow-logs-reach-the-archive": true,
      "dns-queries-are-logged": true,
    };
    expect(alone()).to.deep.equal(allPass);
    const elsewhere = withInputs("ec2transitgateway/vpcAttachment:VpcAttachment", "dev", { transitGatewayId: "tgw-0" });
    expect(alone(elsewhere)).to.deep.equal({ ...allPass, "paths-are-fully-modeled": false });
    const rejected = withInputs("ec2/flowLog:FlowLog", "dev", { trafficType: "REJECT" });
    expect(alone(rejected)).to.deep.equal({ ...allPass, "flow-logs-reach-the-archive": false });
    const association = "route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation";
    expect(alone(without(association, "dev"))).to.deep.equal({ ...allPass, "dns-queries-are-logged": false });
  });
});
