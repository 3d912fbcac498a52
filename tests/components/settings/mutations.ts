import fc from "fast-check";
import { goodConfig, type Config } from "./good-config";

/** A way to spoil a good configuration, and the faults that it must bring. */
export interface Mutation {
  /** What it changes; two mutations that change the same cannot go together. */
  readonly places: readonly string[];
  readonly apply: (config: Config) => void;
  /** Key and value that each fault must name; the value is undefined where something is missing. */
  readonly faults: readonly Fault[];
}

type Fault = readonly [key: string, got: unknown];
type Mutations = fc.Arbitrary<Mutation>;
type Networks = Record<string, Record<string, unknown>>;

const NETWORKS = ["hub", "dev", "staging", "prod"];
const ZONES = [0, 1, 2].map((index) => `availability-zones[${index}]`);
const ALL_NETWORKS = NETWORKS.flatMap((name) => [`${name}.cidr`, `${name}.account`, `${name}.vpc`]);

const byte = fc.integer({ min: 0, max: 255 });
const notTrueOrFalse = fc.constantFrom("yes", "TRUE", "1", "");
const notInteger = fc.constantFrom("three", "1.5", "0x10", "");
const notCidr = fc.constantFrom("10.1.0.0", "10.1.0.0/33", "10.256.0.0/16", "010.1.0.0/16", "10.1/16", "fd00::/16", "");
const outside = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: -1000, max: min - 1 }), fc.integer({ min: max + 1, max: 1_000_000 }));

/** Every kind of mutation, each with values of its own. */
export const MUTATIONS: readonly Mutations[] = [
  fc.constantFrom("qa", "DEV", "hub2").map((stack) => ({
    places: ["stack"],
    apply: (config) => void (config.stack = stack),
    faults: [["stack", stack]],
  })),
  fc
    .constantFrom(undefined, "", "jakarta", "ap-southeast-3a", "AP-SOUTHEAST-3", "ap-west-9", "cn-north-1")
    .map((region) => ({
      places: ["aws:region"],
      apply: (config) => void (config.region = region),
      faults: [["aws:region", region]],
    })),
  fc.constantFrom("az-cuont", "AZ-COUNT", "network", "x", "aws:region").map((key) => ({
    places: ["unknown key"],
    apply: (config) => void (config.values[key] = "3"),
    faults: [[key, "3"]],
  })),
  fc.constantFrom("domain", "protect", "hub-stack", "node-count", "share-with").map((key) => ({
    places: [key],
    apply: (config) => void (config.values[key] = undefined),
    faults: [[key, undefined]],
  })),

  // A block that several networks could get would overlap: "elsewhere" lets one have it.
  field("cidr", notCidr),
  field("cidr", fc.constantFrom(10, true, null)),
  field(
    "cidr",
    fc.tuple(byte, fc.integer({ min: 1, max: 255 })).map(([c, d]) => `10.77.${c}.${d}/16`),
    "elsewhere",
  ),
  field(
    "cidr",
    fc.integer({ min: 22, max: 32 }).map((prefix) => `10.78.0.0/${prefix}`),
    "elsewhere",
  ),
  field("cidr", fc.constantFrom("11.0.0.0/16", "192.168.0.0/16", "10.200.0.0/16"), "elsewhere", "address-space"),
  fc.constant({
    places: ["staging.cidr", "prod.cidr"],
    apply: (config) => void (networks(config)["prod"]!["cidr"] = "10.2.0.0/16"),
    faults: [["networks.prod.cidr", "10.2.0.0/16"]],
  }),
  field("account", fc.constantFrom("1", "12345678901", "1234567890123", "22222222222x", 12345678901, 1.5, true)),
  fc.constantFrom(...NETWORKS).map((name) => ({
    places: [`${name}.account`],
    apply: (config) => void delete networks(config)[name]!["account"],
    faults: [[`networks.${name}.account`, undefined]],
  })),
  field("vpc", fc.constantFrom("vpc-1", 1, null)),
  fc.constantFrom("QA", "1st", "qa_1", "qa-", "a.b", "abcdefghijklmnopqrstu", "constructor").map((name) => ({
    places: ["bad name"],
    apply: (config) => void (networks(config)[name] = { cidr: "10.90.0.0/16", account: "555555555555" }),
    faults: [[`the name of networks.${name}`, name]],
  })),
  fc.constantFrom("10.91.0.0/16", 5, null, ["10.91.0.0/16"]).map((entry) => ({
    places: ["odd"],
    apply: (config) => void ((networks(config) as Record<string, unknown>)["odd"] = entry),
    faults: [["networks.odd", entry]],
  })),
  fc.constant({
    places: ["hub.cidr", "hub.account", "hub.vpc"],
    apply: (config) => void delete networks(config)["hub"],
    faults: [["networks.hub", undefined]],
  }),
  value("networks", fc.constantFrom<unknown>("{hub", [], 7, ["hub"]), ...ALL_NETWORKS, "bad name", "odd", "stack"),

  value("address-space", notCidr),
  value("address-space", fc.constantFrom("8.0.0.0/8", "0.0.0.0/0", "10.0.0.0/21", "192.169.0.0/16", "10.0.0.0/7")),
  value("address-space", fc.constantFrom("10.1.0.0/8", "10.1.0.0/9", "10.0.0.1/8")),
  value("domain", fc.constantFrom("internal", "Piksel.internal", "piksel..internal", "-a.b", "a_b.c", "a.1", "")),

  value("prefix", fc.constantFrom("", "Acme", "1st", "acme-", "acme_net", "a".repeat(30), "aws-net", "ssm")),
  value("prefix", fc.constantFrom("dev", "dev-net", "staging-1"), "networks"),
  value("owner", fc.constantFrom("", "a".repeat(257), "Team <A>", "a\nb")),
  tag(
    fc.constantFrom("aws:x", "EKS:x", "kubernetes.io/role/elb", "Name", "owner", "costcenter", "a<b", "x".repeat(129)),
  ),
  value("extra-tags", fc.constantFrom<unknown>([], "CostCenter", true)),
  value("connections", fc.constantFrom<unknown>("dev", { dev: "staging" }, 3)),
  fc.constantFrom<unknown>("dev", ["dev"], ["dev", 2], ["dev", "dev"], ["dev", "hub"], ["all", "dev"]).map((pair) => ({
    places: ["connections"],
    apply: (config) => void (config.values["connections"] = [pair]),
    faults: [["connections[0]", pair]],
  })),
  value("kubernetes-service-cidr", fc.constantFrom("10.0.0.0/8", "10.200.0.0/25", "100.64.0.0/16", "8.8.8.0/24", "x")),

  value("az-count", outside(2, 3)),
  value("az-count", notInteger),
  zone(0, fc.constantFrom("a", "apse3", "ap-southeast-3", "ap-southeast-3aa", "AP-SOUTHEAST-3A", "")),
  zone(1, fc.constantFrom("ap-southeast-3-bkk-1a", "ap-southeast-3-wl1-jkt-wlz-1", "apse3-bkk1-az1")),
  zone(2, fc.constantFrom("ap-southeast-1a", "us-east-1b"), "aws:region"),
  zone(2, fc.constant("ap-southeast-3b"), "availability-zones[1]", "aws:region"),
  zone(1, fc.constantFrom("ap-southeast-3d", "ap-southeast-3z"), "aws:region"),
  fc.constant({
    places: [...ZONES, "az-count"],
    apply: (config) => void (config.values["availability-zones"] = ["ap-southeast-3a", "ap-southeast-3b"]),
    faults: [["az-count", 3]],
  }),
  value("availability-zones", fc.constantFrom<unknown>("[", {}, 3, "a,b"), ...ZONES),

  value("egress", fc.constantFrom("Zonal", "nat", "")),
  value("security-group-references", notTrueOrFalse),
  value("one-nat-per-az", notTrueOrFalse),
  value("protect", notTrueOrFalse),
  value("alarms", notTrueOrFalse),
  element("alarm-emails", fc.constantFrom("network", "a@b", "a@b.org, c@d.org", "a b@c.org", "")),
  element("alarm-topics", fc.constantFrom("on-call", "arn:aws:sns:ap-southeast-3:111111111111:a.fifo", "")),
  value(
    "permissions-boundary",
    fc.constantFrom("boundary", "arn:aws:iam::222222222222:role/boundary", "arn:aws:iam::222222222222:policy/", "none"),
  ),
  // Whose account it must be is known where the register is good.
  value(
    "permissions-boundary",
    fc.constant("arn:aws:iam::999999999999:policy/boundary"),
    ...ALL_NETWORKS,
    "networks",
    "stack",
  ),
  value("cluster", notTrueOrFalse),
  value("inbound-resolver", notTrueOrFalse),
  value("dns-resolver", fc.constantFrom("HUB", "google", "")),
  value("transit-flow-logs", notTrueOrFalse),
  value("dns-firewall", fc.constantFrom("on", "BLOCK", "allow", "false", "")),
  element(
    "dns-firewall-domain-lists",
    fc.constantFrom("AWSManagedDomainsAggregateThreatList", "rslvr-fdl-", "fdl-0a1b", "rslvr-frg-0a1b"),
  ),
  element("dns-firewall-domain-lists", fc.constant("rslvr-fdl-4e96d4ce77f466b")),
  fc.constant({
    places: ["dns-firewall", "dns-firewall-domain-lists", "dns-firewall-allowed-domains"],
    apply: (config) => void (config.values["dns-firewall-domain-lists"] = []),
    faults: [["dns-firewall", "block"]],
  }),
  element(
    "dns-firewall-allowed-domains",
    fc.constantFrom("com", "*", "*.com", "API.example.com", "api.*.com", "a_b.example.com", "api.example.com.", ""),
  ),
  value("node-autoscaling", fc.constantFrom("Karpenter", "auto-mode", "")),

  element("repositories", fc.constantFrom("Core", "c", "1st", "a//b", "a___b", "team/", "a b", "")),
  element("repositories", fc.constant("core")),
  value("repositories", fc.constantFrom<unknown>("core,app", { core: true }, true)),
  element("image-publishers", fc.constantFrom("acme/app", "repo:acme/*:*", "repo:*/app:x", "repo:acme/app", "*")),
  element("image-publishers", fc.constantFrom("repo:acme/app:*", "repo:acme/app:pull_request", "repo:acme/app:x")),
  element("shared-endpoints", fc.constantFrom("com.amazonaws.eu-west-1.ecr.api", "ecr.", ".api", "ECR", "ecr api")),
  element("shared-endpoints", fc.constant("sts")),
  element("share-with", fc.constantFrom("222222222222", "o-a1b2c3d4e5", "arn:aws:iam::111111111111:root")),
  value("flow-log-retention-days", outside(1, 3650)),
  value("central-egress", notTrueOrFalse),
  value("inspection", notTrueOrFalse),
  element("inspection-rule-groups", fc.constantFrom("MalwareDomainsStrictOrder", "malwaredomains", "Mine", "")),
  element("inspection-rule-groups", fc.constant("MalwareDomains")),
  element("inspection-domains", fc.constantFrom("*.example.com", "https://example.com", "Example.com", "com", ".")),
  element("inspection-domains", fc.constant("example.com")),

  value("kubernetes-version", fc.constantFrom("1", "1.3", "v1.34", "1.34.2", "latest", "1.29", "1.99")),
  element("cluster-admins", fc.constantFrom("admin", "arn:aws:iam::222222222222:user/jane", "arn:aws:iam::2:role/a")),
  element("cluster-admins", fc.constant("arn:aws:sts::222222222222:assumed-role/admin/jane")),
  element("cluster-private-access-cidrs", fc.constantFrom("0.0.0.0/0", "203.0.113.0/24", "10.0.0.7/16", "11.0.0.0/8")),
  element("cluster-public-access-cidrs", fc.constantFrom("0.0.0.0/0", "203.0.113.7", "203.0.113.7/24", "::/0")),
  element("cluster-public-access-cidrs", fc.constantFrom("10.0.0.0/8", "127.0.0.1/32", "8.0.0.0/6", "240.0.0.0/8")),
  value("cluster-public-access-cidrs", fc.constantFrom<unknown>(["16.0.0.0/8", "17.0.0.0/8"])),
  element("node-instance-types", fc.constantFrom("m7g", "large", "m7g.huge", "M7G.large", "mg.large")),
  value("node-instance-types", fc.constantFrom([], ["m7g.large", "c7i.xlarge"])),
  value("node-count", outside(1, 100)),
  value("hub-stack", fc.constantFrom("hub", "acme/hub", "a/b/c/d", "acme//hub")),
];

/** Some mutations that can go together, at least one, in random order; a message lists no more than 50 faults. */
export const mutationSets: fc.Arbitrary<readonly Mutation[]> = fc
  .tuple(fc.tuple(...MUTATIONS), fc.shuffledSubarray([...MUTATIONS.keys()], { minLength: 1, maxLength: 45 }))
  .map(([mutations, chosen]) => {
    const taken = new Set<string>();
    return chosen
      .map((index) => mutations[index]!)
      .filter(({ places }) => {
        if (places.some((place) => taken.has(place))) return false;
        places.forEach((place) => taken.add(place));
        return true;
      });
  });

/** Gives a key a bad value. */
function value(key: string, values: fc.Arbitrary<unknown>, ...more: string[]): Mutations {
  return values.map((got) => ({
    places: [key, ...more],
    apply: (config) => void (config.values[key] = got),
    faults: [[key, got]],
  }));
}

/** Appends a bad element to a list. */
function element(key: string, elements: fc.Arbitrary<string>): Mutations {
  const list = goodConfig().values[key] as string[];
  return elements.map((got) => ({
    places: [key],
    apply: (config) => void (config.values[key] = [...list, got]),
    faults: [[`${key}[${list.length}]`, got]],
  }));
}

/** Adds a tag of a bad name. */
function tag(names: fc.Arbitrary<string>): Mutations {
  return names.map((name) => ({
    places: ["extra-tags"],
    apply: (config) => void ((config.values["extra-tags"] as Record<string, string>)[name] = "x"),
    faults: [[`the name of extra-tags.${name}`, name]],
  }));
}

/** Puts a bad zone in the place of a good one. */
function zone(index: number, zones: fc.Arbitrary<string>, ...more: string[]): Mutations {
  const place = `availability-zones[${index}]`;
  return zones.map((got) => ({
    places: [place, ...more],
    apply: (config) => void ((config.values["availability-zones"] as string[])[index] = got),
    faults: [[place, got]],
  }));
}

/** Gives a field of one of the networks a bad value. */
function field(name: string, values: fc.Arbitrary<unknown>, ...more: string[]): Mutations {
  return fc.tuple(fc.constantFrom(...NETWORKS), values).map(([network, got]) => ({
    places: [`${network}.${name}`, ...more],
    apply: (config) => void (networks(config)[network]![name] = got),
    faults: [[`networks.${network}.${name}`, got]],
  }));
}

function networks({ values }: Config): Networks {
  return values["networks"] as Networks;
}
