import { expect } from "chai";
import fc from "fast-check";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { plan, type Plan } from "../../../tools/planner/plan";
import { plainPaint } from "../../../tools/io/terminal";
import { ExportError } from "../../../tools/verify/exports/export";
import { verificationReport } from "../../../tools/verify/verify";
import { project } from "../../support/plans";
import { deployedExports, type ExportFiles } from "./support/exports";
import { verifyExports } from "./support/verify";

let planned: Plan;
let texts: Readonly<Record<"hub" | "dev", string>>;
before(async () => {
  planned = await plan(project);
  const files = deployedExports(stacksOfPlan(planned).stacks);
  texts = { hub: JSON.stringify(files["hub"]), dev: JSON.stringify(files["dev"]) };
});

/** Values that AWS never returns. */
const malformed = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    "\u001b[2J",
    1e308,
    -0,
    "x".repeat(10_000),
    "${a::b}",
    "a-".repeat(20_000),
    [],
    {},
  ),
  fc.constantFrom<unknown>(JSON.parse("1e999"), JSON.parse('{"__proto__":{"polluted":true}}'), { constructor: 5 }),
  fc.constantFrom<unknown>(Array.from({ length: 2000 }, (_, index) => ({ cidrBlocks: [String(index)] }))),
  fc.jsonValue({ maxDepth: 4 }),
);

/** Replaces the value at a path, whose steps count the properties, with another one. */
function mutate(value: unknown, steps: readonly number[], put: unknown): unknown {
  const [step, ...others] = steps;
  if (step === undefined || typeof value !== "object" || value === null) return put;
  const names = Object.keys(value);
  const name = names[step % Math.max(names.length, 1)];
  if (name === undefined) return put;
  const changed = mutate((value as Record<string, unknown>)[name], others, put);
  if (Array.isArray(value)) return (value as unknown[]).map((each, index) => (String(index) === name ? changed : each));
  return { ...value, [name]: changed };
}

describe("an export with malformed values anywhere", () => {
  it("is verified or refused with a sentence, within 2 seconds, and pollutes no prototype", () => {
    const steps = fc.array(fc.nat({ max: 500 }), { minLength: 1, maxLength: 9 });
    const edits = fc.array(fc.tuple(fc.constantFrom("hub" as const, "dev" as const), steps, malformed), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(edits, (given) => {
        const files: Record<string, unknown> = { hub: JSON.parse(texts.hub), dev: JSON.parse(texts.dev) };
        // Mostly below the resources, which are most of an export.
        for (const [stack, path, value] of given)
          files[stack] = mutate(files[stack], path[0] === 0 ? path : [1, 1, ...path], value);
        const start = process.hrtime.bigint();
        try {
          verificationReport(verifyExports(files as ExportFiles, planned), { verbose: true }, plainPaint);
        } catch (error) {
          if (!(error instanceof ExportError)) throw error;
          expect(error.message).not.to.contain("A check cannot read");
        }
        expect(Number(process.hrtime.bigint() - start) / 1e6).to.be.below(2000);
        expect(({} as Record<string, unknown>)["polluted"]).to.equal(undefined);
      }),
      { numRuns: 150 },
    );
  });
});
