/** Style of the matrix; the palette is the page's. */
export const REACHABILITY_STYLE = `
.marks { margin-bottom: 14px; }
.sign { display: inline-block; width: 24px; margin-right: 8px; border-radius: 4px; text-align: center; }
.told h3 { margin-bottom: 4px; }
.told { min-height: 13em; margin-bottom: 20px; }
.told[hidden] { display: none; }
.told ol, .ways ol { margin: 0; padding-left: 1.6em; }
.told li::marker, .ways li::marker { color: var(--muted); }
.ways > .check:first-of-type { margin-top: 14px; }
.card .matrix { width: auto; font-size: 13px; }
.matrix th, .matrix td { padding: 0 4px; text-align: center; }
.card .matrix th { white-space: nowrap; }
.matrix .edge { border-left: 1px solid var(--rule); }
.matrix tr > :first-child { position: sticky; left: 0; z-index: 1; padding-right: 12px; background: var(--panel); text-align: left; }
.matrix tbody tr > * { border-bottom: 0; }
.matrix tbody { border-bottom: 1px solid var(--rule); }
.matrix button { width: 100%; min-width: 32px; height: 28px; padding: 0; border: 0; border-radius: 4px; background: none; color: inherit; font: inherit; cursor: pointer; }
.matrix button:hover { outline: 1px solid var(--muted); outline-offset: -1px; }
.sign.yes, .matrix .yes { background: var(--reached); }
.sign.some, .matrix .some, .sign.one-way, .matrix .one-way { background: var(--partly); }
.matrix .no { color: var(--muted); }
.matrix [aria-pressed="true"] { background: var(--way); color: var(--paper); }
`;
