/** What the comment consists of besides code, numbers and what stands between them. */
const OURS: readonly RegExp[] = [
  /^$/,
  /^### What this changes$/,
  /^\*\*(No stack changes\.|☐(, ☐)*( and ☐)? changes?\.)\*\*( Nothing is replaced or deleted\.)?$/,
  /^> \[!(WARNING|CAUTION)\]$/,
  /^> ☐: # (replacement|deletion)s?(; ☐: # (replacement|deletion)s?)*\. What is replaced or deleted is gone with all that is in it, and those who use it wait\.$/,
  /^> Before the merge:$/,
  /^> - ☐: \*\*(Refused|Lost|Interrupted|Note):\*\* ☐$/,
  /^> The base branch does not know what replaces ☐(, ☐)*( and ☐)?: an update in place may be a replacement\.$/,
  /^> ☐ is broken in ☐: (☐(; ☐)*)?(; and # more)?$/,
  /^\|( ---( \||$))+$/,
  /^\| Stack \| Create \| Update in place \| Replace \| Delete \| AWS resources then \|$/,
  /^\| ☐ \| #? \| #? \| (\*\*#\*\*)? \| (\*\*#\*\*)? \| # \|$/,
  /^\| Check( \| ☐)* \|$/,
  /^\| ☐( \| (✓|\*\*✗\*\*)?)* \|$/,
  /^#### Costs a month, at rest$/,
  /^\$#( \+ \?)?(, as before\.|; the base branch tells no costs\.)$/,
  /^-?\$#( \+ \?)?(, as before\.|; the base branch tells no costs\.)$/,
  /^\| Stack \| Base \| This \| Difference \|$/,
  /^\| (☐|all stacks) \| -?\$#( \+ \?)? \| -?\$#( \+ \?)? \| (\?|[-+]\$#( \+ \?)?)? \|$/,
  /^<sub>☐<\/sub>$/,
  /^<details>$/,
  /^<\/details>$/,
  /^<summary>(All # checks? hold|☐: [a-z0-9#,; ]*nothing to [a-z, ]*|☐: [a-z0-9#,; ]*)<\/summary>$/,
  /^\| {2}\| Type \| Name \| Properties \|$/,
  /^\| (create|update|replace|delete) \| ☐ \| ☐ \| (☐(, ☐)*)? \|$/,
  /^Too long for a comment: [a-z ]+\. ☐ shows it\.$/,
];

/**
 * Lines of a comment that are anything but the comment's own words, once code is taken out: text of a plan that would be
 * read as Markdown.
 *
 * Code is a span between two single backticks on one line (no text in it has any), or a `code` element.
 */
export function outsideOfCode(markdown: string): string[] {
  return markdown
    .split("\n")
    .map((line) => line.replace(/`[^`]+`|<code>[^<>]*<\/code>/g, "☐").replace(/\d[\d,]*(\.\d+)?/g, "#"))
    .filter((line) => !OURS.some((ours) => ours.test(line)));
}
