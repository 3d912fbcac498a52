import { readFileSync } from "node:fs";
import { expect } from "chai";
import { Copy } from "../tools/cli/start";
import { PAGES } from "./support";

/** An example of `npm start` on a page, with lines of its output. The line `...` stands for lines that are left out. */
interface Example {
  readonly page: string;
  readonly command: string;
  readonly lines: readonly string[];
}

function examplesIn(page: string): Example[] {
  const blocks = readFileSync(page, "utf8").matchAll(/^ *```\w*\n([\s\S]*?)^ *```$/gm);
  return [...blocks].flatMap(([, block = ""]) => {
    const [first = "", ...lines] = block.split("\n").map((line) => line.trim());
    const [, command] = /^\$ npm start -- (.*)$/.exec(first) ?? [];
    return command === undefined
      ? []
      : [{ page, command, lines: lines.filter((line) => line !== "" && line !== "...") }];
  });
}

/** Splits arguments like a shell. */
function split(command: string): string[] {
  return [...command.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ""));
}

describe("the examples in the documentation", () => {
  for (const { page, command, lines } of PAGES.flatMap(examplesIn)) {
    it(`${page} shows lines that npm start -- ${command} prints`, async () => {
      const copy = new Copy({ alarms: true });
      try {
        const { out, err } = await copy.start(...split(command));
        const printed = `${out}${err}`.split("\n").map((line) => line.trim());
        expect(lines.filter((line) => !printed.includes(line))).to.deep.equal([]);
      } finally {
        copy.remove();
      }
    });
  }
});
