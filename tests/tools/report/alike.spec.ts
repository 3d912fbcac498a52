import { expect } from "chai";
import type { Plan } from "../../../tools/planner/plan";
import { alikeStacks, maskOf, type Mask } from "../../../tools/report/html/alike";
import { smallPlan } from "./small-plan";

const [hub, dev] = smallPlan as [Plan[number], Plan[number]];
const spoke = (name: string, octet: number): Plan[number] => ({
  ...dev,
  name,
  settings: {
    ...dev.settings,
    network: { name, cidr: `10.${String(octet)}.0.0/16`, account: `${String(octet)}`.padStart(12, "2") },
  },
});
const planned: Plan = [hub, spoke("dev", 1), spoke("dev-2", 2), spoke("qa", 3)];

/** Stacks by what they show. */
function groups(texts: Readonly<Record<string, string>>, mask: Mask): (readonly string[])[] {
  const items = Object.entries(texts).map(([stack, text]) => ({ stack, text }));
  return alikeStacks(items, ({ text }) => text, mask).map(({ stacks }) => stacks);
}

describe("stacks that show the same", () => {
  const own = maskOf(planned, { others: false });
  const all = maskOf(planned, { others: true });

  it("are those whose texts differ only in their own names, accounts and CIDRs", () => {
    const texts = {
      dev: "dev-private-1: 10.1.0.0/18 → 10.0.0.0/8 of 222222222221",
      qa: "qa-private-1: 10.3.0.0/18 → 10.0.0.0/8 of 222222222223",
      "dev-2": "dev-2-private-1: 10.2.0.0/18 → 10.9.0.0/16 of 222222222222",
    };
    expect(groups(texts, own)).to.deep.equal([["dev", "qa"], ["dev-2"]]);
  });

  it("are not those that name one another: what a spoke reaches of another is a difference", () => {
    const texts = { dev: "dev reaches qa", "dev-2": "dev-2 reaches qa", qa: "qa reaches dev" };
    expect(groups(texts, own)).to.deep.equal([["dev", "dev-2"], ["qa"]]);
    expect(groups(texts, all)).to.deep.equal([["dev", "dev-2", "qa"]]);
  });

  it("are told apart by every other name, number and CIDR", () => {
    expect(groups({ dev: "2 of 5", qa: "3 of 5" }, all)).to.deep.equal([["dev"], ["qa"]]);
    expect(groups({ dev: "to hub", qa: "to qa" }, all)).to.deep.equal([["dev"], ["qa"]]);
    expect(groups({ dev: "device", qa: "qaice" }, own)).to.deep.equal([["dev"], ["qa"]]);
    expect(groups({ dev: "110.1.0.0/16", qa: "110.3.0.0/16" }, own)).to.deep.equal([["dev"], ["qa"]]);
  });

  it("keep the order of their first stacks, and the first is the example", () => {
    const items = [
      { stack: "qa", text: "b" },
      { stack: "dev", text: "a" },
      { stack: "dev-2", text: "b" },
    ];
    expect(alikeStacks(items, ({ text }) => text, own)).to.deep.equal([
      { example: items[0], stacks: ["qa", "dev-2"] },
      { example: items[1], stacks: ["dev"] },
    ]);
  });
});
