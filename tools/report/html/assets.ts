import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Colours of the page and of its picture, in light and in dark. Text has a contrast of at least 4.5 to what it stands
 * on, and bars and edges of at least 3 (WCAG 2.2, success criteria 1.4.3 and 1.4.11); tests/tools/report/palette.spec.ts
 * computes both.
 */
export const COLOURS = {
  light: {
    ...{ paper: "#f7f7f5", panel: "#ffffff", account: "#f2f3f5", ink: "#1c232d", muted: "#535d6c" },
    ...{ rule: "#dcdfe4", edge: "#7c8592" },
    ...{ private: "#d6e4f7", public: "#fbe3c2", transit: "#e3d9f5" },
    ...{ "bar-private": "#3569b0", "bar-public": "#b06a00", "bar-transit": "#7347b8", "bar-later": "#868e9a" },
    ...{ "to-hub": "#6a3fa6", "to-spokes": "#0a7370", internet: "#9a5300" },
    ...{ create: "#1a7237", update: "#8a5700", remove: "#b3261e" },
    ...{ path: "#0b57d0", reached: "#d5ecdc", partly: "#fbe3c2" },
  },
  dark: {
    ...{ paper: "#13161b", panel: "#1a1f26", account: "#20262e", ink: "#e5e8ed", muted: "#aab3c0" },
    ...{ rule: "#323a45", edge: "#79838f" },
    ...{ private: "#2b4670", public: "#5c4519", transit: "#463769" },
    ...{ "bar-private": "#6ea0e6", "bar-public": "#d8993c", "bar-transit": "#b396ec", "bar-later": "#828c99" },
    ...{ "to-hub": "#bda2f0", "to-spokes": "#5ccac2", internet: "#e6ab60" },
    ...{ create: "#62c583", update: "#e2b455", remove: "#ff958b" },
    ...{ path: "#7cb2ff", reached: "#1f4a30", partly: "#5c4519" },
  },
} as const;

const TIERS = ["private", "public", "transit"];

/** The palette as custom properties. Print always has the light colours. */
const PALETTE = `
:root { color-scheme: light dark; ${properties(COLOURS.light)} }
@media screen and (prefers-color-scheme: dark) { :root { ${properties(COLOURS.dark)} } }
${TIERS.map((tier) => `.fill-${tier} { fill: var(--${tier}); }`).join("\n")}
`;

/** Style of the picture; the palette is the page's. */
export const PICTURE_STYLE = joined(PALETTE, read("picture/picture.css"));

/** Style of the page. Elements without a colour inherit ink on paper. */
export const STYLE = joined(PICTURE_STYLE, ...["page.css", "reachability.css", "print.css"].map(read));

/** The page's only script: it opens the evidence of a linked check, and shows the path of a selected cell. */
export const SCRIPT = read("script.js");

/** The page may run this script and load this style, and nothing else. (W3C, Content Security Policy Level 3) */
export function contentPolicy(): string {
  return [
    "default-src 'none'",
    `script-src ${digest(SCRIPT)}`,
    `style-src ${digest(STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Source of a Content Security Policy that allows a script or a style with this text. */
export function digest(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function read(path: string): string {
  return readFileSync(join(__dirname, path), "utf8");
}

function joined(...sheets: readonly string[]): string {
  return sheets.map((sheet) => `\n${sheet.trim()}\n`).join("");
}

function properties(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name}: ${value};`)
    .join(" ");
}
