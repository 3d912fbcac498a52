import { expect } from "chai";
import { Random } from "./random";
import { runs, seedsFrom, Subjects } from "./runs";
import { BadRefusal, expectSentence } from "./subject";

/** Seconds for random inputs in the test suite. `npm run fuzz` runs any number of them. */
const SECONDS = 20;

/** Seeds of inputs that once ended in a stack trace, took too long or were refused with internals in the message. */
const FIXED: readonly number[] = [5117, 5177, 1006040, 1008152, 1018388];

describe("mutated configuration, command lines, exports and plan files", () => {
  const subjects = new Subjects();
  before(() => subjects.prepare());
  after(() => subjects.remove());

  it("end in a result or in a sentence, for fixed seeds and for those that once did not", async () => {
    expect((await runs(subjects, [...seedsFrom(1, 40), ...FIXED])).failures).to.deep.equal([]);
  }).timeout(120_000);

  it(`end in a result or in a sentence, within two seconds each, in ${String(SECONDS)} seconds of random seeds`, async () => {
    const end = Date.now() + SECONDS * 1000;
    const first = Date.now() % 2 ** 31;
    const { runs: count, failures } = await runs(subjects, seedsFrom(first, 1e6), () => Date.now() < end);
    expect(failures, "to repeat one: npm run fuzz -- --seed SEED --runs 1").to.deep.equal([]);
    expect(count).to.be.above(50);
  }).timeout(120_000);
});

describe("the fuzzer", () => {
  it("gives the same input for the same seed", () => {
    const numbers = (seed: number): number[] => {
      const random = new Random(seed);
      return Array.from({ length: 50 }, () => random.below(1000));
    };
    expect(numbers(7)).to.deep.equal(numbers(7));
    expect(numbers(7)).not.to.deep.equal(numbers(8));
  });

  for (const message of [
    "",
    "TypeError: Cannot read properties of undefined (reading 'type')",
    "a\n    at main (tools/cli/plan.ts:20:5)",
    "key is [object Object]: must be text",
    "Maximum call stack size exceeded",
  ]) {
    it(`rejects ${JSON.stringify(message)}, which is no sentence for a user`, () => {
      expect(() => expectSentence(message)).to.throw(BadRefusal);
    });
  }

  it("accepts a sentence", () => {
    expect(() => expectSentence('az-count is "three": must be of type integer')).not.to.throw();
  });
});
