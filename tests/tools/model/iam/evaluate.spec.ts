import { expect } from "chai";
import fc from "fast-check";
import { readDocument } from "../../../../tools/model/iam/document";
import { evaluate, type IamRequest } from "../../../../tools/model/iam/permissions";

const action = fc.constantFrom("s3:GetObject", "s3:PutObject", "s3:*", "*");
const operator = fc
  .tuple(
    fc.constantFrom("", "ForAllValues:", "ForAnyValue:"),
    fc.constantFrom("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "ArnLike"),
    fc.constantFrom("", "IfExists"),
  )
  .map((parts) => parts.join(""));
const value = fc.constantFrom("a", "b", "ab", "*");
const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Deny"),
  Action: action,
  Resource: fc.constantFrom("*", "arn:aws:s3:::x"),
  Condition: fc.dictionary(
    operator,
    fc.dictionary(fc.constantFrom("k", "l"), fc.array(value, { minLength: 1 }), { maxKeys: 2 }),
    {
      maxKeys: 2,
    },
  ),
});
const request: fc.Arbitrary<IamRequest> = fc.record({
  principal: fc.constant("arn:aws:iam::111111111111:role/x"),
  action: fc.constantFrom("s3:GetObject", "s3:PutObject"),
  resource: fc.constantFrom("arn:aws:s3:::x", "arn:aws:s3:::y"),
  context: fc.dictionary(fc.constantFrom("k", "l"), fc.array(value, { maxLength: 2 }), { maxKeys: 2 }),
});

const verdict = (statements: readonly object[], asked: IamRequest): string =>
  evaluate(readDocument({ Version: "2012-10-17", Statement: statements }), asked);

/** One condition against a context. */
function holds(condition: object, context: IamRequest["context"] = {}, version = "2012-10-17"): boolean {
  const document = readDocument({
    Version: version,
    Statement: { Effect: "Allow", Action: "s:Act", Resource: "*", Condition: condition },
  });
  return evaluate(document, { principal: "p", action: "s:Act", resource: "r", context }) === "allowed";
}

describe("the evaluation of a policy", () => {
  it("is denied by any Deny, whatever else is allowed", () => {
    const deny = { Effect: "Deny", Action: "*", Resource: "*" };
    fc.assert(fc.property(fc.array(statement), request, (all, asked) => verdict([...all, deny], asked) === "denied"));
  });

  it("allows no less with one more Allow, and no more with one more Deny", () => {
    fc.assert(
      fc.property(fc.array(statement), statement, request, (all, one, asked) => {
        const [before, after] = [verdict(all, asked), verdict([...all, one], asked)];
        return one.Effect === "Allow"
          ? before !== "allowed" || after === "allowed"
          : after !== "allowed" || before === "allowed";
      }),
    );
  });

  it("is the same in any order of statements", () => {
    fc.assert(
      fc.property(
        fc.array(statement),
        request,
        (all, asked) => verdict(all, asked) === verdict([...all].reverse(), asked),
      ),
    );
  });

  it("of a positive condition and of its negation is never the same, where the key is there once", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("Equals", "Like"),
        fc.array(value, { minLength: 1 }),
        value,
        (kind, values, actual) => {
          const context = { k: actual };
          return (
            holds({ [`String${kind}`]: { k: values } }, context) !==
            holds({ [`StringNot${kind}`]: { k: values } }, context)
          );
        },
      ),
    );
  });

  it("passes IfExists, ForAllValues and every negation where the key is missing, and nothing else", () => {
    const passing = ["StringEquals", "StringLike", "StringNotEquals", "ArnLike", "ArnNotLike", "Bool", "NumericEquals"]
      .flatMap((each) => ["", "ForAllValues:", "ForAnyValue:"].map((set) => `${set}${each}`))
      .flatMap((each) => [each, `${each}IfExists`])
      .filter((each) => holds({ [each]: { k: "1" } }));
    const bare = passing.filter((each) => !each.endsWith("IfExists") && !each.startsWith("ForAllValues:"));
    expect(bare).to.deep.equal(["StringNotEquals", "ArnNotLike"]);
    // Half of all 42 are with IfExists, and 7 with ForAllValues alone.
    expect(passing).to.have.length(21 + 7 + 2);
  });

  it("compares keys in any case, and values as the operator says", () => {
    expect(holds({ StringEquals: { "AWS:SourceAccount": "1" } }, { "aws:sourceaccount": "1" })).to.equal(true);
    expect(holds({ StringEquals: { k: "A" } }, { k: "a" })).to.equal(false);
    expect(holds({ StringEqualsIgnoreCase: { k: "A" } }, { k: "a" })).to.equal(true);
    expect(holds({ StringEquals: { k: "*" } }, { k: "a" })).to.equal(false);
    expect(holds({ Bool: { k: true } }, { k: "true" })).to.equal(true);
    expect(holds({ NumericLessThan: { k: 10 } }, { k: "9" })).to.equal(true);
    expect(holds({ DateGreaterThan: { k: "2026-01-01T00:00:00Z" } }, { k: "2026-06-01T00:00:00Z" })).to.equal(true);
    expect(holds({ IpAddress: { k: "10.0.0.0/8" } }, { k: "10.1.2.3" })).to.equal(true);
    expect(holds({ NotIpAddress: { k: ["10.0.0.0/8", "2001:db8::/32"] } }, { k: "2001:db8::1" })).to.equal(false);
    expect(holds({ ArnLike: { k: "arn:aws:iam::*:role/a" } }, { k: "arn:aws:iam::1:x:role/a" })).to.equal(false);
  });

  it("reads variables in the newer version alone", () => {
    const condition = { StringEquals: { k: "${aws:username}" } };
    const context = { k: "ann", "aws:username": "ann" };
    expect([holds(condition, context), holds(condition, context, "2008-10-17")]).to.deep.equal([true, false]);
  });

  it("takes an account for whoever is in it, and a role for itself", () => {
    const asks = (principal: object | string): string =>
      verdict([{ Effect: "Allow", Principal: principal, Action: "*" }], {
        ...{ action: "s3:GetObject", resource: "r" },
        principal: "arn:aws:iam::111111111111:role/x",
      });
    expect(asks("*")).to.equal("allowed");
    expect(asks({ AWS: "111111111111" })).to.equal("allowed");
    expect(asks({ AWS: "arn:aws:iam::111111111111:root" })).to.equal("allowed");
    expect(asks({ AWS: "arn:aws:iam::111111111111:role/x" })).to.equal("allowed");
    expect(asks({ AWS: ["arn:aws:iam::111111111111:role/y", "222222222222"] })).to.equal("not allowed");
    expect(asks({ Service: "ec2.amazonaws.com" })).to.equal("not allowed");
  });
});
