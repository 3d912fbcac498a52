import { expect } from "chai";
import { plan } from "../../../tools/planner/plan";
import { project, stack } from "../../support/plans";

describe("the logs of a cluster's control plane", () => {
  it("are kept for a year (checkov, CKV_AWS_338)", async () => {
    const planned = await plan(project);
    for (const name of ["dev", "staging", "prod"]) {
      const groups = stack(planned, name).resources.filter(({ type }) => type.endsWith(":LogGroup"));
      expect(groups.map((group) => [group.name, group.inputs["retentionInDays"]])).to.deep.equal([
        [`${name}-cluster`, 365],
      ]);
    }
  });
});
