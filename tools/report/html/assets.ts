import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PALETTE } from "./palette";

/** Style of the picture; the palette is the page's. */
export const PICTURE_STYLE = joined(PALETTE, read("picture/picture.css"));

/** Style of the page. What has no colour of its own inherits ink on paper. */
export const STYLE = joined(PICTURE_STYLE, ...["page.css", "reachability/reachability.css", "print.css"].map(read));

/** The page's only script: it opens the evidence of a linked check, and shows the path of a selected cell. */
export const SCRIPT = ["open-target.js", "reachability/show-path.js"].map(read).join("");

/** What the page lets run and load, as a Content Security Policy (W3C, level 3): this script, its style, nothing else. */
export function contentPolicy(): string {
  return [
    "default-src 'none'",
    `script-src '${digest(SCRIPT)}'`,
    `style-src '${digest(STYLE)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function read(path: string): string {
  return readFileSync(join(__dirname, path), "utf8");
}

function joined(...sheets: readonly string[]): string {
  return sheets.map((sheet) => `\n${sheet.trim()}\n`).join("");
}
