import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The page's only script: it shows the way of a cell that is pressed. */
export const SCRIPT = readFileSync(join(__dirname, "show-way.js"), "utf8");

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
