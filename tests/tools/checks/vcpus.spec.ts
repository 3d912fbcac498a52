import { expect } from "chai";
import { estateOfPlan } from "../../../tools/planner/estate";
import { plan } from "../../../tools/planner/plan";
import { checks } from "../../../tools/report/view/checks";
import { quotas, quotaUses } from "../../../tools/checks/quotas/quotas";
import { isStandard, vcpusOf } from "../../../tools/checks/quotas/vcpus";
import { project, withConfig } from "../../support/plans";

const NAME = "vCPUs of Standard On-Demand instances during node updates";

// Review A9.
describe("the vCPUs of an instance type", () => {
  it("follow from the size in its name", () => {
    const types = ["m7g.medium", "m7g.large", "c7i.xlarge", "r8g.2xlarge", "c5.9xlarge", "m7i.metal-24xl", "m7g.metal"];
    expect(types.map(vcpusOf)).to.deep.equal([1, 2, 4, 8, 36, 96, 64]);
  });

  it("are those of large for small sizes of T3, T3a and T4g, and fewer for T2", () => {
    const small = ["t3.nano", "t3a.micro", "t4g.small", "t3.medium", "t3.large", "t4g.xlarge"];
    expect(small.map(vcpusOf)).to.deep.equal([2, 2, 2, 2, 2, 4]);
    expect(["t2.nano", "t2.micro", "t2.small", "t2.medium", "t2.large"].map(vcpusOf)).to.deep.equal([1, 1, 1, 2, 2]);
  });

  it("are unknown for an unknown size", () => {
    expect(["m9x.metal", "m7g.huge", "m7g", ""].map(vcpusOf)).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("count against the quota only for the Standard families", () => {
    expect(
      ["a1.large", "c7g.large", "im4gn.large", "m7i-flex.large", "t3.small", "z1d.large"].filter(isStandard),
    ).to.have.lengthOf(6);
    expect(
      ["g5.xlarge", "p5.48xlarge", "inf2.xlarge", "trn1.2xlarge", "x2gd.large", "hpc7g.4xlarge", "u-6tb1.metal"].filter(
        isStandard,
      ),
    ).to.deep.equal([]);
  });
});

describe("the quota of vCPUs", () => {
  const uses = async (config: Record<string, boolean | number | readonly string[]> = {}) => {
    const all = estateOfPlan(await plan(withConfig(project, "dev", config as never)));
    return quotaUses(all, quotas(all.addressSpace))
      .filter(({ quota }) => quota.name === NAME)
      .map(({ stack, used }) => `${stack} ${String(used)}`);
  };

  it("counts every node and two more per AZ, at two vCPUs each", async () => {
    expect(await uses()).to.deep.equal(["dev 12", "staging 12", "prod 18"]);
  });

  it("counts the largest of several types, and nothing for an unknown size or without a cluster", async () => {
    expect((await uses({ "node-instance-types": ["m7g.large", "m7g.2xlarge"] }))[0]).to.equal("dev 48");
    expect((await uses({ "node-count": 5 }))[0]).to.equal("dev 18");
    expect(await uses({ "node-instance-types": ["g5.xlarge"] })).to.deep.equal(["staging 12", "prod 18"]);
    expect(await uses({ cluster: false })).to.deep.equal(["staging 12", "prod 18"]);
  });

  it("is reported if exceeded, but the check passes: the first deployment increases it", async () => {
    const kept = checks(await plan(project)).filter(({ name }) => name === "fits-default-quotas");
    expect(kept.map(({ passed }) => passed)).to.deep.equal([true, true, true, true]);
    const shown = kept.flatMap(({ stack, evidence }) =>
      evidence.filter((line) => line.startsWith(NAME)).map((line) => `${stack} ${line}`),
    );
    const page = '(AWS General Reference, "Amazon EC2 endpoints and quotas")';
    expect(shown).to.deep.equal([
      `dev ${NAME}: 12 of 5, request an increase before the first deployment ${page}`,
      `staging ${NAME}: 12 of 5, request an increase before the first deployment ${page}`,
      `prod ${NAME}: 18 of 5, request an increase before the first deployment ${page}`,
    ]);
  });
});
