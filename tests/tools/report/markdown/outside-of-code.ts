/** Lines of the comment, with ☐ for code and # for numbers. */
const OURS: readonly RegExp[] = [
  /^$/,
  /^### Network plan$/,
  /^\*\*# of # checks? pass(es)?(; ☐ fails in ☐(, ☐)*(, # more)?)*\.\*\*$/,
  /^\*\*The plan of this merge has no checks\.\*\*$/,
  /^\*\*-?\$#( \+ \?)? a month\*\* before traffic(; the plan of the base branch has no costs to compare with\.| \((no change|\?|[-+]\$#( \+ \?)?)\)\.)$/,
  /^The plan of this merge has no costs\.$/,
  /^\*\*(No stack changes\.|☐(, ☐)*( and ☐)? changes?\.)\*\*( Nothing is replaced or deleted\.)?$/,
  /^> \[!(WARNING|CAUTION)\]$/,
  /^> ☐: # (replacement|deletion)s?(; ☐: # (replacement|deletion)s?)*\. Replaced and deleted resources lose their content, and what uses them is interrupted\.$/,
  /^> Before the merge:$/,
  /^> - ☐: \*\*(Refused|Lost|Interrupted|Note):\*\* ☐$/,
  /^> The base branch does not know what replaces ☐(, ☐)*( and ☐)?: an update in place may be a replacement\.$/,
  /^> ☐: (☐: ☐(, and # more findings?)?|no evidence|and # more findings?)$/,
  /^\|( ---( \||$))+$/,
  /^\| Stack \| Create \| Update in place \| Replace \| Delete \| Resources after \|$/,
  /^\| ☐ \| #? \| #? \| (\*\*#\*\*)? \| (\*\*#\*\*)? \| # \|$/,
  /^\| Check( \| ☐)* \|$/,
  /^\| ☐( \| (✓|\*\*✗\*\*)?)* \|$/,
  /^#### Monthly cost before traffic$/,
  /^\| Stack \| Base \| This merge \| Difference \|$/,
  /^\| (☐|# other stacks?|total) \| -?\$#( \+ \?)? \| -?\$#( \+ \?)? \| (\?|[-+]\$#( \+ \?)?)? \|$/,
  /^<sub>☐<\/sub>$/,
  /^<details>$/,
  /^<\/details>$/,
  /^<summary>(Checks by stack|☐: [a-z0-9#,; ]*nothing to [a-z, ]*|☐: [a-z0-9#,; ]*)<\/summary>$/,
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
