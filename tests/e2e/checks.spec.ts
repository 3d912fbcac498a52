import { expect } from "chai";
import { Checks } from "../../e2e/checks";

function setUp(): { readonly checks: Checks; readonly lines: readonly string[] } {
  const lines: string[] = [];
  return { checks: new Checks((line) => void lines.push(line)), lines };
}

describe("the checks of an end-to-end run", () => {
  it("print one line per heading, and what is missing or unexpected if the check fails", () => {
    const { checks, lines } = setUp();
    checks.compare(
      "dev",
      { subnets: ["b", "a"], routes: ["x", "x", "y"] },
      { subnets: ["a", "b"], routes: ["x", "z"] },
    );
    expect(lines).to.deep.equal([
      "  ok      dev: subnets",
      "  FAILED  dev: routes",
      "            missing    z",
      "            unexpected x",
      "            unexpected y",
    ]);
  });

  it("fail if AWS was not queried, even if nothing is expected", () => {
    const { checks, lines } = setUp();
    checks.compare("dev", {}, { routes: [] });
    expect(lines).to.deep.equal(["  FAILED  dev: routes", "            unexpected nothing: AWS was not queried"]);
  });

  it("print all lines of an action's error", async () => {
    const { checks, lines } = setUp();
    expect(await checks.succeeds("one", () => Promise.resolve())).to.equal(true);
    expect(await checks.succeeds("two", () => Promise.reject(new Error("line 1\nline 2")))).to.equal(false);
    expect(lines).to.deep.equal(["  ok      one", "  FAILED  two", "            line 1", "            line 2"]);
  });

  it("end with a count and the failures", () => {
    const { checks } = setUp();
    checks.check("one", true);
    expect(checks.summary).to.equal("1 of 1 checks pass.");
    checks.check("two", false);
    checks.note("three");
    expect(checks.failures).to.deep.equal(["two"]);
    expect(checks.summary).to.equal("1 of 2 checks pass.\n  FAILED  two");
  });
});
