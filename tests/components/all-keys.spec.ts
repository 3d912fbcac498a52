import { expect } from "chai";
import fc from "fast-check";
import { ENDPOINT_SERVICES } from "../../components/facts/endpoint-services";
import { KNOWN_KEYS, type Key } from "../../components/settings/fields";
import { KUBERNETES_VERSIONS } from "../../components/facts/versions";
import { stacksOfPlan } from "../../tools/planner/stacks";
import type { Json } from "../../tools/planner/engine/resource";
import { plan } from "../../tools/planner/plan";
import type { Project } from "../../tools/planner/project/project";
import { runChecks } from "../../tools/checks";
import { project, register, withConfig } from "../support/plans";

/** A domain list of AWS. */
const LIST = "rslvr-fdl-0a1b2c3d4e5f6071";

/** Where a key is set: in every stack, in the hub, or in a spoke. */
type Place = "all" | "hub" | "dev";

/** Valid values of a key other than its default, the extremes among them. */
interface Values {
  readonly in: Place;
  readonly values: readonly [Json, ...Json[]];
}

const ORGANIZATION = "arn:aws:organizations::111111111111:organization/o-abcdef1234";
const UNIT = "arn:aws:organizations::111111111111:ou/o-abcdef1234/ou-ab12-11111111";

const VALUES: Readonly<Record<Key, Values>> = {
  networks: { in: "all", values: [{ ...register(), qa: { cidr: "10.4.0.0/16", account: "555555555555" } }] },
  "address-space": { in: "all", values: ["10.0.0.0/12"] },
  domain: { in: "all", values: ["corp.example.com"] },
  prefix: { in: "all", values: ["acme-net"] },
  owner: { in: "dev", values: ["Team A"] },
  "extra-tags": { in: "all", values: [{ CostCenter: "4711", "acme:tier": "" }] },
  connections: {
    in: "all",
    values: [
      [["dev", "staging"]],
      [
        ["staging", "all"],
        ["dev", "prod"],
      ],
      [["prod", "none"]],
    ],
  },
  sites: {
    in: "all",
    values: [
      { office: { cidrs: ["192.168.0.0/16"], vpn: { address: "203.0.113.10" } } },
      {
        office: {
          cidrs: ["192.168.0.0/16", "10.240.0.0/12"],
          spokes: ["dev", "prod"],
          vpn: { address: "203.0.113.10", asn: 4_294_967_295 },
        },
        "data-centre": {
          cidrs: ["172.16.0.0/14"],
          spokes: ["prod"],
          "direct-connect-gateway": "01234567-89ab-cdef-0123-456789abcdef",
        },
      },
    ],
  },
  "security-group-references": { in: "all", values: [true] },
  "az-count": { in: "dev", values: [3] },
  "availability-zones": { in: "dev", values: [["ap-southeast-3c", "ap-southeast-3a", "ap-southeast-3b"]] },
  egress: { in: "dev", values: ["regional", "hub"] },
  "one-nat-per-az": { in: "dev", values: [true] },
  "dns-resolver": { in: "dev", values: ["hub"] },
  "dns-firewall": { in: "all", values: ["alert", "block"] },
  "dns-firewall-domain-lists": { in: "all", values: [[LIST], ["rslvr-fdl-4e96d4ce77f466b", LIST]] },
  "dns-firewall-allowed-domains": { in: "all", values: [["api.example.com"], ["*.example.net", "example.net"]] },
  protect: { in: "all", values: [false] },
  "permissions-boundary": { in: "dev", values: ["arn:aws:iam::222222222222:policy/pulumi-deployments/boundary"] },
  alarms: { in: "all", values: [true] },
  "alarm-emails": { in: "dev", values: [["network@example.org", "on-call@example.org"]] },
  "alarm-topics": { in: "dev", values: [["arn:aws:sns:ap-southeast-3:999999999999:on-call"]] },
  repositories: { in: "hub", values: [[], ["piksel-core", "team/app"]] },
  "image-publishers": {
    in: "hub",
    values: [
      ["repo:acme/app:ref:refs/heads/main"],
      ["repo:acme@1/app@2:environment:prod", "repo:a/b:ref:refs/tags/v*"],
    ],
  },
  "shared-endpoints": { in: "hub", values: [["ecr.api", "ecr.dkr", "sts"], [...ENDPOINT_SERVICES]] },
  "share-with": {
    in: "hub",
    values: [[ORGANIZATION], [UNIT], [ORGANIZATION.replace("abcdef1234", "zyxwvu9876"), UNIT]],
  },
  "inbound-resolver": { in: "hub", values: [false] },
  // A domain needs a site: see sites.spec.ts.
  "forward-domains": { in: "all", values: [{}] },
  "transit-flow-logs": { in: "hub", values: [false] },
  "flow-log-retention-days": { in: "hub", values: [1, 3650] },
  "central-egress": { in: "hub", values: [true] },
  inspection: { in: "hub", values: [true] },
  "inspection-rule-groups": { in: "hub", values: [[], ["ThreatSignaturesMalware", "MalwareDomains"]] },
  "inspection-domains": { in: "hub", values: [[".example.com", "example.com"]] },
  "kubernetes-version": { in: "dev", values: [Object.keys(KUBERNETES_VERSIONS).at(-1) ?? ""] },
  "kubernetes-service-cidr": { in: "dev", values: ["10.200.0.0/20"] },
  cluster: { in: "dev", values: [false] },
  "cluster-admins": {
    in: "dev",
    values: [["arn:aws:iam::222222222222:role/ops/admin", "arn:aws:iam::222222222222:role/break-glass"]],
  },
  "cluster-private-access-cidrs": { in: "dev", values: [["10.0.0.0/16", "192.168.20.0/24"]] },
  "cluster-public-access-cidrs": { in: "dev", values: [["203.0.113.0/24"], ["203.0.113.7/32", "198.51.100.0/25"]] },
  "internet-load-balancers": { in: "dev", values: [true] },
  "node-autoscaling": {
    in: "dev",
    values: ["auto", "karpenter-auto-off", "auto-to-karpenter", "karpenter-to-auto", "karpenter-and-auto"],
  },
  "node-instance-types": { in: "dev", values: [["m7i.large", "m6i.large"], ["c7g.2xlarge"]] },
  "node-count": { in: "dev", values: [1, 6] },
  "hub-stack": { in: "dev", values: ["organization/piksel-network/hub"] },
};

/** A key of a configuration and its value. */
type Setting = readonly [key: Key, value: Json];

/** The project with some keys set. */
function withSettings(settings: readonly Setting[]): Project {
  return settings.reduce((base, [key, value]) => {
    const { in: place } = VALUES[key];
    if (place !== "all") return withConfig(base, place, { [key]: value });
    const declared = { ...base.declared, [key]: { ...base.declared[key], default: value } } as Project["declared"];
    const stacks = Object.keys(key === "networks" ? (value as object) : base.stacks);
    return {
      ...base,
      declared,
      stacks: Object.fromEntries(stacks.map((name) => [name, base.stacks[name] ?? { "aws:region": "ap-southeast-3" }])),
    };
  }, project);
}

/** Checks that some stack fails, with the first of what was seen. */
async function failed(settings: readonly Setting[]): Promise<string[]> {
  const found = runChecks(stacksOfPlan(await plan(withSettings(settings))));
  return found.flatMap(({ name, stack, passed, evidence }) =>
    passed ? [] : [`${name} ${stack}: ${evidence[0] ?? ""}`],
  );
}

const NEEDED: Setting = ["dns-firewall-domain-lists", [LIST]];

const NAT_OF_HUB: Setting = ["central-egress", true];

/**
 * A hub without a Resolver endpoint answers nobody who asks it: the two keys go together. So do DNS Firewall and its lists,
 * and the hub's NAT gateways and what uses them.
 */
function together(settings: readonly Setting[]): readonly Setting[] {
  const has = (key: Key): boolean => settings.some(([each]) => each === key);
  const hasNone = settings.some(([key, value]) => key === "inbound-resolver" && value === false);
  const needsLists = has("dns-firewall") && !has("dns-firewall-domain-lists");
  const usesNat = settings.some(([key, value]) => key === "inspection" || (key === "egress" && value === "hub"));
  return [
    ...(usesNat && !has("central-egress") ? [NAT_OF_HUB] : []),
    ...(hasNone ? settings.filter(([key]) => key !== "dns-resolver") : settings),
    ...(needsLists ? [NEEDED] : []),
  ];
}

const ALL: readonly Setting[] = KNOWN_KEYS.filter((key) => !["inbound-resolver", "cluster"].includes(key)).map(
  (key) => [key, VALUES[key].values.at(-1) ?? null] as const,
);

const someSettings = fc
  .tuple(
    ...KNOWN_KEYS.map((key) => fc.option(fc.constantFrom(...VALUES[key].values).map((value): Setting => [key, value]))),
  )
  .map((settings) => together(settings.filter((setting) => setting !== null)));

/** Review H1: the documented example of image-publishers failed a check. */
describe("every check passes", () => {
  for (const key of KNOWN_KEYS) {
    for (const value of VALUES[key].values) {
      it(`with ${key} set to ${JSON.stringify(value).slice(0, 80)}`, async () => {
        expect(await failed(together([[key, value]]))).to.deep.equal([]);
      });
    }
  }

  it("with every key set, but for those that leave out what the others are about", async () => {
    expect(await failed(ALL)).to.deep.equal([]);
  });

  // npm run fuzz plans thousands of configurations.
  it("with keys set at random", async () => {
    await fc.assert(
      fc.asyncProperty(someSettings, async (settings) => {
        expect(await failed(settings), JSON.stringify(settings)).to.deep.equal([]);
      }),
      { numRuns: 12, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
    );
  }).timeout(90_000);
});

describe("a check fails, as the documentation says,", () => {
  // docs/plan.md, "Checks".
  it("with no shared endpoint: images are then authorised over the internet", async () => {
    const checks = (await failed([["shared-endpoints", []]])).map((line) => line.replace(/:.*/, ""));
    expect(checks).to.deep.equal(["dev", "staging", "prod"].map((spoke) => `image-pulls-are-private ${spoke}`));
  });
});

describe("image-publishers without a repository", () => {
  it("makes no role: IAM refuses a policy for no resource, and there is nothing to push to", async () => {
    const subjects: Setting = ["image-publishers", ["repo:acme/app:ref:refs/heads/main"]];
    const planned = await plan(withSettings([subjects, ["repositories", []]]));
    const publishing = planned.flatMap(({ resources }) => resources).filter(({ name }) => name === "hub-publishing");
    expect(publishing).to.deep.equal([]);
  });
});
