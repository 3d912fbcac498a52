import { readFileSync } from "node:fs";
import { expect } from "chai";
import { plan, type Plan } from "../../tools/planner/plan";
import { listed } from "../accept/artefacts";
import { project, stack } from "../support/plans";

/** What each stack consists of, and all of it; npm run accept writes these lists. */
const expected = (name: string): string[] => readFileSync(`tests/expected/${name}.txt`, "utf8").trimEnd().split("\n");

describe("each stack consists of exactly the resources that are listed", () => {
  for (const preview of [false, true]) {
    describe(preview ? "in a first preview, where no id is known" : "in an update", () => {
      let planned: Plan;
      before(async () => {
        planned = await plan(project, { preview });
      });
      for (const name of ["hub", "dev", "staging", "prod"]) {
        it(name, () => {
          expect(listed(planned, name)).to.deep.equal(expected(name));
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
