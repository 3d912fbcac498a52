import { readdirSync } from "node:fs";

/** Names of the Markdown files in a folder. */
export function pagesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(".md"));
}

/** Paths of all pages of the documentation. */
export const PAGES: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  ...["docs", "docs/runbooks", "docs/adr"].flatMap((folder) => pagesIn(folder).map((name) => `${folder}/${name}`)),
];
