import { PALETTE } from "./palette";
import { PICTURE_FORMS, PICTURE_STYLE } from "./picture/style";
import { REACHABILITY_STYLE } from "./reachability/style";

/** The page's style. What has no colour of its own inherits ink on paper. */
export const STYLE = `${PALETTE}${PICTURE_STYLE}${PICTURE_FORMS}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
main { max-width: 1144px; margin: 0 auto; padding: 56px 24px 96px; }
h1 { margin: 0 0 8px; font-size: 32px; line-height: 1.2; letter-spacing: -0.01em; }
h2 { margin: 64px 0 12px; font-size: 21px; line-height: 1.3; }
h3 { margin: 0 0 12px; font-size: 16px; }
h3 .muted { margin-left: 6px; font-weight: 400; }
p { margin: 0 0 12px; }
.lead { font-size: 18px; }
.muted { color: var(--muted); }
header > .muted { max-width: 46em; }
code { font: 0.92em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
a { color: inherit; text-underline-offset: 3px; text-decoration-color: var(--muted); }
:focus-visible { outline: 2px solid var(--to-hub); outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 24px 0 0; padding: 0; list-style: none; }
.notes { margin: 0 0 16px; padding: 12px 16px 12px 32px; border-left: 3px solid var(--update); background: var(--panel); }

table { width: 100%; border-collapse: collapse; text-align: left; }
caption { padding-bottom: 6px; text-align: left; color: var(--muted); }
th, td { padding: 6px 16px 6px 0; border-bottom: 1px solid var(--rule); vertical-align: baseline; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--muted); font-weight: 400; }
tbody th { font-weight: 500; }
.number { text-align: right; }
.scroll { overflow-x: auto; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
header .scroll { margin-top: 28px; }
.stack { display: inline-block; min-width: 8em; }
.account { color: var(--muted); font-weight: 400; }
section > .scroll + p { margin-top: 14px; }
.small { font-size: 14px; }

.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 20px; align-items: start; }
.card { min-width: 0; padding: 20px 24px; border: 1px solid var(--rule); border-radius: 10px; background: var(--panel); }
.card + .card:not(.cards > .card) { margin-top: 12px; }
.card > :last-child { margin-bottom: 0; }
.figures { display: flex; flex-wrap: wrap; gap: 2px 20px; color: var(--muted); }
.figures b { color: var(--ink); }
.bar { display: block; width: 100%; height: 22px; margin-bottom: 10px; border: 1px solid var(--rule); border-radius: 4px; }
.card table { font-size: 14px; }
.addresses th, .addresses td { padding: 4px 12px 4px 0; }
.addresses .for { position: relative; padding-left: 18px; }
.unused > * { color: var(--muted); font-weight: 400; }
.swatch { position: absolute; left: 0; top: 10px; width: 10px; height: 10px; border-radius: 2px; }

dl { margin: 0; }
dt { font-weight: 600; overflow-wrap: anywhere; }
dd { margin: 0 0 14px; }
dd:last-child { margin-bottom: 0; }
dd ul { margin: 0; padding: 0; list-style: none; }
td.create { color: var(--create); } td.update { color: var(--update); } td.replace, td.delete { color: var(--remove); }
.resource { display: inline-block; min-width: 16em; margin-right: 16px; }
.changes .muted { font-weight: 400; }
.card + p { margin-top: 14px; }
summary { cursor: pointer; font-weight: 600; }
summary h3 { display: inline; margin: 0; }
summary + * { margin-top: 14px; }
summary .muted { margin-left: 6px; font-weight: 400; }
.check + .check { margin-top: 10px; }
.check > summary { font-weight: 400; }
.kept { color: var(--create); } .broken { color: var(--remove); }
.check dd, .check dt { overflow-wrap: anywhere; font-size: 14px; }
.tree { margin: 12px 0 0; }
.tree, .tree ul { padding-left: 0; list-style: none; overflow-wrap: anywhere; }
.tree ul { margin-left: 6px; padding-left: 16px; border-left: 1px solid var(--rule); }
.tree b { font-weight: 500; }
.badge { padding: 0 6px; border: 1px solid var(--rule); border-radius: 4px; color: var(--muted); font-size: 12px; }
${REACHABILITY_STYLE}
@media (max-width: 640px) {
  main { padding: 32px 16px 64px; }
  h1 { font-size: 26px; }
  h2 { margin-top: 48px; }
  .card { padding: 16px; }
  header table { font-size: 13.5px; }
  header th, header td { padding-right: 10px; white-space: normal; }
  .stack { min-width: 0; }
  .account, .changes .muted { display: block; }
  .resource { min-width: 0; }
  .changes th { overflow-wrap: anywhere; }
  .card th, .card td { padding-right: 8px; white-space: normal; }
  .card .number { white-space: nowrap; }
  .costs .number { white-space: normal; }
  .more { position: absolute; clip-path: inset(50%); }
  .card .addresses { font-size: 13px; }
  .card .addresses th, .card .addresses td { padding-right: 6px; }
  .card .addresses > * > tr > :last-child { padding-right: 0; }
  .picture { width: calc(100% + 16px); margin-left: -8px; }
}
@media print { body { background: none; } details { break-inside: avoid; } }
`;
