import { readdirSync } from "node:fs";
import { expect } from "chai";
import type { CheckResult } from "../../../tools/checks";
import { whySection } from "../../../tools/report/terminal/checks";
import { plainPaint } from "../../../tools/io/terminal";
import { CHECK_SENTENCES, REASONS, sharedEvidence, verdictInWords, verdictOf } from "../../../tools/report/view/checks";

const result = (name: string, stack: string, passed: boolean, ...evidence: readonly string[]): CheckResult => ({
  ...{ name, stack, passed, evidence },
});

// Review, first contact 3: a failed check was not seen where people look.
describe("the verdict", () => {
  const words = (checks: readonly CheckResult[]): string => verdictInWords(verdictOf(checks));

  it("counts checks, not their results in each stack", () => {
    const checks = [result("a", "hub", true), result("a", "dev", true), result("b", "dev", true)];
    expect(words(checks)).to.equal("2 of 2 checks pass");
  });

  it("names a check that fails, and the stacks in which it does", () => {
    const checks = [
      result("a", "hub", true),
      result("a", "dev", false),
      result("a", "prod", false),
      result("b", "dev", true),
    ];
    expect(words(checks)).to.equal("1 of 2 checks pass; a fails in dev, prod");
  });

  it("names three failed checks, and three stacks where there are more than five", () => {
    const stacks = ["s1", "s2", "s3", "s4", "s5", "s6"];
    const checks = ["a", "b", "c", "d", "e"].flatMap((name) =>
      (name === "a" ? stacks : ["dev"]).map((stack) => result(name, stack, false)),
    );
    expect(words(checks)).to.equal(
      "0 of 5 checks pass; a fails in s1, s2, s3 and 3 more; b fails in dev; c fails in dev; 2 more fail",
    );
  });
});

describe("the reason for a check", () => {
  it("is given for every check, and for nothing else", () => {
    expect(Object.keys(REASONS)).to.deep.equal(CHECK_SENTENCES.map(({ name }) => name));
  });

  it("is one or two sentences, and names a decision record that exists", () => {
    const records = readdirSync("docs/adr").map((name) => name.replace(/\.md$/, ""));
    for (const [name, { why, adr }] of Object.entries(REASONS)) {
      expect(why.match(/\.( |$)/g)?.length, name).to.be.within(1, 2);
      expect([...records, undefined], name).to.include(adr);
    }
  });
});

describe("the evidence of a check", () => {
  it("is shown once for stacks where it is the same but for their own name", () => {
    const results = ["dev", "staging"].map((stack) =>
      result("a", stack, true, `${stack}-private-1: 10.0.0.0/8 → transit gateway`, `${stack} to hub-${stack}`),
    );
    expect(sharedEvidence(results)).to.deep.equal([
      {
        ...{ stacks: ["dev", "staging"], passed: true },
        lines: ["*-private-1: 10.0.0.0/8 → transit gateway"],
      },
      // The name in another's name is no reference to the stack itself.
      { stacks: ["dev"], passed: true, lines: ["dev to hub-dev"] },
      { stacks: ["staging"], passed: true, lines: ["staging to hub-staging"] },
    ]);
  });

  it("is shown once for subnets where it is the same but for their number", () => {
    const lines = ["dev-private-1: dropped", "dev-private-2: dropped", "dev-public-1: dropped", "an endpoint"];
    expect(sharedEvidence([result("a", "dev", true, ...lines)])).to.deep.equal([
      { stacks: ["dev"], passed: true, lines: ["dev-private-1, -2: dropped", "dev-public-1: dropped", "an endpoint"] },
    ]);
  });

  it("of a failure comes first, and is not folded with that of a success", () => {
    const results = [result("a", "dev", true, "seen"), result("a", "prod", false, "seen")];
    expect(sharedEvidence(results)).to.deep.equal([
      { stacks: ["prod"], passed: false, lines: ["seen"] },
      { stacks: ["dev"], passed: true, lines: ["seen"] },
    ]);
  });

  it("names a stack without any", () => {
    expect(sharedEvidence([result("a", "dev", true)])).to.deep.equal([{ stacks: ["dev"], passed: true, lines: [] }]);
  });

  it("follows why the check matters and its decision record", () => {
    const results = ["dev", "prod"].map((stack) =>
      result("dns-queries-are-logged", stack, true, `${stack} → hub-logs`),
    );
    expect(whySection("dns-queries-are-logged", results, plainPaint)).to.deep.equal([
      "",
      "dns-queries-are-logged",
      `  ${CHECK_SENTENCES.find(({ name }) => name === "dns-queries-are-logged")?.sentence ?? ""}`,
      "",
      "Why it matters",
      "  DNS queries show malware and data that leaves through DNS, and often are the only trace of it.",
      "",
      "  Decision record: docs/adr/0007-flow-log-archive.md",
      "",
      "Evidence",
      "  dev, prod: passes",
      "    * → hub-logs",
      "",
      "  * stands for the name of each of these stacks",
    ]);
  });
});
