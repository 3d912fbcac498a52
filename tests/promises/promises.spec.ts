import { expect } from "chai";
import { plan, type Plan } from "../../plan/plan";
import { PROMISE_SENTENCES, promises } from "../../plan/view/promises";
import { estateOfPlan } from "../../plan/estate";
import { keptPromises, PROMISES } from "../../promises";
import { bent, withInputs, without, type Bend } from "../support/bend";
import { project } from "../support/plans";

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

describe("the promises", () => {
  it("hold in every stack that they concern", () => {
    const found = promises(planned);
    expect(found.filter(({ holds }) => !holds)).to.deep.equal([]);
    const spokes = ["dev", "staging", "prod"];
    const all = ["hub", ...spokes];
    const concerned = Object.fromEntries(
      PROMISES.map(({ name }) => [name, found.filter((each) => each.name === name).map(({ stack }) => stack)]),
    );
    expect(concerned).to.deep.equal({
      "spokes-reach-the-hub": spokes,
      "spokes-are-isolated": spokes,
      "transit-tables-keep-spokes-apart": all,
      "return-paths-are-symmetric": all,
      "subnets-reach-each-other": all,
      "ways-are-known": all,
      "networks-do-not-overlap": all,
      "workers-leave-in-their-zone": spokes,
      "private-addresses-stay-inside": all,
      "shared-services-answer": spokes,
      "image-pulls-are-private": spokes,
      "registries-pass-the-s3-endpoint": spokes,
      "names-resolve-alike": spokes,
      "internet-reaches-nothing": all,
      "private-subnets-are-private": all,
      "nodes-are-in-private-subnets": spokes,
      "hub-admits-the-address-space": ["hub"],
      "flow-logs-reach-the-archive": all,
      "queries-are-logged": all,
      "accounts-are-admitted": all,
      "wildcards-are-held": all,
      "data-and-access-are-guarded": all,
      "fits-default-quotas": all,
    });
  });

  it("each show what they are held by", () => {
    expect(promises(planned).filter(({ evidence }) => evidence.length === 0)).to.deep.equal([]);
  });

  it("each say what is kept, in a sentence of one line of a terminal", () => {
    expect(PROMISE_SENTENCES.filter(({ sentence }) => !/^[A-Z].{20,88}\.$/.test(sentence))).to.deep.equal([]);
  });

  it("of ways and logs are held against a spoke by itself, but for what only the hub can tell", () => {
    const alone = (...bends: readonly Bend[]): Record<string, boolean> => {
      const all = bent(estateOfPlan(planned), "dev", ...bends);
      const kept = keptPromises({ ...all, stacks: all.stacks.filter(({ name }) => name === "dev") });
      const judged = ["ways-are-known", "flow-logs-reach-the-archive", "queries-are-logged"];
      return Object.fromEntries(
        kept.filter(({ name }) => judged.includes(name)).map(({ name, holds }) => [name, holds]),
      );
    };
    const ways = { "ways-are-known": true, "flow-logs-reach-the-archive": true, "queries-are-logged": true };
    expect(alone()).to.deep.equal(ways);
    const elsewhere = withInputs("ec2transitgateway/vpcAttachment:VpcAttachment", "dev", { transitGatewayId: "tgw-0" });
    expect(alone(elsewhere)).to.deep.equal({ ...ways, "ways-are-known": false });
    const rejected = withInputs("ec2/flowLog:FlowLog", "dev", { trafficType: "REJECT" });
    expect(alone(rejected)).to.deep.equal({ ...ways, "flow-logs-reach-the-archive": false });
    const association = "route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation";
    expect(alone(without(association, "dev"))).to.deep.equal({ ...ways, "queries-are-logged": false });
  });
});
