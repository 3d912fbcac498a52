import { expect } from "chai";
import fc from "fast-check";
import { readDocument } from "../../../../tools/model/iam/document";
import { dangerousActions, evaluate, isEveryResource, restrictingKeys } from "../../../../tools/model/iam/permissions";

function statement(condition: object) {
  const { statements } = readDocument({ Statement: { Effect: "Allow", Action: "*", Condition: condition } });
  return statements[0]!;
}

describe("a condition", () => {
  it("restricts where it needs a value that the request has, and not every value will do", () => {
    const restricts = (operator: string, value: string | readonly string[] = "a"): boolean =>
      restrictingKeys(statement({ [operator]: { k: value } })).length > 0;
    expect(
      ["StringEquals", "stringlike", "ArnLike", "ForAnyValue:StringLike", "Bool"].map((each) => restricts(each)),
    ).to.deep.equal([true, true, true, true, true]);
    expect(
      ["StringNotEquals", "StringEqualsIfExists", "ForAllValues:StringEquals", "Null", "ArnNotLike"].map((each) =>
        restricts(each),
      ),
    ).to.deep.equal([false, false, false, false, false]);
    expect(["*", "**", "?*", ["a", "*"]].map((value) => restricts("StringLike", value))).to.deep.equal([
      false,
      false,
      false,
      false,
    ]);
    expect(restricts("ArnLike", "arn:*:*:*:*:*")).to.equal(false);
    // Literal: no account has this name.
    expect(restricts("StringEquals", "*")).to.equal(true);
  });

  it("that holds without its key restricts beside one that needs the key", () => {
    const set = { "ForAllValues:StringEquals": { k: "a" } };
    expect(restrictingKeys(statement({ ...set, Null: { K: "false" } }))).to.deep.equal(["k"]);
    expect(restrictingKeys(statement({ ...set, Null: { k: "true" } }))).to.deep.equal([]);
    expect(restrictingKeys(statement({ ...set, StringLike: { k: "*" } }))).to.deep.equal(["k"]);
  });

  it("that restricts lets nobody pass who lacks the key or has a value of no one's", () => {
    const value = fc.constantFrom("a", "b", "a*", "?", "*", "${aws:x}");
    const operator = fc.constantFrom(
      ...[
        "StringEquals",
        "StringLike",
        "ArnLike",
        "StringNotEquals",
        "ForAllValues:StringLike",
        "ForAnyValue:StringEquals",
      ],
      ...["StringLikeIfExists", "StringEqualsIgnoreCase"],
    );
    const condition = fc.dictionary(operator, fc.record({ k: fc.array(value, { minLength: 1 }) }), {
      minKeys: 1,
      maxKeys: 3,
    });
    fc.assert(
      fc.property(condition, (given) => {
        if (restrictingKeys(statement(given)).length === 0) return true;
        const document = readDocument({
          Version: "2012-10-17",
          Statement: { Effect: "Allow", Action: "*", Resource: "*", Condition: given },
        });
        const asks = (context: Record<string, string>): string =>
          evaluate(document, { principal: "p", action: "s:A", resource: "r", context });
        return asks({}) !== "allowed" && asks({ k: "nobody has this" }) !== "allowed";
      }),
    );
  });
});

describe("the pattern of a resource", () => {
  it("is as good as an asterisk where it leaves a service or a whole type of every account open", () => {
    const open = [
      "*",
      "**",
      "?*",
      "*:*",
      "arn:*",
      "arn:aws:s3*",
      "arn:aws:s3:::*",
      "arn:aws:s3:::*/*",
      "arn:aws:*:*:*:*",
    ];
    const more = ["arn:aws:iam::*:role/*", "arn:aws:sns:*:*:*", "arn:aws:logs:*:*:log-group:*"];
    expect([...open, ...more].filter((each) => !isEveryResource(each))).to.deep.equal([]);
    const names = ["arn:aws:s3:::bucket/*", "arn:aws:ec2:eu-west-1:111111111111:instance/*", "arn:aws:iam::1:role/x"];
    const sets = [
      "arn:aws:iam::*:role/team-*",
      "${aws:s3/bucket:Bucket::hub-logs.arn}/AWSLogs/*",
      "arn:aws:route53:::hostedzone/*",
    ];
    expect([...names, ...sets].filter(isEveryResource)).to.deep.equal([]);
  });
});

describe("the pattern of an action", () => {
  it("takes in what is dangerous, in any case", () => {
    expect(dangerousActions("IAM:passrole")).to.deep.equal(["iam:PassRole"]);
    expect(dangerousActions("iam:Pass*")).to.deep.equal(["iam:PassRole"]);
    expect(dangerousActions("s3:GetObject")).to.deep.equal([]);
    expect(dangerousActions("*").length).to.be.greaterThan(50);
  });
});
