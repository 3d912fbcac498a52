import { main as start } from "../../tools/cli/plan";
import { Copy } from "../tools/cli/start";

/** A fenced block of a page that shows a command and what it prints; `...` stands for lines that it leaves out. */
const BLOCK = /^( *)```\w*\n( *\$ npm start.*\n[\s\S]*?)^\1```$/gm;
const COMMAND = /^\$ npm start(?: -- (.*))?$/;

/** A block that shows a line which the command does not print, whatever its numbers; the message is for a person. */
export class NotPrinted extends Error {}

/**
 * A page with its blocks of `$ npm start` as the command prints them today for the fixture project. A line is found again by
 * what it says besides numbers, after the line before it, so that counts and costs follow the program.
 *
 * @throws NotPrinted for a line that must be written anew
 */
export async function withOutputs(file: string, text: string): Promise<string> {
  let page = text;
  for (const [, , content = ""] of text.matchAll(BLOCK)) {
    const [first = "", ...lines] = content.replace(/\n$/, "").split("\n");
    const [, given = ""] = COMMAND.exec(first.trim()) ?? [];
    const now = regenerated(lines, await printed(given), (line) => {
      const command = first.trim();
      return new NotPrinted(
        `${file} shows "${line}" of "${command}", which the command does not print: write the block anew`,
      );
    });
    page = page.replace(content, () => `${[first, ...now].join("\n")}\n`);
  }
  return page;
}

/** Block of a page that lists the options of `npm start`. */
const OPTIONS = /(?<=^<!-- options: npm start -->\n)[\s\S]*?(?=^<!-- end -->$)/m;

/** A page with the options of `npm start`, from the table that the command reads its arguments by. */
export function withOptions(text: string): string {
  return text.replace(OPTIONS, () => `\n\`\`\`\n${start.synopsis}\n\`\`\`\n\n${start.optionTable}\n\n`);
}

/** Lines of a block, each as it is printed now; those that a block leaves out and empty ones stay. */
export function regenerated(
  lines: readonly string[],
  output: readonly string[],
  notPrinted: (line: string) => Error,
): string[] {
  let after = 0;
  return lines.map((line) => {
    const wanted = line.trim();
    if (wanted === "" || wanted === "...") return line;
    const exact = output.findIndex((each, index) => index >= after && each.trim() === wanted);
    const alike = output.findIndex((each, index) => index >= after && withoutNumbers(each) === withoutNumbers(line));
    const found = exact >= 0 ? exact : alike;
    if (found < 0) throw notPrinted(wanted);
    after = found + 1;
    const [indent = ""] = /^ */.exec(line) ?? [];
    return `${indent}${output[found]?.trim() ?? ""}`;
  });
}

function withoutNumbers(line: string): string {
  return line
    .trim()
    .replace(/\d[\d.,]*/g, "#")
    .replace(/\s+/g, " ");
}

const known = new Map<string, Promise<readonly string[]>>();

/** What the command prints, on both channels, in a copy of the fixture project. */
function printed(given: string): Promise<readonly string[]> {
  const made = known.get(given) ?? run(given);
  known.set(given, made);
  return made;
}

async function run(given: string): Promise<readonly string[]> {
  const copy = new Copy({ alarms: true });
  try {
    const { out, err } = await copy.start(...words(given));
    return `${out}${err}`.split("\n");
  } finally {
    copy.remove();
  }
}

/** Arguments as a shell would split them. */
function words(given: string): string[] {
  return [...given.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ""));
}
