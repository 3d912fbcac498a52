import { expect } from "chai";
import fc from "fast-check";
import { modelPreview } from "../../policy/preview-model";
import { PREVIEW_CHECKS } from "../../policy/stack-policies";
import { unknownOnWire } from "../../tools/planner/engine/wire";
import { plan, type Plan } from "../../tools/planner/plan";
import { project, withConfig } from "../support/plans";
import {
  engineResources,
  FORMS,
  policyResources,
  previewedStack,
  proxied,
  type EngineResource,
  type Form,
} from "./preview";

let plans: Record<Form, Plan>;
before(async () => {
  const open = withConfig(project, "dev", { "cluster-public-access-cidrs": ["203.0.113.0/24"] });
  plans = { update: await plan(open), "first preview": await plan(open, { preview: true }) };
});

/** Names of the checks that fail. */
function failed(stack: Plan[number], resources: readonly EngineResource[]): string[] {
  const all = new Map(resources.map(({ urn, inputs }) => [urn, proxied(inputs)]));
  const model = modelPreview(policyResources(resources), all, previewedStack(stack));
  return PREVIEW_CHECKS.filter(({ mayDependOn }) => !model.undetermined.some(mayDependOn))
    .filter(({ check }) => check.check(model.stacks[0]!, model)?.passed === false)
    .filter(({ isFor = () => true }) => isFor(model.stacks[0]!))
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
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (String(index) === first ? without(item, rest) : item));
  }
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Record<string, unknown>;
  return first in fields ? { ...fields, [first]: without(fields[first], rest) } : fields;
}

function unknownAt(
  resource: EngineResource,
  path: readonly string[],
  dependencies: "none" | "as planned",
): EngineResource {
  const inputs = without(resource.inputs, path) as EngineResource["inputs"];
  return { ...resource, inputs, ...(dependencies === "none" ? { dependencies: {} } : {}) };
}

describe("a value that a preview does not know", () => {
  for (const form of FORMS) {
    it(`fails no check, whichever it is, in all resources of a type (${form})`, () => {
      const found: string[] = [];
      for (const stack of plans[form].filter(({ name }) => ["hub", "dev"].includes(name))) {
        const resources = engineResources(stack, form);
        for (const type of new Set(resources.map((each) => each.type))) {
          const alike = resources.filter((each) => each.type === type);
          const paths = new Map(alike.flatMap(({ inputs }) => pathsIn(inputs).map((each) => [each.join("."), each])));
          for (const [name, path] of paths) {
            const modified = resources.map((each) => (each.type === type ? unknownAt(each, path, "none") : each));
            found.push(...failed(stack, modified).map((check) => `${check}: ${stack.name} ${type} ${name}`));
          }
        }
      }
      expect(found).to.deep.equal([]);
    }).timeout(120_000);
  }

  it("fails no check, whichever it is, in what belongs to a new firewall", async () => {
    const inspected = withConfig(project, "hub", { "central-egress": true, inspection: true });
    const [hub] = (await plan(inspected, { preview: true })).filter(({ name }) => name === "hub");
    const resources = engineResources(hub!, "first preview");
    const types = new Set(resources.map(({ type }) => type).filter((type) => type.startsWith("aws:networkfirewall/")));
    expect(types.size).to.equal(4);
    const found = [...types].flatMap((type) =>
      resources
        .filter((each) => each.type === type)
        .flatMap(({ inputs }) => pathsIn(inputs))
        .flatMap((path) => {
          const modified = resources.map((each) => (each.type === type ? unknownAt(each, path, "none") : each));
          return failed(hub!, modified).map((check) => `${check}: ${type} ${path.join(".")}`);
        }),
    );
    expect(found).to.deep.equal([]);
  }).timeout(60_000);

  it("fails no check together with random others", () => {
    const stacks = FORMS.flatMap((form) =>
      plans[form].map((stack) => {
        const resources = engineResources(stack, form);
        const places = resources.flatMap(({ inputs }, index) => pathsIn(inputs).map((path) => ({ index, path })));
        return { stack, resources, places };
      }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...stacks),
        fc.array(fc.nat(), { minLength: 1, maxLength: 60 }),
        fc.constantFrom("none" as const, "as planned" as const),
        ({ stack, resources, places }, picks, dependencies) => {
          const modified = [...resources];
          for (const pick of picks) {
            const { index, path } = places[pick % places.length]!;
            modified[index] = unknownAt(modified[index]!, path, dependencies);
          }
          expect(failed(stack, modified)).to.deep.equal([]);
        },
      ),
      { numRuns: 150 },
    );
  }).timeout(120_000);

  it("fails no check if nothing except names is known", () => {
    for (const stack of plans.update) {
      const nothing = engineResources(stack, "update").map((each) => ({
        ...each,
        inputs: Object.fromEntries(Object.keys(each.inputs).map((name) => [name, unknownOnWire])),
        outputs: { id: unknownOnWire },
      }));
      expect(failed(stack, nothing), stack.name).to.deep.equal([]);
    }
  });
});
