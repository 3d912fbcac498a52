/** Colours of the page and of its picture, in light and in dark, and of the tiers of subnets. */
export const PALETTE = `
:root {
  color-scheme: light dark;
  --paper: #f7f7f5; --panel: #ffffff; --ink: #1c232d; --muted: #566070; --rule: #dcdfe4;
  --private: #d6e4f7; --public: #fbe3c2; --transit: #e3d9f5; --later: #eceef1;
  --to-hub: #6a3fa6; --to-spokes: #0a7370; --internet: #9a5300;
  --create: #1a7237; --update: #8a5700; --remove: #b3261e;
  --way: #0b57d0; --reached: #d5ecdc; --partly: #fbe3c2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #13161b; --panel: #1a1f26; --ink: #e5e8ed; --muted: #a3acb9; --rule: #323a45;
    --private: #2b4670; --public: #5c4519; --transit: #463769; --later: #2a313b;
    --to-hub: #bda2f0; --to-spokes: #5ccac2; --internet: #e6ab60;
    --create: #62c583; --update: #e2b455; --remove: #ff958b;
    --way: #7cb2ff; --reached: #1f4a30; --partly: #5c4519;
  }
}
.fill-private { fill: var(--private); background: var(--private); }
.fill-public { fill: var(--public); background: var(--public); }
.fill-transit { fill: var(--transit); background: var(--transit); }
.fill-later { fill: var(--later); background: var(--later); }
.fill-free { fill: var(--panel); background: var(--panel); box-shadow: inset 0 0 0 1px var(--rule); }
`;
