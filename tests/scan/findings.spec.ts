import { expect } from "chai";
import { ACCEPTED, CHECKOV } from "./accepted";
import { compare, findingsIn, report, type Finding } from "./findings";

const finding = (rule: string, resource: string): Finding => ({ rule, resource, what: "Ensure it" });
const failed = (file: string, resource: string) => ({
  ...{ check_id: "CKV_1", check_name: "Ensure it", file_path: file, resource },
});

describe("the findings of checkov", () => {
  it("are read from a report of one framework and of several, with the stack of each", () => {
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

  it("are none if there was nothing to scan; a report that is no JSON is an error", () => {
    expect(findingsIn('{"passed":0,"failed":0}')).to.deep.equal({ findings: [], passed: 0 });
    expect(() => findingsIn("no module named checkov")).to.throw(SyntaxError);
  });
});

describe("a comparison of findings with the accepted ones", () => {
  const entry = (rule: string, resources: RegExp) => ({ rule, resources, reason: "it is" });

  it("accepts a finding if both rule and resource match", () => {
    const list = [entry("CKV_1", /^hub aws_vpc\./)];
    const found = [
      finding("CKV_1", "hub aws_vpc.hub"),
      finding("CKV_1", "dev aws_vpc.dev"),
      finding("CKV_2", "hub aws_vpc.hub"),
    ];
    expect(compare(found, list)).to.deep.equal({ unlisted: found.slice(1), unused: [], accepted: 1 });
  });

  it("reports an entry that matches no finding", () => {
    const list = [entry("CKV_1", /^hub/), entry("CKV_2", /^hub/)];
    expect(compare([finding("CKV_1", "hub aws_vpc.hub")], list).unused).to.deep.equal([list[1]]);
  });

  it("is reported in these lines", () => {
    const compared = compare([finding("CKV_1", "hub aws_vpc.hub")], [entry("CKV_2", /^dev/)]);
    expect(report({ version: "9.9.9", passed: 600, compared }).split("\n")).to.deep.equal([
      "checkov 9.9.9: 600 passed, 0 accepted, 1 new",
      `The list is for checkov ${CHECKOV}; this version may know other rules.`,
      "new: CKV_1 hub aws_vpc.hub: Ensure it",
      "unused: CKV_2 ^dev",
      "Fix each new finding, or add it to tests/scan/accepted.ts with a reason; remove unused entries.",
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
