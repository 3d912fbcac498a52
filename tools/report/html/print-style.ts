/** The page on A4 paper: nothing is cut, a heading stays with what follows, and swatches keep their colours. */
export const PRINT_STYLE = `
@page { size: A4; margin: 14mm 12mm; }
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { background: none; font-size: 10pt; }
  main { max-width: none; padding: 0; }
  nav, .anchor { display: none; }
  h1 { font-size: 20pt; }
  h2 { margin-top: 22pt; font-size: 14pt; }
  h2, h3, thead, dt, summary { break-after: avoid; }
  h2 + p, h2 + .muted { break-after: avoid; }
  tr, li, .scroll, summary, p.check, details:not([open]) { break-inside: avoid; }
  tfoot tr { break-before: avoid; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  p { orphans: 3; widows: 3; }
  .scroll { overflow: visible; }
  .card { padding: 8pt 10pt; border-radius: 6pt; }
  .cards { display: block; }
  .cards > .card { margin-bottom: 10pt; break-inside: avoid; }
  table { font-size: 8.5pt; }
  th, td { padding: 3pt 8pt 3pt 0; white-space: normal; overflow-wrap: anywhere; }
  .costs, .quotas { font-size: 7pt; }
  .costs th, .costs td, .quotas th, .quotas td { padding-right: 4pt; }
  .number { white-space: nowrap; }
  thead th { overflow-wrap: normal; }
  th.number { white-space: normal; }
  tbody th, tfoot th { white-space: nowrap; }
  .addresses th, .changes th, .quotas th { white-space: normal; }
  .quotas th:first-child, .quotas td:last-child { min-width: 0; }
  .card .matrix { font-size: 7.5pt; }
  .matrix th, .matrix td { padding: 0 1pt; }
  .matrix button { min-width: 0; height: 16pt; }
  .drawn { display: flex; flex-direction: column; }
  .key { order: -1; }
  .picture.wide { max-height: 265mm; margin: 0 auto; break-inside: avoid; }
  .key { break-inside: avoid; }
  .parts { font-size: 8.5pt; columns: 2; }
}
`;
