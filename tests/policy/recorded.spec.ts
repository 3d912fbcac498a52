import { readFileSync } from "node:fs";
import { expect } from "chai";
import { key } from "../../tools/planner/engine/resource";
import { unknownOnWire } from "../../tools/planner/engine/wire";
import { plan, type Plan } from "../../tools/planner/plan";
import { project, register, stack, withConfig, withNetworks } from "../support/plans";
import { shown, stackOf, verdict, type Shown } from "./preview";

/** The account that every network of a recording is in. */
const ACCOUNT = "123456789012";

interface Recorded extends Pick<Shown, "type" | "name" | "inputs" | "outputs"> {
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly provider: { readonly name: string; readonly props: Shown["providerInputs"] };
  /** `TYPE::NAME` of what a property comes from. */
  readonly propertyDependencies: Shown["behind"];
}

/**
 * What the engine showed a policy pack in a preview with the real awsx, eks and AWS providers: of the resources and
 * properties that policies may read, `<unknown>` what it did not know.
 */
function recorded(name: string): Shown[] {
  const text = readFileSync(`tests/fixtures/previews/${name}.json`, "utf8");
  const resources = JSON.parse(text.replaceAll('"<unknown>"', JSON.stringify(unknownOnWire))) as Recorded[];
  return resources.map(({ protect, ignoreChanges, provider, propertyDependencies, ...resource }) => ({
    ...resource,
    urn: key(resource),
    options: { protect, ignoreChanges, provider: null },
    behind: propertyDependencies,
    providerName: provider.name,
    providerInputs: provider.props,
  }));
}

/** Handed over by awsx with every subnet, of a VPC that has no IPv6; the plan's double of awsx leaves it out. */
const EMPTY = "ipv6CidrBlock";

/** `TYPE::NAME.property` of what is not known, whole or in part, to `TYPE::NAME` of what it comes from. */
function unknowns(resources: readonly Shown[]): Map<string, readonly string[]> {
  return new Map(
    resources.flatMap((each) =>
      Object.entries(each.inputs)
        .filter(([property, value]) => property !== EMPTY && JSON.stringify(value).includes(unknownOnWire))
        .map(([property]) => {
          const behind = (each.behind[property] ?? []).map((urn) => urn.split("::").slice(-2).join("::"));
          return [`${key(each)}.${property}`, behind] as const;
        }),
    ),
  );
}

let planned: Plan;
let asFirst: Plan;
before(async () => {
  const networks = Object.entries(register() as Record<string, { cidr: string }>);
  const inOneAccount = networks.map(([name, { cidr }]) => [name, { cidr, account: ACCOUNT }] as const);
  const then = withConfig(withNetworks(project, Object.fromEntries(inOneAccount)), "staging", { protect: false });
  planned = await plan(then);
  asFirst = await plan(then, { preview: true });
});

describe("what the engine showed of real previews", () => {
  for (const [recording, name] of [
    ["hub-first", "hub"],
    ["staging-first", "staging"],
    ["dev-third-zone", "dev"],
  ] as const) {
    it(`is refused by no policy: ${recording}`, async () => {
      expect((await verdict(stackOf(stack(planned, name)), recorded(recording))).broken).to.deep.equal({});
    });
  }

  it("is known to the double of a first preview no better, nor from how many things it comes", () => {
    const differences = ["hub", "staging"].flatMap((name) => {
      const double = unknowns(shown(stack(asFirst, name), "first preview"));
      const real = unknowns(recorded(`${name}-first`));
      expect(real.size).to.be.greaterThan(60);
      return [...real].flatMap(([place, behind]) => {
        const inDouble = double.get(place);
        return inDouble !== undefined && behind.every((each) => inDouble.includes(each)) ? [] : [place];
      });
    });
    // Inside of eks.Cluster, where every argument comes from all that the component's does; no check reads these.
    const cluster = "aws:eks/cluster:Cluster::staging-eksCluster";
    expect(differences).to.deep.equal([`${cluster}.encryptionConfig`, `${cluster}.vpcConfig`]);
  });
});
