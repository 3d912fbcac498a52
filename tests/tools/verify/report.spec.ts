import { expect } from "chai";
import { UNKNOWN } from "../../../tools/verify/exports/export";
import { valueInWords } from "../../../tools/verify/verify";

const names = new Map([["subnet-0a1b2c3d", "dev-private-1"]]);

describe("a value in the report", () => {
  for (const [what, value, expected] of [
    ["is shown without quotes", "10.1.0.0/18", "10.1.0.0/18"],
    ["is shown as empty if it is an empty text", "", "empty"],
    ["is shown as none if it is an empty list", [], "none"],
    [
      "has resource names after ids",
      ["subnet-0a1b2c3d", "subnet-99999999"],
      "subnet-0a1b2c3d (dev-private-1), subnet-99999999",
    ],
    ["is shown without empty parts", { a: 1, b: "", c: [], d: { e: false } }, "{ a: 1; d: nothing }"],
    ["is not shown if it is a secret", { a: UNKNOWN }, "{ a: a secret }"],
    ["is truncated if it is long", "x".repeat(100), `${"x".repeat(75)}…`],
  ] as const) {
    it(what, () => {
      expect(valueInWords(value, names)).to.equal(expected);
    });
  }
});
