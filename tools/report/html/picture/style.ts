/** Style of the picture; the palette is the page's. */
export const PICTURE_STYLE = `
.picture { display: block; width: 100%; height: auto; margin: 8px auto 0; }
.picture text { fill: var(--ink); font-size: 12px; }
.picture .strong { font-weight: 600; }
.picture .name { font-size: 15px; font-weight: 600; }
.picture .small { font-size: 10.5px; }
.picture .dense { font-size: 10.5px; }
.picture .number { font-size: 9.5px; font-weight: 600; fill: var(--paper); }
.picture .halo { paint-order: stroke; stroke: var(--panel); stroke-width: 5px; stroke-linejoin: round; }
.picture .account { fill: var(--account); stroke: var(--edge); stroke-width: 1.5; }
.picture .box { fill: var(--panel); stroke: var(--edge); stroke-width: 1.25; }
.picture .zone { fill: none; stroke: var(--edge); stroke-dasharray: 3 3; }
.picture .chip { fill: var(--panel); stroke: var(--muted); }
.picture .marker { fill: var(--ink); }
.line { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
.under { fill: none; stroke: var(--paper); stroke-width: 6; }
.to-hub { stroke: var(--to-hub); } .head.to-hub { fill: var(--to-hub); stroke: none; }
.to-spokes { stroke: var(--to-spokes); stroke-dasharray: 6 4; }
.head.to-spokes { fill: var(--to-spokes); stroke: none; }
.internet { stroke: var(--internet); stroke-dasharray: 2 3; }
.head.internet { fill: var(--internet); stroke: none; }
.plain { stroke: var(--muted); stroke-width: 1.25; }
.picture .passed > rect:first-of-type { stroke: var(--path); stroke-width: 3; stroke-dasharray: none; }
.picture .stop > rect:first-of-type { stroke: var(--remove); stroke-dasharray: 6 3; }
.picture .path { fill: none; stroke: var(--path); stroke-width: 5; stroke-opacity: 0.6; stroke-linejoin: round; pointer-events: none; }
.picture .path.one-way { stroke: var(--update); stroke-dasharray: 10 7; stroke-opacity: 0.9; }
`;

/** Style of the legend beside the picture. */
export const LEGEND_STYLE = `
.legend { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 0 0 12px; padding: 0; list-style: none; }
.legend li { display: flex; gap: 8px; align-items: center; }
.legend svg { flex: none; width: 34px; height: 10px; overflow: visible; }
.parts { margin: 0; padding: 0; list-style: none; columns: 300px; column-gap: 28px; font-size: 14px; }
.parts li { display: flex; gap: 10px; align-items: baseline; padding: 3px 0; break-inside: avoid; overflow-wrap: anywhere; }
.part { flex: none; width: 20px; border-radius: 10px; background: var(--ink); color: var(--paper); font-size: 11px; font-weight: 600; line-height: 20px; text-align: center; }
.drawn { display: grid; gap: 24px 32px; }
.drawings { min-width: 0; }
`;

/** Which of the two drawings the page shows. */
export const PICTURE_FORMS = `
.picture.wide { max-width: 1440px; }
.picture.narrow { display: none; }
@media screen and (max-width: 760px) {
  .picture.wide { display: none; }
  .picture.narrow { display: block; max-width: 480px; }
}
@media screen and (min-width: 1500px) {
  .drawn { grid-template-columns: minmax(0, 1440px) minmax(300px, 1fr); align-items: start; }
  .key { position: sticky; top: 16px; }
}
`;

/** What the page gives its picture, and a file of its own lacks: the font, and paper. */
export const FILE_STYLE = `
svg { background: var(--paper); font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
`;
