import { expect } from "chai";
import { ACCEPTED, CHECKOV } from "./accepted";
import { compare, findingsIn, type Finding } from "./findings";
import { report } from "./report";

const finding = (rule: string, resource: string): Finding => ({ rule, resource, what: "Ensure it" });
const failed = (file: string, resource: string) => ({
  ...{ check_id: "CKV_1", check_name: "Ensure it", file_path: file, resource },
});

describe("what checkov found", () => {
  it("is read of one framework and of several, each of a stack", () => {
    const one = { results: { failed_checks: [failed("/hub.json", "aws_vpc.hub")] }, summary: { passed: 3 } };
    const two = { results: { failed_checks: [failed("/tmp/x/dev.json", "aws_vpc.dev")] }, summary: { passed: 4 } };
    expect(findingsIn(JSON.stringify(one))).to.deep.equal({
      findings: [finding("CKV_1", "hub aws_vpc.hub")],
      passed: 3,
    });
    expect(findingsIn(JSON.stringify([one, two]))).to.deep.equal({
      findings: [finding("CKV_1", "hub aws_vpc.hub"), finding("CKV_1", "dev aws_vpc.dev")],
      passed: 7,
    });
  });

  it("is nothing where there was nothing to scan, and no JSON is a fault", () => {
    expect(findingsIn('{"passed":0,"failed":0}')).to.deep.equal({ findings: [], passed: 0 });
    expect(() => findingsIn("no module named checkov")).to.throw(SyntaxError);
  });
});

describe("what was found, held against what is accepted,", () => {
  const entry = (rule: string, resources: RegExp) => ({ rule, resources, reason: "it is" });

  it("is accepted by rule and resource, both", () => {
    const list = [entry("CKV_1", /^hub aws_vpc\./)];
    const found = [
      finding("CKV_1", "hub aws_vpc.hub"),
      finding("CKV_1", "dev aws_vpc.dev"),
      finding("CKV_2", "hub aws_vpc.hub"),
    ];
    expect(compare(found, list)).to.deep.equal({ unlisted: found.slice(1), unused: [], accepted: 1 });
  });

  it("leaves an entry over that nothing is found of", () => {
    const list = [entry("CKV_1", /^hub/), entry("CKV_2", /^hub/)];
    expect(compare([finding("CKV_1", "hub aws_vpc.hub")], list).unused).to.deep.equal([list[1]]);
  });

  it("is told in these lines", () => {
    const compared = compare([finding("CKV_1", "hub aws_vpc.hub")], [entry("CKV_2", /^dev/)]);
    expect(report({ version: "9.9.9", passed: 600, compared }).split("\n")).to.deep.equal([
      "checkov 9.9.9: 600 passed, 0 accepted, 1 new",
      `The list is for checkov ${CHECKOV}; this version may know other rules.`,
      "new: CKV_1 hub aws_vpc.hub: Ensure it",
      "found no more: CKV_2 ^dev",
      "Mend what is found, or give tests/scan/accepted.ts the reason why it stays; take out what is found no more.",
      "",
    ]);
    const none = { unlisted: [], unused: [], accepted: 30 };
    expect(report({ version: CHECKOV, passed: 600, compared: none })).to.equal(
      `checkov ${CHECKOV}: 600 passed, 30 accepted, 0 new\n`,
    );
  });
});

describe("the accepted findings", () => {
  it("each have a rule, resources by a pattern from end to end, and a reason", () => {
    for (const { rule, resources, reason } of ACCEPTED) {
      expect(rule).to.match(/^CKV2?_AWS_\d+$/);
      expect(resources.source, rule).to.match(/^\^/);
      expect(reason, rule).to.match(/^\w.{20,}/);
    }
    expect(new Set(ACCEPTED.map(({ rule }) => rule)).size).to.equal(ACCEPTED.length);
  });
});
