/** Style of the picture; the palette is the page's. */
export const PICTURE_STYLE = `
.picture { display: block; width: 100%; height: auto; margin: 8px auto 0; }
.picture text { fill: var(--ink); font-size: 12px; }
.picture .strong { font-weight: 600; }
.picture .name { font-size: 15px; font-weight: 600; }
.picture .small { font-size: 10.5px; fill: var(--muted); }
.picture .dense { font-size: 10.5px; }
.picture .halo { paint-order: stroke; stroke: var(--panel); stroke-width: 5px; stroke-linejoin: round; }
.picture .box { fill: var(--panel); stroke: var(--rule); stroke-width: 1.5; }
.picture .zone { fill: none; stroke: var(--rule); stroke-dasharray: 3 3; }
.picture .chip { fill: var(--panel); stroke: var(--muted); }
.line { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
.under { fill: none; stroke: var(--paper); stroke-width: 6; }
.to-hub { stroke: var(--to-hub); } .head.to-hub { fill: var(--to-hub); stroke: none; }
.to-spokes { stroke: var(--to-spokes); stroke-dasharray: 6 4; }
.head.to-spokes { fill: var(--to-spokes); stroke: none; }
.internet { stroke: var(--internet); stroke-dasharray: 2 3; }
.head.internet { fill: var(--internet); stroke: none; }
.plain { stroke: var(--muted); stroke-width: 1.25; }
.picture .passed > rect { stroke: var(--way); stroke-width: 3; stroke-dasharray: none; }
.picture .stop > rect { stroke: var(--remove); stroke-dasharray: 6 3; }
.picture .way { fill: none; stroke: var(--way); stroke-width: 5; stroke-opacity: 0.55; stroke-linejoin: round; pointer-events: none; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 0 0 8px; padding: 0; list-style: none; }
.legend svg { width: 34px; height: 10px; margin-right: 8px; overflow: visible; }
`;

/** Which of the two drawings the page shows. */
export const PICTURE_FORMS = `
.picture.narrow { display: none; }
@media (max-width: 760px) { .picture.wide { display: none; } .picture.narrow { display: block; max-width: 480px; } }
`;

/** What the page gives its picture, and a file of its own lacks: the font, and paper. */
export const FILE_STYLE = `
svg { background: var(--paper); font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
`;
