import { expect } from "chai";
import { Checks } from "../../e2e/checks";

function checks(): { readonly made: Checks; readonly lines: string[] } {
  const lines: string[] = [];
  return { made: new Checks((line) => void lines.push(line)), lines };
}

describe("the checks of an end-to-end run", () => {
  it("print one line per fact, and what is missing or unexpected for a failed one", () => {
    const { made, lines } = checks();
    made.same("dev", { subnets: ["b", "a"], routes: ["x", "x", "y"] }, { subnets: ["a", "b"], routes: ["x", "z"] });
    expect(lines).to.deep.equal([
      "  ok      dev: subnets",
      "  FAILED  dev: routes",
      "            missing    z",
      "            unexpected x",
      "            unexpected y",
    ]);
  });

  it("take a fact that AWS was not asked for as one that is not so, even if nothing must be there", () => {
    const { made, lines } = checks();
    made.same("dev", {}, { routes: [] });
    expect(lines).to.deep.equal(["  FAILED  dev: routes", "            unexpected nothing: AWS was not queried"]);
  });

  it("tell an action's error, all its lines", async () => {
    const { made, lines } = checks();
    expect(await made.succeeds("one", () => Promise.resolve())).to.equal(true);
    expect(await made.succeeds("two", () => Promise.reject(new Error("line 1\nline 2")))).to.equal(false);
    expect(lines).to.deep.equal(["  ok      one", "  FAILED  two", "            line 1", "            line 2"]);
  });

  it("end with a count and the failures", () => {
    const { made } = checks();
    made.holds("one", true);
    expect(made.summary).to.equal("1 of 1 checks pass.");
    made.holds("two", false);
    made.note("three");
    expect(made.failures).to.deep.equal(["two"]);
    expect(made.summary).to.equal("1 of 2 checks pass.\n  FAILED  two");
  });
});
