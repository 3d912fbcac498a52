import { expect } from "chai";
import { plan, type Plan } from "../../plan/plan";
import { PROMISE_SENTENCES, promises } from "../../plan/view/promises";
import { PROMISES } from "../../promises";
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
      "ways-are-known": all,
      "networks-do-not-overlap": all,
      "workers-leave-in-their-zone": spokes,
      "shared-services-answer": spokes,
      "image-pulls-are-private": spokes,
      "names-resolve-alike": spokes,
      "internet-reaches-nothing": all,
      "private-subnets-are-private": all,
      "nodes-are-in-private-subnets": spokes,
      "hub-admits-the-address-space": ["hub"],
      "flow-logs-reach-the-archive": all,
      "queries-are-logged": all,
      "accounts-are-admitted": all,
      "wildcards-are-held": all,
      "fits-default-quotas": all,
    });
  });

  it("each show what they are held by", () => {
    expect(promises(planned).filter(({ evidence }) => evidence.length === 0)).to.deep.equal([]);
  });

  it("each say what is kept, in a sentence of one line of a terminal", () => {
    expect(PROMISE_SENTENCES.filter(({ sentence }) => !/^[A-Z].{20,88}\.$/.test(sentence))).to.deep.equal([]);
  });
});
