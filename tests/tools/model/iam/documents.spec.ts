import { expect } from "chai";
import fc from "fast-check";
import { NotUnderstood, readDocument } from "../../../../tools/model/iam/document";
import { findDocuments } from "../../../../tools/model/iam/find-documents";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const document = { Version: "2012-10-17", Statement: [statement] };
const text = JSON.stringify(document);

const found = (inputs: Readonly<Record<string, unknown>>, type = "aws:x/y:Y"): string[] =>
  findDocuments({ type, inputs }).map(
    ({ path, read }) => `${path}: ${read instanceof NotUnderstood ? read.message : String(read.statements.length)}`,
  );

/** Why a policy is not understood. */
function reason(value: unknown): string {
  try {
    readDocument(value);
  } catch (error) {
    if (error instanceof NotUnderstood) return error.message;
    throw error;
  }
  return "it is understood";
}

describe("a policy document", () => {
  it("is read the same in every form that AWS accepts", () => {
    const forms = [
      text,
      `\n\t ${text}`,
      `\uFEFF${text}`,
      document,
      { ...document, Statement: statement },
      { version: "2012-10-17", statement: { effect: "Allow", action: ["s3:GetObject"], RESOURCE: ["*"] } },
    ];
    for (const form of forms) expect(readDocument(form)).to.deep.equal(readDocument(document));
  });

  it("has the older version if it has none", () => {
    expect(readDocument({ Statement: [] }).version).to.equal("2008-10-17");
  });

  it("is rejected with a reason if it is not as AWS documents", () => {
    expect(reason("{")).to.equal("it is not JSON");
    expect(reason('{"Statement":{"Effect":"Allow","Effect":"Deny"}}')).to.equal(
      'an object has the key "Effect" more than once',
    );
    expect(reason({ Statement: { ...statement, action: "*" } })).to.equal('a statement has "action" more than once');
    expect(reason({ Statement: { ...statement, NotAction: "*" } })).to.equal(
      "a statement has both Action and NotAction",
    );
    expect(reason({ Statement: { ...statement, Principal: "me" } })).to.equal(
      'Principal is "me", not "*" or an object',
    );
    expect(reason({ Statement: { ...statement, Principal: { Group: "x" } } })).to.equal(
      'Principal has "Group", which is not an IAM policy element',
    );
    expect(reason({ Statement: { ...statement, Resource: [] } })).to.equal("Resource is empty");
    expect(reason({ Statement: { ...statement, Condition: { StringEquals: { k: [] } } } })).to.equal(
      '"k" has no values',
    );
    expect(reason({ Statement: { ...statement, Condition: { NullIfExists: { k: "true" } } } })).to.equal(
      '"NullIfExists" is not an IAM condition operator',
    );
    expect(reason({ Version: "2020-01-01", Statement: [] })).to.equal(
      'Version is "2020-01-01", not "2012-10-17" or "2008-10-17"',
    );
    expect(reason({ Statement: { ...statement, Action: "s3:\u202E*" } })).to.contain("Action has a control character");
  });

  it("is read or rejected, and never crashes, for any input", () => {
    const anything = fc.anything({ withNullPrototype: true, withObjectString: true, maxDepth: 5 });
    fc.assert(fc.property(fc.oneof(anything, fc.json(), fc.string()), (value) => typeof reason(value) === "string"));
    const near = fc.record({
      Statement: fc.oneof(anything, fc.record({ Effect: anything, Action: anything, Condition: anything })),
    });
    fc.assert(fc.property(near, (value) => typeof reason(value) === "string"));
  });
});

describe("policies in a resource", () => {
  it("are found in any property, at any depth, as text and as an object", () => {
    expect(
      found({ a: text, b: [{ c: document }], d: { e: JSON.stringify({ Resources: { R: { P: document } } }) } }),
    ).to.deep.equal(["a: 1", "b.0.c: 1", "d.e.Resources.R.P: 1"]);
  });

  it("include every property with a policy's name, rejected if it has no policy", () => {
    expect(found({ policy: '{"rules":[]}' })).to.deep.equal([
      'policy: the policy has "rules", which is not an IAM policy element',
    ]);
    expect(found({ policy: '{"rules":[]}' }, "aws:ecr/lifecyclePolicy:LifecyclePolicy")).to.deep.equal([]);
    const addon = "aws:eks/addon:Addon";
    expect(found({ configurationValues: '{"policy":"sync"}' }, addon)).to.deep.equal([]);
    expect(found({ configurationValues: JSON.stringify({ policy: document }) }, addon)).to.have.length(1);
    expect(found({ policyArn: "arn:aws:iam::aws:policy/x", policy: "" })).to.deep.equal([]);
  });

  it("are rejected in YAML templates and truncated text", () => {
    expect(found({ templateBody: "Statement:\n  - Effect: Allow\n" })).to.have.length(1);
    expect(found({ anything: text.slice(0, -2) })).to.have.length(1);
  });

  it("do not include web ACL rules", () => {
    expect(found({ rules: [{ statement: { ipSetReferenceStatement: { arn: "x" } } }] })).to.deep.equal([]);
  });

  it("are reported without delay for a resource with 5,000 levels", () => {
    let deep: object = {};
    for (let level = 0; level < 5000; level += 1) deep = { a: deep };
    expect(found({ deep })).to.deep.equal(["deep.a.a: it is nested too deeply"]);
  });

  it("never crash the search, for any resource", () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.anything()), (inputs) => Array.isArray(found(inputs))));
  });
});
