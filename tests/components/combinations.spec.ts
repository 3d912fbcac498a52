import { expect } from "chai";
import fc from "fast-check";
import { ENDPOINT_SERVICES } from "../../components/facts/endpoint-services";
import { runChecks } from "../../tools/checks";
import { plan } from "../../tools/planner/plan";
import { stacksOfPlan } from "../../tools/planner/stacks";
import { ALL_OPTIONS, BRANCH, changed, type Combination, combinations, withCombination } from "../support/combinations";
import { changes } from "../support/plans";

/** Longest values of properties that are names in AWS, from each service's API reference. */
const LONGEST: Readonly<Record<string, readonly [property: string, length: number]>> = {
  "aws:iam/role:Role": ["name", 64],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["name", 255],
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": ["alarmName", 255],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName", 255],
  "aws:sns/topic:Topic": ["name", 256],
  "aws:route53/resolverEndpoint:ResolverEndpoint": ["name", 64],
  "aws:route53/resolverRule:ResolverRule": ["name", 64],
  "aws:route53/resolverFirewallRule:ResolverFirewallRule": ["name", 64],
  "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": ["name", 64],
};

/** What is wrong with the plan of a combination, a line each. */
async function faults(combination: Combination): Promise<string[]> {
  const project = withCombination(combination);
  const planned = await plan(project);
  const preview = await plan(project, { preview: true });
  return [
    ...runChecks(stacksOfPlan(planned)).flatMap(({ name, stack, passed, evidence }) =>
      passed ? [] : [`${name} ${stack}: ${evidence[0] ?? ""}`],
    ),
    ...[...planned, ...preview].flatMap(({ name: stack, resources }) => {
      const keys = resources.map(({ type, name }) => `${type}::${name}`);
      const twice = keys.filter((key, index) => keys.indexOf(key) < index).map((key) => `${stack}: two of ${key}`);
      const long = resources.flatMap(({ type, name, inputs }) => {
        const [property = "", most = 0] = LONGEST[type] ?? [];
        const value = inputs[property];
        return typeof value === "string" && value.length > most ? [`${stack}: the name of ${name} is too long`] : [];
      });
      return [...twice, ...long];
    }),
  ];
}

const EVERY_ENDPOINT = [...ENDPOINT_SERVICES];
const all = (keys: Combination["all"]): Pick<Combination, "each"> => ({
  each: { dev: keys, staging: keys, prod: keys },
});

const NAMED: Readonly<Record<string, Combination>> = {
  "nearly every option": ALL_OPTIONS,
  "the internet through the firewall of the hub, with connections and sites": changed(
    ALL_OPTIONS,
    all({ egress: "hub" }),
  ),
  "no internet, and every endpoint": changed(changed(ALL_OPTIONS, all({ egress: "none" })), {
    each: { hub: { "shared-endpoints": EVERY_ENDPOINT, "central-egress": false, inspection: false } },
  }),
  "regional NAT gateways in networks of /20": {
    ...changed(ALL_OPTIONS, all({ egress: "regional" })),
    sizes: [20, 20, 20, 20],
  },
  "every option without alarms": changed(ALL_OPTIONS, { all: { alarms: false } }),
};

describe("options together", () => {
  for (const [what, combination] of Object.entries(NAMED)) {
    it(`pass every check: ${what}`, async () => {
      expect(await faults(combination)).to.deep.equal([]);
    });
  }

  it("pass every check, drawn at random", async () => {
    await fc.assert(
      fc.asyncProperty(combinations, async (combination) => {
        expect(await faults(combination), JSON.stringify(combination)).to.deep.equal([]);
      }),
      { numRuns: 6, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false },
    );
  }).timeout(90_000);
});

describe("growth with nearly every option", () => {
  const grown: Readonly<Record<string, Combination>> = {
    "a third AZ in every network": changed(ALL_OPTIONS, { all: {}, each: thirdZone() }),
    "one more spoke": changed(ALL_OPTIONS, { each: { tools: { egress: "hub" } } }),
    "one more site": changed(ALL_OPTIONS, {
      all: { sites: { ...(ALL_OPTIONS.all["sites"] as object), branch: { ...BRANCH, spokes: ["staging"] } } },
    }),
  };
  for (const [what, after] of Object.entries(grown)) {
    it(`replaces and deletes nothing: ${what}`, async () => {
      const found = await changes(withCombination(ALL_OPTIONS), withCombination(after));
      const lost = Object.entries(found).flatMap(([stack, each]) =>
        [...each.replace.map(({ name }) => name), ...each.delete].map((name) => `${stack}: ${name}`),
      );
      expect(lost).to.deep.equal([]);
      expect(await faults(after)).to.deep.equal([]);
    });
  }
});

/** Three AZs in each network. */
function thirdZone(): Combination["each"] {
  return Object.fromEntries(["hub", "dev", "staging", "prod"].map((name) => [name, { "az-count": 3 }]));
}
