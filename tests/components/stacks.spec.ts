import { expect } from "chai";
import { plan, type Plan } from "../../tools/planner/plan";
import { expectedNames, namesOf } from "../support/expected";
import { projectWithAlarms as project, stack } from "../support/plans";

describe("each stack consists of exactly the resources that are listed", () => {
  for (const preview of [false, true]) {
    describe(preview ? "in a first preview, where no id is known" : "in an update", () => {
      let planned: Plan;
      before(async () => {
        planned = await plan(project, { preview });
      });
      for (const name of ["hub", "dev", "staging", "prod"]) {
        it(name, () => {
          expect(namesOf(stack(planned, name).resources)).to.deep.equal(expectedNames(name));
        });
        it(`${name}, each of AWS's by a provider of the program's, inside awsx and eks too`, () => {
          const ours = stack(planned, name).resources.filter(({ type }) => type.startsWith("aws:"));
          const providers = new Set(ours.map(({ options }) => options.provider));
          const hub = name === "hub" ? [] : ["pulumi:providers:aws::hub"];
          expect([...providers].sort()).to.deep.equal(["pulumi:providers:aws::aws", ...hub]);
        });
      }
    });
  }
});
