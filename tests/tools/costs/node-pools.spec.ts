import { expect } from "chai";
import { costAtLimit, exampleInstance, type InstanceChoice } from "../../../tools/costs/node-pools";

const ANY: InstanceChoice = { architectures: [], categories: [], minGeneration: undefined };
const prices = {
  instanceHour: {
    ...{ "c5.large": 0.04, "c7g.large": 0.06, "m7g.large": 0.08, "m7i.large": 0.1 },
    ...{ "t4g.small": 0.01, "m7g.xlarge": 0.001, "g5.large": 0.002 },
  },
};
const example = (choice: Partial<InstanceChoice>): string | undefined =>
  exampleInstance({ ...ANY, ...choice }, prices)?.type;

describe("the example of what the nodes of a pool cost", () => {
  it("is the cheapest type of the size large in the families c, m and r, with its price per vCPU", () => {
    expect(exampleInstance(ANY, prices)).to.deep.equal({ type: "c5.large", vcpuHour: 0.02 });
  });

  it("has the fee of EKS Auto Mode in its price", () => {
    expect(exampleInstance(ANY, { instanceHour: { "m7g.large": 0.5 } }, 0.12)?.vcpuHour).to.equal(0.28);
  });

  it("is one that the pool may launch", () => {
    expect(example({ minGeneration: 6 })).to.equal("c7g.large");
    expect(example({ categories: ["m", "r"] })).to.equal("m7g.large");
    expect(example({ architectures: ["amd64"], minGeneration: 6 })).to.equal("m7i.large");
    expect(example({ architectures: ["arm64", "amd64"], categories: ["m"] })).to.equal("m7g.large");
  });

  it("is none where no such type has a price", () => {
    for (const choice of [
      { categories: ["g"] },
      { minGeneration: 8 },
      { architectures: ["arm64"], categories: ["r"] },
    ]) {
      expect(example(choice)).to.equal(undefined);
    }
  });

  it("gives the month of a whole limit, in whole cents", () => {
    expect(costAtLimit({ type: "c7g.large", vcpuHour: 0.04165 }, 100)).to.equal(3040.45);
  });
});
