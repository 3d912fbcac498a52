import { expect } from "chai";
import { costsOf, total } from "../../costs/costs";
import { priceList } from "../../costs/price-list";
import { plan, type Plan } from "../../plan/plan";
import { amount, costs } from "../../plan/view/costs";
import { project, stack, withConfig } from "../support/plans";

const { prices } = priceList("us-east-1");
const ofStack = (planned: Plan, name: string): Record<string, number> =>
  Object.fromEntries(
    costsOf(stack(planned, name).resources, prices).map(({ part, monthly }) => [
      part,
      Math.round((monthly ?? 0) * 100) / 100,
    ]),
  );

describe("the costs of a stack at rest", () => {
  let planned: Plan;
  before(async () => {
    planned = await plan(project);
  });

  it("of the hub are its endpoints, resolver, zones and attachment", () => {
    expect(ofStack(planned, "hub")).to.deep.equal({
      "gateway attachments": 36.5, // 0.05 an hour
      "shared endpoints": 43.8, // 2 services in 3 zones, 0.01 an hour each
      "resolver addresses": 182.5, // 2, 0.125 an hour each
      "private zones": 3, // 4 of names, 2 of endpoints
    });
  });

  it("of a spoke are its NAT gateway, attachment, cluster and nodes", () => {
    expect(ofStack(planned, "dev")).to.deep.equal({
      "NAT gateways": 32.85,
      "public addresses": 3.65,
      "gateway attachments": 36.5,
      clusters: 73,
      nodes: 119.14, // 2 m7g.large, 0.0816 an hour each
      disks: 8, // 2 of 50 GiB
      keys: 1,
    });
  });

  it("rise by a gateway and an address for each zone that gets its own", async () => {
    const perZone = await plan(withConfig(project, "dev", { "one-nat-per-az": true }));
    const difference =
      total(costsOf(stack(perZone, "dev").resources, prices)) - total(costsOf(stack(planned, "dev").resources, prices));
    expect(difference).to.be.closeTo(36.5, 0.001);
  });

  it("leave out, and say so, what the list has no price for", async () => {
    const rare = await plan(withConfig(project, "dev", { "node-instance-types": ["x8g.large"] }));
    const dev = costs(rare).stacks.find(({ name }) => name === "dev");
    expect(dev?.byPart.nodes).to.be.null;
    expect(amount(dev?.byPart.nodes)).to.equal("?");
  });

  it("are of another region, and say so, where the list has none", () => {
    expect(costs(planned).notes).to.deep.equal([
      "List prices of us-east-1, 2026-08, in USD.",
      "There are none of ap-southeast-3 in costs/prices.json; expect most to be higher there.",
      "Traffic, queries, logs and images are paid for by use, and not in it.",
    ]);
    expect(priceList("us-east-1").notes).to.have.length(1);
  });
});
