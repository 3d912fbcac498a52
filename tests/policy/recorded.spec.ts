import { readFileSync } from "node:fs";
import { expect } from "chai";
import { key } from "../../tools/planner/engine/resource";
import { unknownOnWire } from "../../tools/planner/engine/wire";
import { plan, type Plan } from "../../tools/planner/plan";
import { project, register, stack, withConfig, withNetworks } from "../support/plans";
import { engineResources, previewedStack, runPolicies, type EngineResource } from "./preview";

/** The account of every network of a recording. */
const ACCOUNT = "123456789012";

interface Recorded extends Pick<EngineResource, "type" | "name" | "inputs" | "outputs"> {
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly provider: { readonly name: string; readonly props: EngineResource["providerInputs"] };
  /** `TYPE::NAME` of the resources that a property depends on. */
  readonly propertyDependencies: EngineResource["dependencies"];
}

/**
 * The resources that the engine passed to a policy pack in a preview with the real awsx, eks and AWS providers: those, and
 * their properties, that policies may read, with `<unknown>` for unknown values.
 */
function recorded(name: string): EngineResource[] {
  const text = readFileSync(`tests/fixtures/previews/${name}.json`, "utf8");
  const resources = JSON.parse(text.replaceAll('"<unknown>"', JSON.stringify(unknownOnWire))) as Recorded[];
  return resources.map(({ protect, ignoreChanges, provider, propertyDependencies, ...resource }) => ({
    ...resource,
    urn: key(resource),
    options: { protect, ignoreChanges, provider: null },
    dependencies: propertyDependencies,
    providerName: provider.name,
    providerInputs: provider.props,
  }));
}

/** Set by awsx on every subnet, although the VPC has no IPv6; the plan's double of awsx omits it. */
const EMPTY = "ipv6CidrBlock";

/** `TYPE::NAME.property` of values that are unknown as a whole or in part, to `TYPE::NAME` of their dependencies. */
function unknowns(resources: readonly EngineResource[]): Map<string, readonly string[]> {
  return new Map(
    resources.flatMap((each) =>
      Object.entries(each.inputs)
        .filter(([property, value]) => property !== EMPTY && JSON.stringify(value).includes(unknownOnWire))
        .map(([property]) => {
          const dependencies = (each.dependencies[property] ?? []).map((urn) => urn.split("::").slice(-2).join("::"));
          return [`${key(each)}.${property}`, dependencies] as const;
        }),
    ),
  );
}

let planned: Plan;
let asFirst: Plan;
before(async () => {
  const networks = Object.entries(register() as Record<string, { cidr: string }>);
  const inOneAccount = networks.map(([name, { cidr }]) => [name, { cidr, account: ACCOUNT }] as const);
  const apart = withConfig(withNetworks(project, Object.fromEntries(inOneAccount)), "staging", { protect: false });
  const then = withConfig(apart, "hub", { "transit-flow-logs": false });
  planned = await plan(then);
  asFirst = await plan(then, { preview: true });
});

describe("recordings of real previews", () => {
  for (const [recording, name] of [
    ["hub-first", "hub"],
    ["staging-first", "staging"],
    ["dev-third-zone", "dev"],
  ] as const) {
    it(`pass every policy: ${recording}`, async () => {
      expect((await runPolicies(previewedStack(stack(planned, name)), recorded(recording))).failed).to.deep.equal({});
    });
  }

  it("have no unknown value or dependency that the double of a first preview lacks", () => {
    const differences = ["hub", "staging"].flatMap((name) => {
      const double = unknowns(engineResources(stack(asFirst, name), "first preview"));
      const real = unknowns(recorded(`${name}-first`));
      expect(real.size).to.be.greaterThan(60);
      return [...real].flatMap(([place, dependencies]) => {
        const inDouble = double.get(place);
        return inDouble !== undefined && dependencies.every((each) => inDouble.includes(each)) ? [] : [place];
      });
    });
    // In eks.Cluster, every argument depends on all dependencies of the component; no check reads these.
    const cluster = "aws:eks/cluster:Cluster::staging-eksCluster";
    expect(differences).to.deep.equal([`${cluster}.encryptionConfig`, `${cluster}.vpcConfig`]);
  });
});
