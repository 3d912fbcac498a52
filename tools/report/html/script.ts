import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const FILES = [["open-target.js"], ["reachability", "show-path.js"]];

/** The page's only script: it opens the evidence of a linked check, and shows the path of a selected cell. */
export const SCRIPT = FILES.map((path) => readFileSync(join(__dirname, ...path), "utf8")).join("");

/** What the page lets run and load, as a Content Security Policy (W3C, level 3): this script, its style, nothing else. */
export function contentPolicy(style: string): string {
  return [
    "default-src 'none'",
    `script-src '${digest(SCRIPT)}'`,
    `style-src '${digest(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
