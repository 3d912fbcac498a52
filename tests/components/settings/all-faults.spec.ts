import { expect } from "chai";
import fc from "fast-check";
import { faultsOf, goodConfig } from "./good-config";
import { MUTATIONS, mutationSets, type Mutation } from "./mutations";

const RUNS = 2000;

/** Checks that a good configuration brings the faults of its mutations, each once, and no other. */
function expectSeededFaults(stack: string, mutations: readonly Mutation[]): void {
  const config = goodConfig(stack);
  for (const { apply } of mutations) apply(config);
  const seeded = mutations
    .flatMap(({ faults }) => faults)
    .map(([key, got]) => `${key} is ${got === undefined ? "missing" : JSON.stringify(got)}: `);
  const found = faultsOf(config).map((fault) => seeded.find((beginning) => fault.startsWith(beginning)) ?? fault);
  expect(found.sort()).to.deep.equal(seeded.sort());
}

const stacks = fc.constantFrom("hub", "dev");

describe("bad configuration", () => {
  it(`is refused with every fault named, and no other, in ${RUNS} random combinations`, () => {
    fc.assert(fc.property(stacks, mutationSets, expectSeededFaults), { numRuns: RUNS });
  });

  MUTATIONS.forEach((mutation, index) => {
    it(`is refused when it has one fault alone, of kind ${index + 1}`, () => {
      fc.assert(fc.property(stacks, mutation, (stack, each) => expectSeededFaults(stack, [each])));
    });
  });
});
