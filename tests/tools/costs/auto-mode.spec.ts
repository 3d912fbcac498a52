import { expect } from "chai";
import { autoModeFeeHour } from "../../../tools/costs/auto-mode";
import { AUTO_MODE_FEE, priceList } from "../../../tools/costs/price-list";
import type { Json } from "../../../tools/planner/engine/resource";
import { plan } from "../../../tools/planner/plan";
import { growthSteps, whatIf } from "../../../tools/planner/what-if";
import { costSections } from "../../../tools/report/view/cost-sections";
import { costs, type CostView } from "../../../tools/report/view/costs";
import { cellText } from "../../../tools/report/view/section";
import { project, withConfig } from "../../support/plans";
import { TINY_LIST } from "./tiny-prices";

const costsWith = async (config: Record<string, Json>): Promise<CostView> => {
  const changed = withConfig(project, "dev", config);
  const planned = await plan(changed);
  return costs(planned, await whatIf(changed, planned), TINY_LIST);
};
const ofDev = async (config: Record<string, Json>) =>
  (await costsWith(config)).nodes.find(({ name }) => name === "dev");

describe("the fee of EKS Auto Mode", () => {
  it("is the share of the on-demand price that AWS's price list has for other types and Regions", () => {
    const seoul = { instanceHour: { "c6g.large": 0.077 } };
    const tokyo = priceList("ap-northeast-1").prices;
    expect(autoModeFeeHour("c6g.large", seoul)).to.equal(0.00924);
    expect(autoModeFeeHour("m7i.large", tokyo)).to.equal(0.01562);
    expect(AUTO_MODE_FEE.asOf).to.match(/^\d{4}-\d{2}$/);
    expect(AUTO_MODE_FEE.of.join(" ")).to.contain("m7i.large-management-hours 0.01562").and.to.contain("0.00924");
  });

  it("is unknown without a price, for other families, and for sizes that EKS Auto Mode does not launch", () => {
    const prices = { instanceHour: { "g6.xlarge": 1, "t4g.small": 1, "m7g.large": 1 } };
    const types = ["m7g.large", "m8g.large", "g6.xlarge", "t4g.small"];
    expect(types.map((type) => autoModeFeeHour(type, prices))).to.deep.equal([0.12, null, null, null]);
  });
});

describe("the costs of nodes", () => {
  const MANAGED = 740; // 2 m7g.large at 0.5 an hour, 2 of 50 GiB
  const fee = { instanceType: "m7g.large", feeHour: 0.06, feeMonth: 43.8, instances: 16 }; // 740 / 43.80 = 16.9

  it("have both prices with Karpenter: its managed nodes, and the fee of an instance", async () => {
    expect(await ofDev({})).to.deep.equal({
      ...{ name: "dev", nodeAutoscaling: "karpenter", managedNodes: MANAGED },
      ...fee,
    });
  });

  it("have both prices with EKS Auto Mode, whose stack has no managed nodes", async () => {
    const view = await costsWith({ "node-autoscaling": "auto" });
    expect(view.nodes[0]).to.deep.equal({
      ...{ name: "dev", nodeAutoscaling: "auto", managedNodes: MANAGED },
      ...fee,
    });
    expect(view.stacks.find(({ name }) => name === "dev")?.byPart).to.not.have.any.keys("nodes", "EBS volumes");
    expect(view.whatIf.filter(({ what }) => what === "managed-nodes")).to.deep.equal([
      {
        ...{ what: "managed-nodes", stack: "dev", byPart: { nodes: 730, "EBS volumes": 10 } },
        ...{ monthly: MANAGED, unknown: [], note: null },
      },
    ]);
  });

  it("are unknown where the list has no price of the instance type", async () => {
    expect(await ofDev({ "node-instance-types": ["x8g.large"] })).to.deep.equal({
      ...{ name: "dev", nodeAutoscaling: "karpenter", managedNodes: null },
      ...{ instanceType: "x8g.large", feeHour: null, feeMonth: null, instances: null },
    });
  });

  it("are those of stacks with a cluster", async () => {
    const { nodes } = await costsWith({ cluster: false });
    expect(nodes.map(({ name }) => name)).to.deep.equal(["staging", "prod"]);
  });

  it("are shown with what no sum includes", async () => {
    const view = await costsWith({ "node-autoscaling": "auto" });
    const section = costSections(view, ["dev", "staging"], "eu-west-1").find(({ id }) => id === "nodes");
    expect(section?.table?.rows.map((row) => row.map(cellText))).to.deep.equal([
      ["dev", "auto", "$740.00", "m7g.large", "$0.06", "$43.80", "16 instances"],
      ["staging", "karpenter", "$740.00", "m7g.large", "$0.06", "$43.80", "16 instances"],
    ]);
    expect(section?.notes).to.deep.equal([
      "Karpenter needs the managed nodes; EKS Auto Mode has none, and starts at least one instance for the add-ons. With " +
        "either, instances for workloads come and go: they cost their EC2 price, and no sum includes them.",
      "EKS Auto Mode adds a fee to the price of each instance: 12 % of the on-demand price, as read in AWS's price list " +
        "(2026-10, see tools/costs/prices.json), for the families C, M, R and T. Break-even is the number of such " +
        "instances, running all month, whose fees are as high as the cost of the managed nodes.",
    ]);
  });
});

describe("growth with EKS Auto Mode", () => {
  it("has the steps of a stack with Karpenter, and replaces and deletes nothing", async () => {
    const changed = withConfig(project, "dev", { "node-autoscaling": "auto" });
    const planned = await plan(changed);
    const steps = await growthSteps(changed, planned, await whatIf(changed, planned));
    const ofStack = steps.filter(({ stack }) => stack === "dev");
    expect(ofStack.map(({ what, created, updated }) => [what, created, updated])).to.deep.equal([
      ["one-nat-per-az true", 2, 1],
      ["az-count 3", 12, 2],
      ["one more spoke", 0, 0],
      ["without prod", 0, 0],
    ]);
    expect(ofStack.flatMap(({ replaced, deleted }) => [...replaced, ...deleted])).to.deep.equal([]);
  });
});
