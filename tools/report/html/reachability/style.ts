/** Style of the matrix and of the panel beside it; the palette is the page's. */
export const REACHABILITY_STYLE = `
.reach { display: grid; gap: 14px 20px; }
.marks { display: flex; flex-wrap: wrap; gap: 6px 32px; margin: 0; padding: 0; list-style: none; font-size: 14px; }
.marks li { display: flex; gap: 10px; max-width: 42em; }
.sign { flex: none; width: 28px; height: 24px; border-radius: 4px; line-height: 24px; text-align: center; }
.control { margin: 0; }
.control input { width: 18px; height: 18px; margin: 0 6px 0 0; vertical-align: -3px; accent-color: var(--path); }
.cells { min-width: 0; align-self: start; }
.reach + .card { margin-top: 20px; }
.card .matrix { width: auto; font-size: 13px; }
.matrix th, .matrix td { padding: 1px 3px; text-align: center; white-space: nowrap; }
.card .matrix th { white-space: nowrap; }
.matrix .edge { border-left: 1px solid var(--rule); }
.matrix tr > :first-child { padding-right: 12px; text-align: left; }
@media screen { .matrix tr > :first-child { position: sticky; left: 0; z-index: 1; background: var(--panel); } }
.matrix tbody tr > * { border-bottom: 0; }
.matrix tbody { border-bottom: 1px solid var(--rule); }
.matrix tbody tr:hover > th { color: var(--path); }
.matrix button { width: 100%; min-width: 34px; height: 28px; padding: 0; border: 1.5px solid transparent; border-radius: 4px; background: none; color: inherit; font: inherit; cursor: pointer; }
.matrix button:hover { border-color: var(--muted); }
.sign.yes, .matrix .yes { background: var(--reached); }
.sign.some, .matrix .some { background: var(--partly); }
.sign.one-way, .matrix .one-way { border: 1.5px dashed var(--update); color: var(--update); }
.sign.one-way { line-height: 20px; }
.matrix .no { color: var(--muted); }
.matrix [aria-pressed="true"] { background: var(--path); color: var(--paper); }

#path[hidden], .path-actions[hidden] { display: none; }
#path { font-size: 14px; }
#path h3 { margin-bottom: 10px; overflow-wrap: anywhere; }
.path-actions { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center; margin: 14px 0 0; }
.clear { padding: 4px 12px; border: 1px solid var(--edge); border-radius: 6px; background: none; color: inherit; font: inherit; cursor: pointer; }
.hops { margin: 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
.hops li { position: relative; padding: 0 0 10px 24px; }
.hops li::before { content: ""; position: absolute; left: 2px; top: 6px; width: 10px; height: 10px; border-radius: 50%; background: var(--path); }
.hops li:not(:last-child)::after { content: ""; position: absolute; left: 6px; top: 16px; bottom: -6px; border-left: 2px solid var(--path); }
.hops li:last-child { padding-bottom: 0; font-weight: 600; }
.hops.stops li:last-child::before { border-radius: 0; background: var(--remove); }
.hops.one-way li::before { background: var(--update); }
.hops.one-way li:not(:last-child)::after { border-left: 2px dashed var(--update); }
.hops.one-way li:last-child { color: var(--update); }
.paths > .check:first-of-type { margin-top: 14px; }

.reach:not(:has(#show-transit:checked)) .transit, .reach:not(:has(#show-transit:checked)) .with-transit { display: none; }
.reach:has(#show-transit:checked) .without-transit { display: none; }
@supports not selector(:has(a)) { .reach .without-transit, .control { display: none; } }
@media screen and (min-width: 1200px) {
  .reach { grid-template-columns: minmax(0, max-content) minmax(300px, 1fr); }
  .marks, .control { grid-column: 1 / -1; }
  #path { position: sticky; top: 12px; align-self: start; max-height: calc(100vh - 24px); overflow: auto; }
}
@media screen and (max-width: 1199.98px) {
  .path-selected #path { position: fixed; inset: auto 0 0; z-index: 2; max-height: 45vh; margin: 0; overflow: auto; border-radius: 12px 12px 0 0; box-shadow: 0 -4px 24px rgb(0 0 0 / 30%); }
  .path-selected main { padding-bottom: 50vh; }
}
@media print { #path, .control { display: none; } }
`;
