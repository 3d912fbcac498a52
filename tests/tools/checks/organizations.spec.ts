import { expect } from "chai";
import { runChecks } from "../../../tools/checks";
import type { AllStacks } from "../../../tools/model/resource";
import { plan } from "../../../tools/planner/plan";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { type Modification, modify, without, withPolicy, withResource } from "../../support/modifications";
import { project, withConfig } from "../../support/plans";

const ORGANIZATION = "arn:aws:organizations::111111111111:organization/o-abcdef1234";
const UNIT = "arn:aws:organizations::111111111111:ou/o-abcdef1234/ou-ab12-11111111";
const SHARES: Readonly<Record<string, readonly string[]>> = {
  "an organization": [ORGANIZATION],
  "an OU": [UNIT],
  "an organization and an OU": [ORGANIZATION, UNIT],
};

/** Evidence of the checks that fail, in all stacks. */
function failures(all: AllStacks): string[] {
  return runChecks(all).flatMap(({ name, stack, passed, evidence }) =>
    passed ? [] : evidence.map((line) => `${name} ${stack}: ${line}`),
  );
}

describe("a hub shared with", () => {
  for (const [what, shareWith] of Object.entries(SHARES)) {
    describe(`${what}`, () => {
      let planned: AllStacks;
      const failuresAfter = (...modifications: readonly Modification[]): string[] =>
        failures(modify(planned, "hub", ...modifications));
      before(async () => {
        planned = stacksOfPlan(await plan(withConfig(project, "hub", { "share-with": [...shareWith] })));
      });

      it("passes every check", () => {
        expect(failures(planned)).to.deep.equal([]);
      });

      it("fails a check if a policy names another organization", () => {
        const unknown = withPolicy(
          "ecr/repositoryPolicy:RepositoryPolicy",
          "hub-images-piksel-core",
          "policy",
          /o-abcdef1234/g,
          "o-unknown000",
        );
        const [line] = failuresAfter(unknown);
        expect(line).to.match(
          /^only-known-accounts-have-access hub: hub-images-piksel-core names o-unknown000.*, which is not in the account map and does not allow /,
        );
      });

      it("fails a check if the transit gateway is also shared with another principal", () => {
        const principal = "arn:aws:organizations::999999999999:organization/o-unknown000";
        expect(
          failuresAfter(withResource("aws:ram/principalAssociation:PrincipalAssociation", "other", { principal })),
        ).to.deep.equal([
          `only-known-accounts-have-access hub: the transit gateway's resource share includes ${principal}, which is not in the account map`,
        ]);
      });

      it("fails a check if the transit gateway is not shared with it", () => {
        const [first = ""] = shareWith;
        const share = without("ram/principalAssociation:PrincipalAssociation", `hub-${first.split("/").pop() ?? ""}`);
        expect(failuresAfter(share)).to.deep.equal([
          `only-known-accounts-have-access hub: the transit gateway's resource share does not include ${first}`,
        ]);
      });
    });
  }

  it("an organization and an OU fails a check if a policy leaves one of them out", async () => {
    const shareWith = [ORGANIZATION.replace("abcdef1234", "zyxwvu9876"), UNIT];
    const planned = stacksOfPlan(await plan(withConfig(project, "hub", { "share-with": shareWith })));
    const one = withPolicy(
      "ecr/repositoryPolicy:RepositoryPolicy",
      "hub-images-piksel-core",
      "policy",
      ',"o-zyxwvu9876/*"',
      "",
    );
    expect(failures(modify(planned, "hub", one))).to.deep.equal([
      "only-known-accounts-have-access hub: hub-images-piksel-core does not allow o-zyxwvu9876/*",
    ]);
  });

  it("no organization fails a check if a policy names one", async () => {
    const planned = stacksOfPlan(await plan(project));
    const unknown = withPolicy(
      "ec2/vpcEndpoint:VpcEndpoint",
      "hub-endpoint-ecr.api",
      "policy",
      /"StringEquals":\{"aws:PrincipalAccount":\[[^\]]*\]\}/,
      '"StringEquals":{"aws:PrincipalOrgID":["o-abcdef1234"]}',
    );
    expect(failures(modify(planned, "hub", unknown))).to.deep.equal([
      "only-known-accounts-have-access hub: hub-endpoint-ecr.api names o-abcdef1234, which is not in the account map and does not allow hub, dev, staging, prod",
    ]);
  });
});
