import { expect } from "chai";
import fc from "fast-check";
import { unknownOnWire } from "../../tools/planner/engine/wire";
import { plan, type Plan } from "../../tools/planner/plan";
import { estateOfPreview } from "../../policy/previewed-estate";
import { JUDGED_CHECKS } from "../../policy/stack-policies";
import { project, withConfig } from "../support/plans";
import { FORMS, policyResources, proxied, shown, stackOf, type Form, type Shown } from "./preview";

let plans: Record<Form, Plan>;
before(async () => {
  const open = withConfig(project, "dev", { "cluster-public-access-cidrs": ["203.0.113.0/24"] });
  plans = { update: await plan(open), "first preview": await plan(open, { preview: true }) };
});

/** Checks that are called broken. */
function broken(stack: Plan[number], resources: readonly Shown[]): string[] {
  const asked = new Map(resources.map(({ urn, inputs }) => [urn, proxied(inputs)]));
  const estate = estateOfPreview(policyResources(resources), asked, stackOf(stack));
  return JUDGED_CHECKS.filter(({ mayBeKeptBy }) => !estate.unseen.some(mayBeKeptBy))
    .filter(({ check }) => check.check(estate.stacks[0]!, estate)?.passed === false)
    .filter(({ isFor = () => true }) => isFor(estate.stacks[0]!))
    .map(({ check }) => check.name);
}

/** Paths of all values, those in lists by the list's index. */
function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const below =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([name, item]) => pathsIn(item, [...path, name]))
      : [];
  return path.length === 0 ? below : [path, ...below];
}

/** A copy in which the value at a path is unknown. */
function without(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return unknownOnWire;
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === first ? without(item, rest) : item));
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Record<string, unknown>;
  return first in fields ? { ...fields, [first]: without(fields[first], rest) } : fields;
}

function unknownAt(resource: Shown, path: readonly string[], behind: "nothing" | "what is"): Shown {
  const inputs = without(resource.inputs, path) as Shown["inputs"];
  return { ...resource, inputs, ...(behind === "nothing" ? { behind: {} } : {}) };
}

describe("a value that a preview does not know", () => {
  for (const form of FORMS) {
    it(`breaks no check, whichever it is, in all resources of a type (${form})`, () => {
      const found: string[] = [];
      for (const stack of plans[form].filter(({ name }) => ["hub", "dev"].includes(name))) {
        const resources = shown(stack, form);
        for (const type of new Set(resources.map((each) => each.type))) {
          const alike = resources.filter((each) => each.type === type);
          const paths = new Map(alike.flatMap(({ inputs }) => pathsIn(inputs).map((each) => [each.join("."), each])));
          for (const [name, path] of paths) {
            const bent = resources.map((each) => (each.type === type ? unknownAt(each, path, "nothing") : each));
            found.push(...broken(stack, bent).map((check) => `${check}: ${stack.name} ${type} ${name}`));
          }
        }
      }
      expect(found).to.deep.equal([]);
    }).timeout(120_000);
  }

  it("breaks no check together with others, here and there", () => {
    const stacks = FORMS.flatMap((form) =>
      plans[form].map((stack) => {
        const resources = shown(stack, form);
        const places = resources.flatMap(({ inputs }, index) => pathsIn(inputs).map((path) => ({ index, path })));
        return { stack, resources, places };
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...stacks),
        fc.array(fc.nat(), { minLength: 1, maxLength: 60 }),
        fc.constantFrom("nothing" as const, "what is" as const),
        ({ stack, resources, places }, picks, behind) => {
          const bent = [...resources];
          for (const pick of picks) {
            const { index, path } = places[pick % places.length]!;
            bent[index] = unknownAt(bent[index]!, path, behind);
          }
          expect(broken(stack, bent)).to.deep.equal([]);
        },
      ),
      { numRuns: 150 },
    );
  }).timeout(120_000);

  it("breaks no check where nothing at all is known but names", () => {
    for (const stack of plans.update) {
      const nothing = shown(stack, "update").map((each) => ({
        ...each,
        inputs: Object.fromEntries(Object.keys(each.inputs).map((name) => [name, unknownOnWire])),
        outputs: { id: unknownOnWire },
      }));
      expect(broken(stack, nothing), stack.name).to.deep.equal([]);
    }
  });
});
