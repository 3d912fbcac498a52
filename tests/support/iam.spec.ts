import { expect } from "chai";
import type { Statement } from "../../components/policy-document";
import { evaluate, type IamRequest } from "./iam";

const verdict = (Condition: NonNullable<Statement["Condition"]>, context: IamRequest["context"] = {}): string =>
  evaluate(
    { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s:Act", Resource: "*", Condition }] },
    { principal: "p", action: "s:Act", resource: "r", context },
  );

describe("the evaluator of the tests", () => {
  it("holds a condition against the request, and fails where the key is missing", () => {
    expect(verdict({ StringEquals: { k: ["a", "b"] } }, { k: "b" })).to.equal("allowed");
    expect(verdict({ StringEquals: { k: ["a", "b"] } }, { k: "c" })).to.equal("not allowed");
    expect(verdict({ StringEquals: { k: "a" } })).to.equal("not allowed");
  });

  it("passes IfExists and ForAllValues where the key is missing, and no other set operator", () => {
    expect(verdict({ StringEqualsIfExists: { k: "a" } })).to.equal("allowed");
    expect(verdict({ StringEqualsIfExists: { k: "a" } }, { k: "b" })).to.equal("not allowed");
    expect(verdict({ "ForAllValues:StringEquals": { k: "a" } })).to.equal("allowed");
    expect(verdict({ "ForAllValues:StringEquals": { k: "a" } }, { k: ["a", "b"] })).to.equal("not allowed");
    expect(verdict({ "ForAnyValue:StringEquals": { k: "a" } })).to.equal("not allowed");
    expect(verdict({ "ForAnyValue:StringEquals": { k: "a" } }, { k: ["a", "b"] })).to.equal("allowed");
  });

  it("reads Null as whether the key is missing", () => {
    expect(verdict({ Null: { k: "true" } })).to.equal("allowed");
    expect(verdict({ Null: { k: "true" } }, { k: "a" })).to.equal("not allowed");
    expect(verdict({ Null: { k: "false" } })).to.equal("not allowed");
    expect(verdict({ Null: { k: "false" } }, { k: "a" })).to.equal("allowed");
  });

  it("throws for an unknown condition operator", () => {
    expect(() => verdict({ StringMatches: { k: "a" } }, { k: "b" })).to.throw(
      '"StringMatches" is not an IAM condition operator',
    );
  });
});
