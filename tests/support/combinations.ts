import fc from "fast-check";
import { ENDPOINT_SERVICES } from "../../components/facts/endpoint-services";
import type { Json } from "../../tools/planner/engine/resource";
import type { Project } from "../../tools/planner/project/project";
import { LISTS } from "./dns-firewall";
import { projectWithAlarms, withConfig, withNetworks } from "./plans";
import { DATA_CENTRE, OFFICE } from "./sites";

const NETWORKS = ["hub", "dev", "staging", "prod"] as const;
const SPOKES = NETWORKS.slice(1);

/** Keys of a stack and their values. */
type Keys = Readonly<Record<string, Json>>;

/** Optional keys that only together mean something, in all stacks. */
export interface Combination {
  /** Prefix length of each network's CIDR, in the order of the networks. */
  readonly sizes: readonly number[];
  /** Keys of every stack. */
  readonly all: Keys;
  /** Keys by stack. */
  readonly each: Readonly<Record<string, Keys>>;
}

const ACCOUNTS = ["111111111111", "222222222222", "333333333333", "444444444444", "555555555555"];

/** The fixture project with a combination of keys. */
export function withCombination({ sizes, all, each }: Combination): Project {
  const names = [...NETWORKS, ...Object.keys(each).filter((name) => !NETWORKS.some((known) => known === name))];
  const networks = names.map((name, index) => {
    const cidr = `10.${String(index)}.0.0/${String(sizes[index] ?? 16)}`;
    return [name, { cidr, account: ACCOUNTS[index] ?? "" }] as const;
  });
  const base = withNetworks(projectWithAlarms, Object.fromEntries(networks));
  return names.reduce((project, name) => withConfig(project, name, { ...all, ...each[name] }), base);
}

/** The combination with other keys of every stack, or of one. */
export function changed(
  base: Combination,
  { all = {}, each = {} }: Partial<Pick<Combination, "all" | "each">>,
): Combination {
  const entries = Object.entries(each).map(([name, keys]) => [name, { ...base.each[name], ...keys }] as const);
  return { ...base, all: { ...base.all, ...all }, each: { ...base.each, ...Object.fromEntries(entries) } };
}

/** AZs by ID, in two orders. */
const BY_ID = ["apse3-az1", "apse3-az2", "apse3-az3"];

/** A branch with a VPN without BGP, for no spoke. */
export const BRANCH = { cidrs: ["100.64.0.0/16"], vpn: { address: "203.0.113.20" } };

const sites = fc
  .record({
    office: fc.option(fc.subarray(SPOKES).map((spokes) => ({ ...OFFICE, spokes }))),
    "data-centre": fc.option(fc.subarray(SPOKES).map((spokes) => ({ ...DATA_CENTRE, spokes }))),
    branch: fc.option(fc.constant(BRANCH)),
  })
  .map((each) => Object.fromEntries(Object.entries(each).flatMap(([name, site]) => (site ? [[name, site]] : []))));

const connections = fc.constantFrom<Json[]>(
  [],
  [["dev", "staging"]],
  [
    ["dev", "staging"],
    ["prod", "none"],
  ],
  [["staging", "all"]],
  [
    ["dev", "prod"],
    ["staging", "all"],
  ],
);

const zones = fc.record({ count: fc.constantFrom(2, 3), ids: fc.boolean() }).map(({ count, ids }) => ({
  "az-count": count,
  "availability-zones": ids ? BY_ID : [],
}));

const firewall = fc.constantFrom("off", "alert", "block").map((mode): Keys => ({
  "dns-firewall": mode,
  "dns-firewall-domain-lists": mode === "off" ? [] : [...LISTS],
  "dns-firewall-allowed-domains": mode === "block" ? ["api.example.com"] : [],
}));

/** Keys of every stack that depend on no other. */
const anyStack = fc
  .tuple(zones, firewall, fc.record({ alarms: fc.boolean() }))
  .map((parts): Keys => Object.assign({}, ...parts) as Keys);

const spoke = fc.tuple(
  anyStack,
  fc.record({
    egress: fc.constantFrom("zonal", "regional", "hub", "none"),
    "one-nat-per-az": fc.boolean(),
    "dns-resolver": fc.constantFrom("vpc", "hub"),
    cluster: fc.boolean(),
    "node-autoscaling": fc.constantFrom("karpenter", "auto"),
  }),
);

const hub = fc.tuple(
  anyStack,
  fc.record({
    "central-egress": fc.boolean(),
    inspection: fc.boolean(),
    "inbound-resolver": fc.boolean(),
    "transit-flow-logs": fc.boolean(),
    "share-with": fc.constantFrom<string[]>([], ["arn:aws:organizations::111111111111:organization/o-abcdef1234"]),
    forward: fc.boolean(),
  }),
);

/** Combinations that no stack rejects and that the documentation recommends. */
export const combinations: fc.Arbitrary<Combination> = fc
  .record({
    sizes: fc.tuple(...NETWORKS.map(() => fc.integer({ min: 16, max: 21 }))),
    ...{ sites, connections, references: fc.boolean(), hub, spokes: fc.tuple(spoke, spoke, spoke) },
  })
  .map(({ sizes, sites: named, connections: pairs, references, hub: [ofHub, choices], spokes }) => {
    const egress = spokes.map(([, each]) => each.egress);
    const central = choices["central-egress"] || egress.includes("hub");
    const forwards = choices.forward && "office" in named ? { "corp.example": ["192.168.0.53"] } : {};
    const own: Keys = {
      ...ofHub,
      "central-egress": central,
      inspection: central && choices.inspection,
      "inbound-resolver": choices["inbound-resolver"] || spokes.some(([, each]) => each["dns-resolver"] === "hub"),
      "transit-flow-logs": choices["transit-flow-logs"],
      "share-with": choices["share-with"],
      // A cluster without the internet calls AWS by endpoints alone.
      ...(egress.includes("none") ? { "shared-endpoints": [...ENDPOINT_SERVICES] } : {}),
    };
    return {
      sizes,
      all: {
        ...{ connections: pairs, sites: named, "forward-domains": forwards },
        "security-group-references": references,
      },
      each: Object.fromEntries<Keys>([
        ["hub", own],
        ...spokes.map(([shared, each], index) => [SPOKES[index] ?? "", { ...shared, ...each }] as const),
      ]),
    };
  });

const byId = { "az-count": 2, "availability-zones": BY_ID };

/** Every option that works together with the others, each in some stack. */
export const ALL_OPTIONS: Combination = {
  sizes: [19, 16, 16, 16],
  all: {
    connections: [["dev", "staging"]],
    sites: { office: OFFICE, "data-centre": DATA_CENTRE },
    "forward-domains": { "corp.example": ["192.168.0.53"] },
    "alarm-emails": ["network@example.org"],
  },
  each: {
    hub: { ...byId, "central-egress": true, inspection: true },
    dev: {
      ...byId,
      ...{ egress: "regional", "dns-resolver": "hub", "dns-firewall": "block" },
      "dns-firewall-domain-lists": [...LISTS],
      "dns-firewall-allowed-domains": ["api.example.com"],
    },
    staging: { ...byId, egress: "hub" },
    prod: { ...byId, "one-nat-per-az": true },
  },
};
