import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { main } from "../../../../tools/cli/comment";
import { Copy } from "../../cli/start";

describe("npm run comment", () => {
  const run = async (...argv: string[]) => {
    let [out, err] = ["", ""];
    const code = await main(argv, { out: (text) => void (out += text), err: (text) => void (err += text) });
    return { code, out, err };
  };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "comment-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("reads what npm start writes, and shows what a third AZ in dev changes and costs", async () => {
    const copy = new Copy();
    const [base, head] = [join(folder, "base.json"), join(folder, "head.json")];
    await copy.start("--json", base);
    copy.configure("dev", "aws:region: ap-southeast-3", "piksel-network:az-count: 3");
    await copy.start("--json", head);
    copy.remove();
    const { code, out, err } = await run(base, head);
    expect([code, err]).to.deep.equal([0, ""]);
    expect(out.split("\n").slice(0, 7)).to.deep.equal([
      "### Network plan",
      "",
      "**29 of 29 checks pass.**",
      "",
      "**$1,536.52 a month** before traffic (+$79.26).",
      "",
      "**`dev` changes.** Nothing is replaced or deleted.",
    ]);
    expect(out).to.match(/^\| `hub` \| {2}\| {2}\| {2}\| {2}\| \d+ \|$/m);
    expect(out).to.contain("| create | `ec2.Subnet` | `dev-private-3` |  |");
    expect(out).to.contain("| update | `ec2transitgateway.VpcAttachment` | `dev` | `subnetIds` |");
  });

  it("says what is missing when it is called otherwise", async () => {
    expect(await run("one.json")).to.deep.equal({
      code: 2,
      out: "",
      err:
        "HEAD is missing: plans of the base branch and of the merge, from npm start -- --json FILE.\n" +
        "Run npm run comment -- --help for usage.\n",
    });
  });

  // Review, low: a malformed plan file.
  const stack = (resource: object): string =>
    JSON.stringify({ version: 1, stacks: { dev: { resources: [resource] } } });
  const good = { type: "t", name: "n", parent: null, inputs: {}, dependsOn: [] };
  const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
  for (const [what, content, expected] of [
    ["no JSON", "{", "is not JSON; npm start -- --json FILE writes a plan"],
    ["empty", "", "is not JSON; npm start -- --json FILE writes a plan"],
    ["of another version", '{"version":3,"stacks":{}}', "is not a plan: its version is not 1 or 2; "],
    ["null", "null", "is not a plan: it is null: must be an object; "],
    ["a list", "[]", "is not a plan: it is a list: must be an object; "],
    ["without stacks", '{"version":1}', "is not a plan: stacks is absent: must be an object; "],
    [
      "with a stack that is null",
      '{"version":1,"stacks":{"dev":null}}',
      "is not a plan: stacks.dev is null: must be an object; ",
    ],
    [
      "without resources",
      '{"version":1,"stacks":{"dev":{}}}',
      "is not a plan: stacks.dev.resources is absent: must be a list; ",
    ],
    [
      "with a number for a type",
      stack({ ...good, type: 5 }),
      "is not a plan: stacks.dev.resources[0].type is 5: must be text; ",
    ],
    [
      "with a list of inputs",
      stack({ ...good, inputs: [] }),
      "is not a plan: stacks.dev.resources[0].inputs is a list: must be an object; ",
    ],
    [
      "nested deeply",
      stack({ ...good, inputs: { a: 0 } }).replace('"a":0', `"a":${deep}`),
      "is not a plan: stacks.dev.resources[0].inputs.a is a list: must have 64 levels at most; ",
    ],
    [
      "with text for a cost",
      '{"version":1,"stacks":{},"costs":{"notes":[],"stacks":[],"total":"1"}}',
      'is not a plan: costs.total is "1": must be a number from 0 to 1000000000; ',
    ],
    [
      "with a cost that has no cents any longer",
      '{"version":1,"stacks":{},"costs":{"notes":[],"stacks":[],"total":1e308}}',
      "is not a plan: costs.total is 1e+308: must be a number from 0 to 1000000000; ",
    ],
    [
      "with a check that neither passes nor fails",
      '{"version":1,"stacks":{},"checks":[{"name":"p","stack":"s","evidence":[]}]}',
      "is not a plan: checks[0].passed is absent: must be true or false; ",
    ],
    [
      "with a name that would begin a line of its own",
      '{"version":1,"stacks":{"a\\n::error::b":1}}',
      'is not a plan: stacks."a\\n::error::b" is 1: must be an object; ',
    ],
  ] as const) {
    it(`refuses a file that is ${what}, in a sentence`, async () => {
      const file = join(folder, "plan.json");
      writeFileSync(file, content);
      const { code, out, err } = await run(file, file);
      expect([code, out]).to.deep.equal([2, ""]);
      expect(err).to.match(/^[^\n]+\n$/);
      expect(err).to.contain(`${file} ${expected}`);
    });
  }

  it("refuses a file that is too large, and a folder, without reading them", async () => {
    const file = join(folder, "plan.json");
    writeFileSync(file, "");
    truncateSync(file, 16_000_001);
    expect(await run(file, file)).to.deep.equal({
      code: 2,
      out: "",
      err: `${file} is not a plan: it has 16,000,001 bytes, and at most 16,000,000 are read\n`,
    });
    expect(await run(folder, folder)).to.deep.equal({
      code: 2,
      out: "",
      err: `${folder} is a folder: name the files in it; npm start -- --json FILE writes them\n`,
    });
  });

  it("names a file that is not there", async () => {
    const { code, err } = await run(join(folder, "none.json"), join(folder, "none.json"));
    expect(code).to.equal(2);
    expect(err).to.match(/none\.json does not exist: npm start -- --json FILE writes it\n$/);
  });
});
