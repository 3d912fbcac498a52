import { expect } from "chai";
import fc from "fast-check";
import {
  deploymentPolicies,
  MANAGED_POLICY_CHARACTERS,
  previewPolicies,
  size,
  split,
} from "../../../delivery/bootstrap/deployment-policy";
import type { Statement } from "../../../components/policy-document";
import { dev, hubOnFirstUpdate } from "./scopes";

const statement = (Sid: string, length: number): Statement => ({
  Sid,
  Effect: "Allow",
  Action: "ec2:DescribeVpcs",
  Resource: "x".repeat(length),
});
/** Account, region and network name at their longest. */
const longest = { account: "999999999999", region: "ap-southeast-3", stack: "a".repeat(20) };

describe("policies are split to AWS's sizes", () => {
  it("every document fits, and no statement is lost or moved", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 20 }), (lengths) => {
        const statements = lengths.map((length, index) => statement(`S${String(index)}`, length));
        const documents = split(statements, 2400);
        for (const document of documents) expect(size(document)).to.be.at.most(2400);
        expect(documents.flatMap(({ Statement: each }) => each)).to.deep.equal(statements);
      }),
    );
  });

  it("two neighbours that fit together are together", () => {
    expect(split([statement("A", 10), statement("B", 10)], 400)).to.have.lengthOf(1);
    expect(split([statement("A", 200), statement("B", 200)], 400)).to.have.lengthOf(2);
  });

  it("a statement that is too long is named", () => {
    expect(() => split([statement("Long", 500)], 400)).to.throw(
      "the policy statement Long is longer than the 400 characters of a managed policy",
    );
  });

  it("more documents than a role can have are refused", () => {
    const many = Array.from({ length: 11 }, (_, index) => statement(`S${String(index)}`, 300));
    expect(() => split(many, 450)).to.throw("the grants need 11 managed policies, but a role can have only 10");
  });

  for (const [name, deployment, needed] of [
    ["hub", hubOnFirstUpdate, [5, 1]],
    ["spoke", dev, [4, 1]],
  ] as const) {
    it(`a ${name} needs ${needed[0]} policies to deploy and one to preview, at the longest name`, () => {
      const long = { ...deployment, ...longest };
      for (const document of [...deploymentPolicies(long), ...previewPolicies(long)]) {
        expect(size(document)).to.be.at.most(MANAGED_POLICY_CHARACTERS);
      }
      expect([deploymentPolicies(long).length, previewPolicies(long).length]).to.deep.equal(needed);
    });
  }
});
