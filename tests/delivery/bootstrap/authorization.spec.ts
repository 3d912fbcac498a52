import { expect } from "chai";
import { deploymentPolicies, previewPolicies } from "../../../delivery/bootstrap/deployment-policy";
import type { Statement } from "../../../components/policy-document";
import { authorization } from "./authorization";
import { DEPLOYMENTS } from "./scopes";

/** In every request (IAM User Guide, "AWS global condition context keys"). */
const GLOBAL = ["aws:RequestedRegion"];

/** Condition keys that a request must have for the statement to hold: not those of IfExists, nor what must be missing. */
function neededKeys({ Condition = {} }: Statement): string[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys)
      .filter(([, value]) => !operator.endsWith("IfExists") && !(operator === "Null" && value === "true"))
      .map(([key]) => key),
  );
}

/** Whether AWS fills the key in for the action; one of a tag by what it begins with. */
function isFilledIn(key: string, action: string): boolean {
  const { keys } = authorization(action);
  return keys.includes(key) || keys.some((each) => each.endsWith("/") && key.startsWith(each));
}

describe("a condition of the policies", () => {
  for (const [name, deployment] of Object.entries(DEPLOYMENTS)) {
    it(`is one that AWS can hold every action of its statement against, in ${name}`, () => {
      const statements = [...deploymentPolicies(deployment), ...previewPolicies(deployment)].flatMap(
        ({ Statement: each }) => each,
      );
      const dead = statements
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap((statement) =>
          neededKeys(statement)
            .filter((key) => !GLOBAL.includes(key))
            .flatMap((key) =>
              [statement.Action]
                .flat()
                .filter((action) => !isFilledIn(key, action))
                .map((action) => `${statement.Sid ?? ""}: ${action} has no ${key}`),
            ),
        );
      expect(dead).to.deep.equal([]);
    });
  }
});
