import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { Copy } from "../tools/cli/start";

const FILES = [
  ...["README.md", "CONTRIBUTING.md"],
  ...["docs", "docs/runbooks", "docs/adr"].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  ),
];

/** What a page shows of a run of `npm start`, line by line; `...` stands for lines that it leaves out. */
interface Shown {
  readonly file: string;
  readonly command: string;
  readonly lines: readonly string[];
}

function shownRuns(file: string): Shown[] {
  const blocks = [...readFileSync(file, "utf8").matchAll(/^ *```\w*\n([\s\S]*?)^ *```$/gm)].map(
    ([, block = ""]) => block,
  );
  return blocks.flatMap((block) => {
    const [first = "", ...lines] = block.split("\n").map((line) => line.trim());
    const [, command] = /^\$ npm start -- (.*)$/.exec(first) ?? [];
    return command === undefined
      ? []
      : [{ file, command, lines: lines.filter((line) => line !== "" && line !== "...") }];
  });
}

/** Arguments as a shell would split them. */
function split(command: string): string[] {
  return [...command.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ""));
}

describe("the documentation", () => {
  for (const { file, command, lines } of FILES.flatMap(shownRuns)) {
    it(`${file} shows what npm start -- ${command} says`, async () => {
      const copy = new Copy();
      try {
        const { out, err } = await copy.start(...split(command));
        const said = `${out}${err}`.split("\n").map((line) => line.trim());
        expect(lines.filter((line) => !said.includes(line))).to.deep.equal([]);
      } finally {
        copy.remove();
      }
    });
  }

  it("leads nowhere that is not there", () => {
    const dead = FILES.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)]
        .map(([, link = ""]) => join(dirname(file), link))
        .filter((target) => !existsSync(target))
        .map((target) => `${file} → ${target}`),
    );
    expect(dead).to.deep.equal([]);
  });

  it("has every runbook in the index, and every decision", () => {
    for (const folder of ["docs/runbooks", "docs/adr"]) {
      const index = readFileSync(`${folder}/README.md`, "utf8");
      const missing = readdirSync(folder).filter((name) => name !== "README.md" && !index.includes(`(${name})`));
      expect(missing, folder).to.deep.equal([]);
    }
  });
});
