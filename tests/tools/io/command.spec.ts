import { expect } from "chai";
import { command, existing, type Options } from "../../../tools/io/command";
import { UserError } from "../../../tools/io/errors";

const OPTIONS = {
  set: { value: "KEY=VALUE", repeatable: true, help: "try a setting" },
  details: { value: "SECTION,...", valueIsOptional: true, help: "show sections", excludes: { "json -": "both print" } },
  json: { value: "FILE", help: "write JSON; `-` prints it" },
  watch: { help: "plan again" },
  port: { value: "PORT", help: "port of the page", requires: "watch", form: [/^\d+$/, "must be a number"] },
} as const satisfies Options;

const USAGE = {
  command: "npm run example",
  operands: "FIRST [SECOND...]",
  operandsHelp: "some files",
  about: "Shows what it is given.",
  exitCodes: "Exit code: 2.",
} as const;

describe("a command", () => {
  const run = async (argv: readonly string[], fail?: Error) => {
    let [out, err] = ["", ""];
    const main = command(USAGE, OPTIONS, (given, io) => {
      if (fail !== undefined) throw fail;
      io.out(JSON.stringify(given));
      return 7;
    });
    const code = await main(argv, { out: (text) => void (out += text), err: (text) => void (err += text) });
    return { code, out, err };
  };
  const given = async (...argv: string[]): Promise<unknown> => JSON.parse((await run(argv)).out);

  it("reads values, values that may be left out, lists and flags", async () => {
    const nothing = { set: [], watch: false, help: false };
    expect(await given("a")).to.deep.equal({ ...nothing, operands: ["a"] });
    expect(await given("a", "b", "c", "--set", "x=1", "--set=y=2", "--watch", "--port=8")).to.deep.equal({
      ...{ ...nothing, set: ["x=1", "y=2"], watch: true, port: "8" },
      operands: ["a", "b", "c"],
    });
    expect(await given("a", "--details")).to.deep.equal({ ...nothing, details: [], operands: ["a"] });
    expect(await given("--details=x", "--details=y,z", "a")).to.deep.include({ details: ["x", "y,z"] });
  });

  for (const [argv, sentence] of [
    [[], "FIRST is missing: some files."],
    [[""], "FIRST is missing: some files."],
    [["a", "--port", "8"], "--port requires --watch."],
    [["a", "--watch", "--port", "x"], '--port is "x": must be a number.'],
    [["a", "--details", "--json", "-"], "--json - and --details exclude each other: both print."],
    [["a", "--json"], "Option '--json <value>' argument missing"],
  ] as const) {
    it(`refuses ${argv.join(" ") || "nothing"} with exit code 2`, async () => {
      const { code, out, err } = await run(argv);
      expect([code, out, err.split("\n")]).to.deep.equal([
        2,
        "",
        [sentence, "Run npm run example -- --help for usage.", ""],
      ]);
    });
  }

  it("shows a user's error as a sentence, and lets a bug keep its stack trace", async () => {
    expect(await run(["a"], new UserError("No."))).to.deep.equal({ code: 1, out: "", err: "No.\n" });
    const bug = new TypeError("x is not a function");
    expect(await run(["a"], bug).catch((error: unknown) => error)).to.equal(bug);
  });

  it("explains itself, also beside what it would refuse", async () => {
    const { code, out } = await run(["--help", "--port", "x"]);
    expect(code).to.equal(0);
    expect(out.split("\n").slice(0, 10)).to.deep.equal([
      "npm run example -- FIRST [SECOND...] [--set KEY=VALUE]... [--details[=SECTION,...]] [--json FILE]",
      "                   [--watch [--port PORT]] [--help]",
      "",
      "Shows what it is given.",
      "",
      "  FIRST [SECOND...]        some files",
      "  --set KEY=VALUE          try a setting; repeatable",
      "  --details[=SECTION,...]  show sections",
      "  --json FILE              write JSON; - prints it",
      "  --watch                  plan again",
    ]);
  });

  it("names what there is where something does not exist", () => {
    expect(existing("stack", ["a"], ["a", "b"])).to.deep.equal(["a"]);
    expect(() => existing("stack", ["c", ""], ["a", "b"])).to.throw('There is no stack c, ""; stacks are a, b.');
  });
});
