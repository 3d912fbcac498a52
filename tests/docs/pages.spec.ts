import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect } from "chai";
import { PAGES, pagesIn } from "./support";

/** Folders with the messages of the program. */
const SOURCES = ["components", "delivery", "platform", "policy", "tools"];

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

/** Text of a page without code blocks, where `#` starts a comment and not a heading. */
function prose(page: string): string {
  return readFileSync(page, "utf8").replaceAll(/^ *```[\s\S]*?^ *```$/gm, "");
}

/** Anchors of a page's headings, as GitHub derives them: lower case, hyphens for spaces, no other punctuation. */
function anchors(page: string): string[] {
  return [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("the pages of the documentation", () => {
  it("link only to files that exist", () => {
    const dead = PAGES.flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)]
        .map(([, link = ""]) => join(dirname(page), link))
        .filter((target) => !existsSync(target))
        .map((target) => `${page} → ${target}`),
    );
    expect(dead).to.deep.equal([]);
  });

  it("name only files and folders that exist", () => {
    const gone = PAGES.flatMap((page) =>
      [
        ...readFileSync(page, "utf8").matchAll(
          /`((?:components|delivery|docs|e2e|platform|policy|tests|tools)\/[\w./-]*)`/g,
        ),
      ]
        .map(([, path = ""]) => path)
        .filter((path) => !path.includes("STACK") && !existsSync(path))
        .map((path) => `${page}: ${path}`),
    );
    expect(gone).to.deep.equal([]);
  });

  it("link only to headings that exist", () => {
    const dead = PAGES.flatMap((page) =>
      [...prose(page).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)]
        .map(
          ([, file = "", anchor = ""]) => [file === "" ? page : normalize(join(dirname(page), file)), anchor] as const,
        )
        .filter(([file, anchor]) => !anchors(file).includes(anchor))
        .map(([file, anchor]) => `${page} → ${file}#${anchor}`),
    );
    expect(dead).to.deep.equal([]);
  });

  it("are all in the index of their folder", () => {
    for (const folder of ["docs", "docs/runbooks", "docs/adr"]) {
      const index = readFileSync(`${folder}/README.md`, "utf8");
      const missing = pagesIn(folder).filter((name) => name !== "README.md" && !index.includes(`(${name})`));
      expect(missing, folder).to.deep.equal([]);
    }
  });

  it("have a README of at most 150 lines", () => {
    expect(readFileSync("README.md", "utf8").trimEnd().split("\n").length).to.be.at.most(150);
  });

  it("quote only messages that the program has", () => {
    const [, section = ""] = /^## Messages of this program$([\s\S]*?)^## /m.exec(
      readFileSync("docs/troubleshooting.md", "utf8"),
    ) ?? [undefined, ""];
    const quoted = [...section.matchAll(/^### `(.*)`$/gm)].map(([, message = ""]) => message);
    expect(quoted).not.to.deep.equal([]);
    const code = SOURCES.flatMap(sourcesIn).map((file) => readFileSync(file, "utf8"));
    const unknown = quoted.filter(
      // `/${largest} to /${smallest}` in a template is written out in the message.
      (message) => !code.some((text) => text.replaceAll("/${largest} to /${smallest}", "/16 to /21").includes(message)),
    );
    expect(unknown).to.deep.equal([]);
  });
});
