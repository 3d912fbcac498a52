import { PALETTE } from "./palette";
import { LEGEND_STYLE, PICTURE_FORMS, PICTURE_STYLE } from "./picture/style";
import { PRINT_STYLE } from "./print-style";
import { REACHABILITY_STYLE } from "./reachability/style";

const TYPE = `
* { box-sizing: border-box; }
html { scroll-padding-top: 12px; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
main { max-width: 2160px; margin: 0 auto; padding: 40px 32px 96px; }
h1 { margin: 0 0 8px; font-size: 32px; line-height: 1.2; letter-spacing: -0.01em; }
h2 { margin: 56px 0 12px; font-size: 21px; line-height: 1.3; }
h3 { margin: 0 0 12px; font-size: 16px; }
h3 .muted { margin-left: 6px; font-weight: 400; }
p { margin: 0 0 12px; max-width: 84em; }
.lead { font-size: 18px; }
.muted { color: var(--muted); }
code { font: 0.92em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
a { color: inherit; text-underline-offset: 3px; text-decoration-color: var(--muted); }
:focus-visible { outline: 2px solid var(--path); outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 20px 0 0; padding: 0; list-style: none; }
.notes { margin: 0 0 16px; padding: 12px 16px 12px 32px; border-left: 3px solid var(--update); background: var(--panel); }
.verdict { font-size: 20px; font-weight: 600; line-height: 1.4; overflow-wrap: anywhere; }
.pass { color: var(--create); } .fail { color: var(--remove); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.small { font-size: 14px; }
`;

const TABLES = `
table { width: 100%; border-collapse: collapse; text-align: left; font-size: 14px; }
th, td { padding: 6px 16px 6px 0; border-bottom: 1px solid var(--rule); vertical-align: baseline; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
tbody tr:last-child > *, tfoot tr > * { border-bottom: 0; }
tfoot tr > * { border-top: 1px solid var(--edge); font-weight: 600; }
thead th { color: var(--muted); font-weight: 400; vertical-align: bottom; }
tbody th { font-weight: 500; }
.number { text-align: right; }
.scroll { position: relative; overflow-x: auto; }
.stacks, .what-if { width: auto; min-width: min(100%, 720px); }
.costs thead th, .what-if thead th, .quotas thead th { white-space: normal; }
@media screen { .stacks th:first-child, .costs th:first-child, .what-if th:first-child { position: sticky; left: 0; background: var(--panel); } }
.total { font-weight: 600; }
.stacks .total, .stacks .total + td { padding-left: 12px; }
.quotas th:first-child, .quotas td:last-child { white-space: normal; min-width: 14em; }
.configuration td { white-space: normal; overflow-wrap: anywhere; }
.addresses th, .addresses td { padding: 4px 12px 4px 0; }
.card .addresses > * > tr > :last-child { padding-right: 0; }
.addresses .for { position: relative; padding-left: 18px; }
.unused > * { color: var(--muted); font-weight: 400; }
.swatch { position: absolute; left: 0; top: 10px; width: 10px; height: 10px; border-radius: 2px; }
.bar { display: block; width: 100%; height: 24px; margin-bottom: 10px; border: 1px solid var(--edge); border-radius: 4px; }
.bar rect { stroke: var(--panel); stroke-width: 1px; vector-effect: non-scaling-stroke; }
.bar-private { fill: var(--bar-private); background: var(--bar-private); }
.bar-public { fill: var(--bar-public); background: var(--bar-public); }
.bar-transit { fill: var(--bar-transit); background: var(--bar-transit); }
.bar-later { fill: var(--bar-later); background: var(--bar-later); }
.bar-free { fill: var(--panel); background: var(--panel); box-shadow: inset 0 0 0 1px var(--edge); }
td.create { color: var(--create); } td.update { color: var(--update); } td.replace, td.delete { color: var(--remove); }
.resource { display: inline-block; min-width: 16em; margin-right: 16px; }
.changes .muted { font-weight: 400; }
`;

const CARDS = `
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 540px), 1fr)); gap: 20px; align-items: start; }
.warnings { padding-left: 20px; }
.warnings .refused, .warnings .lost { color: var(--remove); }
.warnings .interrupted { color: var(--update); }
.card { min-width: 0; padding: 18px 24px; border: 1px solid var(--rule); border-radius: 10px; background: var(--panel); }
.card + .card:not(.cards > .card, .reach > .card), .card + h3, .card + p { margin-top: 14px; }
.card + h3 { margin-top: 28px; }
.card.fitting { width: fit-content; max-width: 100%; }
.card > :last-child { margin-bottom: 0; }
.card.failed { border-left: 4px solid var(--remove); }
.figures { display: flex; flex-wrap: wrap; gap: 2px 20px; color: var(--muted); }
.figures b { color: var(--ink); }
dl { margin: 0; }
dt { font-weight: 600; overflow-wrap: anywhere; }
dd { margin: 0 0 14px; overflow-wrap: anywhere; }
dd:last-child { margin-bottom: 0; }
dd ul { margin: 0; padding: 0; list-style: none; }
summary { cursor: pointer; font-weight: 600; }
summary h3 { display: inline; margin: 0; }
summary + * { margin-top: 12px; }
summary .muted { margin-left: 6px; font-weight: 400; }
.check { position: relative; max-width: none; margin: 0; padding: 4px 28px 4px 0; }
.check:target { outline: 2px solid var(--path); outline-offset: 4px; border-radius: 4px; }
.check summary { font-weight: 400; }
.check code { margin: 0 6px; font-weight: 600; }
.check .sentence { color: var(--muted); }
.check dl { padding-left: 18px; font-size: 14px; }
.check .why { margin: 0 0 10px 18px; font-size: 14px; }
.evidence p { margin: 0 0 4px; }
.anchor { position: absolute; right: 0; top: 4px; min-width: 24px; min-height: 24px; text-align: center; text-decoration: none; color: var(--muted); }
.anchor:hover { color: var(--path); }
.tree { margin: 12px 0 0; }
.tree, .tree ul { padding-left: 0; list-style: none; overflow-wrap: anywhere; }
.tree ul { margin-left: 6px; padding-left: 16px; border-left: 1px solid var(--rule); }
.tree b { font-weight: 500; }
.badge { padding: 0 6px; border: 1px solid var(--edge); border-radius: 4px; color: var(--muted); font-size: 12px; }
`;

const NARROW = `
@media screen and (max-width: 640px) {
  main { padding: 28px 16px 64px; }
  h1 { font-size: 26px; }
  h2 { margin-top: 44px; }
  .card { padding: 14px 16px; }
  .changes .muted { display: block; }
  .resource { min-width: 0; }
  .changes th { white-space: normal; overflow-wrap: anywhere; }
  th, td { padding-right: 12px; }
  .addresses { font-size: 13px; }
  .addresses th, .addresses td { padding-right: 6px; white-space: normal; }
  .addresses .number { white-space: nowrap; }
  .picture { width: calc(100% + 16px); margin-left: -8px; }
}
`;

/** The page's style. What has no colour of its own inherits ink on paper. */
export const STYLE = [
  ...[PALETTE, PICTURE_STYLE, PICTURE_FORMS, LEGEND_STYLE],
  ...[TYPE, TABLES, CARDS, REACHABILITY_STYLE, NARROW, PRINT_STYLE],
].join("");
