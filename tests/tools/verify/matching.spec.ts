import { expect } from "chai";
import fc from "fast-check";
import { withoutSame } from "../../../tools/verify/drift/matching";

const isSame = (one: unknown, other: unknown): boolean => one === other;

describe("what is left of two lists without the items that both have", () => {
  it("is the items by which they differ, however often they stand there, of short lists and of long ones", () => {
    const padding = Array.from({ length: 300 }, (_, index) => `same ${String(index)}`);
    const item = fc.constantFrom("a", "b", "c");
    fc.assert(
      fc.property(fc.array(item), fc.array(item), fc.boolean(), (planned, running, isLong) => {
        const more = isLong ? padding : [];
        const left = withoutSame([...planned, ...more], [...more, ...running], isSame);
        for (const each of ["a", "b", "c"]) {
          const count = (list: readonly unknown[]): number => list.filter((other) => other === each).length;
          const surplus = count(planned) - count(running);
          expect(count(left.planned.map(([, value]) => value))).to.equal(Math.max(surplus, 0));
          expect(count(left.running)).to.equal(Math.max(-surplus, 0));
        }
        expect(left.planned.every(([place, value]) => planned[place] === value)).to.equal(true);
      }),
    );
  });
});
