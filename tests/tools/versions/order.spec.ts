import { expect } from "chai";
import { check, constantFrom, integer, property, tuple } from "fast-check";
import { byVersion } from "../../../tools/versions/offers";

describe("the order of versions", () => {
  it("compares numbers and not text", () => {
    const sorted = ["v1.9.0-eksbuild.1", "v1.22.4-eksbuild.3", "v1.22.4-eksbuild.12", "v1.23.0-eksbuild.1"];
    expect([...sorted].reverse().sort(byVersion)).to.deep.equal(sorted);
    expect(["1.35.10-20261020", "1.35.9-20261012"].sort(byVersion)).to.deep.equal([
      "1.35.9-20261012",
      "1.35.10-20261020",
    ]);
  });

  it("is the order of the first numbers that differ", () => {
    const version = tuple(constantFrom(0, 1, 2), integer({ min: 0, max: 30 }), integer({ min: 0, max: 30 }));
    const text = (numbers: readonly number[]): string => `v${numbers.join(".")}`;
    const result = check(
      property(version, version, (a, b) => {
        const place = a.findIndex((number, index) => number !== b[index]);
        const expected = place < 0 ? 0 : Math.sign(a[place]! - b[place]!);
        return Math.sign(byVersion(text(a), text(b))) === expected;
      }),
    );
    expect(result.failed, JSON.stringify(result.counterexample)).to.equal(false);
  });
});
