import { expect } from "chai";
import { COLOURS } from "../../../tools/report/html/assets";

type Colour = keyof (typeof COLOURS)["light"];

/** Relative luminance and contrast: WCAG 2.2, "relative luminance" and "contrast ratio". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** What stands on what. */
const TEXT: readonly (readonly [text: Colour, on: readonly Colour[]])[] = [
  ["ink", ["paper", "panel", "account", "private", "public", "transit", "reached", "partly"]],
  ["muted", ["paper", "panel", "account"]],
  ["paper", ["ink", "path"]],
  ["create", ["paper", "panel"]],
  ["update", ["paper", "panel"]],
  ["remove", ["paper", "panel"]],
  ["path", ["panel"]],
];
const SHAPES: readonly (readonly [shape: Colour, on: readonly Colour[]])[] = [
  ["bar-private", ["panel"]],
  ["bar-public", ["panel"]],
  ["bar-transit", ["panel"]],
  ["bar-later", ["panel"]],
  ["edge", ["paper", "panel", "account"]],
  ["to-hub", ["paper", "panel", "account"]],
  ["to-spokes", ["paper", "panel", "account"]],
  ["internet", ["paper", "panel", "account"]],
  ["path", ["paper", "panel", "account"]],
  ["update", ["paper", "panel", "account"]],
];

// Review of first contact, "The page": small text in the picture 3.95 to 4.14, address bars 1.16 to 1.35.
describe("the colours of the page", () => {
  for (const theme of ["light", "dark"] as const) {
    const tooLow = (pairs: typeof TEXT, least: number): string[] =>
      pairs.flatMap(([colour, grounds]) =>
        grounds
          .map((ground) => ({ ground, ratio: contrast(COLOURS[theme][colour], COLOURS[theme][ground]) }))
          .filter(({ ratio }) => ratio < least)
          .map(({ ground, ratio }) => `${colour} on ${ground}: ${ratio.toFixed(2)}`),
      );

    it(`give text a contrast of at least 4.5, in ${theme} colours`, () => {
      expect(tooLow(TEXT, 4.5)).to.deep.equal([]);
    });

    it(`give bars, lines and edges a contrast of at least 3, in ${theme} colours`, () => {
      expect(tooLow(SHAPES, 3)).to.deep.equal([]);
    });
  }
});
