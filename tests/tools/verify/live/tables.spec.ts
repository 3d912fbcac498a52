import { expect } from "chai";
import {
  HARMLESS,
  isCompared,
  NOT_COMPARED,
  type LiveTable,
  type PropertyRule,
} from "../../../../tools/verify/live/rule";
import { LIVE_TABLES } from "../../../../tools/verify/live/tables";
import { expectedNames } from "../../../support/expected";
import { project } from "../../../support/plans";
import { schemaOf, type Shapes } from "./schema";

/** Properties that the schema of some types lacks: those of every table, and `vpc`, which the provider sets undeclared. */
const NOT_DECLARED: readonly string[] = ["arn", "id", "region", "tags", "tagsAll", "timeouts", "vpc"];

/** The AWS types in the expected plans. */
const inUse = new Set(
  Object.keys(project.stacks)
    .flatMap(expectedNames)
    .map((line) => line.split(" ")[0] ?? "")
    .filter((type) => type.startsWith("aws:")),
);

describe("the live tables", () => {
  it("include every type that a plan has", () => {
    expect([...inUse].filter((type) => !LIVE_TABLES.has(type))).to.deep.equal([]);
    expect(inUse.size).to.be.above(60);
  });

  for (const [type, rows] of LIVE_TABLES) {
    const schema = schemaOf(type);

    it(`have a rule for every property of ${type}, and no other rule`, () => {
      expect([...schema.keys()].filter((name) => !Object.hasOwn(rows, name))).to.deep.equal([]);
      const unknown = Object.keys(rows).filter((name) => !schema.has(name) && !NOT_DECLARED.includes(name));
      expect(unknown).to.deep.equal([]);
    });

    it(`have no nested rule that ${type} lacks`, () => {
      expect(nestedWithout(rows, schema, "")).to.deep.equal([]);
    });
  }

  it("are critical if their names indicate addresses, paths, permissions, keys or logs, except these", () => {
    const CRITICAL_NAMES =
      /polic|acl|grant|cidr|kms|encrypt|public|ipv6|gateway|role|arn|vpc|subnet|security|route|principal|key|log|network|dns/i;
    const harmless = [...LIVE_TABLES].flatMap(([type, rows]) =>
      Object.entries(rows)
        .filter(([name, rule]) => CRITICAL_NAMES.test(name) && isCompared(rule) && rule.concern === "other")
        .map(([name]) => `${type.split(":").pop() ?? ""} ${name}`),
    );
    expect(harmless).to.deep.equal([
      "Vpc enableNetworkAddressUsageMetrics",
      "VpcDhcpOptions ipv6AddressPreferredLeaseTime",
      "Firewall firewallPolicyChangeProtection",
      "Firewall subnetChangeProtection",
      "Cluster upgradePolicy",
      "LaunchTemplate networkPerformanceOptions",
      "Role forceDetachPolicies",
      "Topic deliveryPolicy",
      "LifecyclePolicy policy",
      "RepositoryCreationTemplate lifecyclePolicy",
    ]);
  });

  it("are each compared, or listed with a reason for not comparing them", () => {
    const rules = [...LIVE_TABLES.values()].flatMap(rulesIn);
    const unexplained = rules.filter((rule) =>
      isCompared(rule) ? (rule.concern === "other") !== (rule.harmless !== undefined) : !(rule.reason in NOT_COMPARED),
    );
    expect(unexplained).to.deep.equal([]);
    expect(Object.keys(HARMLESS)).to.deep.equal(["lifecycle", "performance"]);
  });
});

function rulesIn(rows: LiveTable): PropertyRule[] {
  return Object.values(rows).flatMap((rule) => [rule, ...(isCompared(rule) ? rulesIn(rule.within ?? {}) : [])]);
}

/** Paths of nested rules without a property of the schema. */
function nestedWithout(rows: LiveTable, shapes: Shapes, path: string): string[] {
  return Object.entries(rows).flatMap(([name, rule]) => {
    const properties = shapes.get(name)?.properties ?? new Map<string, never>();
    const within = (isCompared(rule) ? rule.within : undefined) ?? {};
    const absent = Object.keys(within).filter((each) => !properties.has(each));
    return [...absent.map((each) => `${path}${name}.${each}`), ...nestedWithout(within, properties, `${path}${name}.`)];
  });
}
