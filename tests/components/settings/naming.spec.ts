import { expect } from "chai";
import fc from "fast-check";
import {
  clusterName,
  deploymentRoleName,
  eventsTopicName,
  hubAccessVariable,
  hubRoleNames,
  hubSessionName,
  logDatabaseName,
  logWorkgroupName,
  MAX_NETWORK_NAME,
  MAX_PREFIX,
  parameterPath,
} from "../../../components/names";
import { faultsOf, goodConfig } from "./good-config";

const PREFIX =
  "must be at most 29 lower-case letters, digits and hyphens, with a letter first and no hyphen last, such as acme";
const RESERVED = "must not begin with aws or ssm, which AWS reserves; choose another prefix";
const OWNER = "must be 1 to 256 characters: letters, digits, spaces and _ . : / = + - @";
const TAG_NAME = "must be 1 to 128 characters: letters, digits, spaces and _ . : / = + - @";
const TAG_VALUE = "must be at most 256 characters: letters, digits, spaces and _ . : / = + - @";
const SERVICES = "must be a /12 to /24 within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, as EKS requires";
const ALL_NETWORKS = ["hub", "dev", "staging", "prod"];

/** Faults of a configuration in which one key has another value. */
function faultsWith(key: string, value: unknown): readonly string[] {
  const config = goodConfig();
  config.values[key] = value;
  return faultsOf(config);
}

const roleOf = (network: string): string =>
  `names of the stack ${network} begin with ${network}-, and whoever deploys it may change roles of such names; ` +
  "choose another prefix";

// Review, first contact 2.
describe("the keys that names and tags are made from", () => {
  for (const [key, value, advice] of [
    ["prefix", "", PREFIX],
    ["prefix", "Acme", PREFIX],
    ["prefix", "acme-", PREFIX],
    ["prefix", "acme.net", PREFIX],
    ["prefix", "a".repeat(30), PREFIX],
    ["prefix", "awsome", RESERVED],
    ["prefix", "ssm-net", RESERVED],
    ["prefix", "dev", roleOf("dev")],
    ["prefix", "hub-net", roleOf("hub")],
    ["owner", "", OWNER],
    ["owner", "Team <A>", OWNER],
    ["kubernetes-service-cidr", "172.20.0.0/25", SERVICES],
    ["kubernetes-service-cidr", "172.16.0.0/11", "has host bits set; the CIDR is 172.0.0.0/11"],
    ["kubernetes-service-cidr", "100.64.0.0/16", SERVICES],
  ] as const) {
    it(`refuse ${key} ${JSON.stringify(value)}`, () => {
      expect(faultsWith(key, value)).to.deep.equal([`${key} is ${JSON.stringify(value)}: ${advice}`]);
    });
  }

  for (const [name, value, fault] of [
    ["aws:x", "1", "must not begin with aws:, by which AWS or Kubernetes finds resources"],
    ["EKS:x", "1", "must not begin with eks:, by which AWS or Kubernetes finds resources"],
    [
      "elbv2.k8s.aws/cluster",
      "piksel-dev",
      "must not begin with elbv2.k8s.aws/, by which AWS or Kubernetes finds resources",
    ],
    [
      "ebs.csi.aws.com/cluster-name",
      "piksel-dev",
      "must not begin with ebs.csi.aws.com/, by which AWS or Kubernetes finds resources",
    ],
    ["karpenter.sh/discovery", "1", "must not begin with karpenter.sh/, by which AWS or Kubernetes finds resources"],
    ["Name", "1", "is a tag already, in this or another case (Name); choose another name"],
    ["environment", "1", "is a tag already, in this or another case (Environment); choose another name"],
    ["OWNER", "1", "is a tag already, in this or another case (Owner); set the key owner instead"],
    ["a<b", "1", TAG_NAME],
    ["x".repeat(129), "1", TAG_NAME],
  ] as const) {
    it(`refuse the extra tag ${name.slice(0, 30)}`, () => {
      const place = `the name of extra-tags.${name}`;
      expect(faultsWith("extra-tags", { [name]: value })).to.deep.equal([
        `${place} is ${JSON.stringify(name)}: ${fault}`,
      ]);
    });
  }

  it("refuse extra tags whose names differ in case alone, and values that AWS does not take", () => {
    expect(faultsWith("extra-tags", { Team: "a", team: "b" })).to.deep.equal([
      'the name of extra-tags.team is "team": is a tag already, in this or another case (Team); choose another name',
    ]);
    expect(faultsWith("extra-tags", { Team: 7 })).to.deep.equal([
      "extra-tags.Team is 7: must be a string; put it in quotes",
    ]);
    const long = "x".repeat(257);
    expect(faultsWith("extra-tags", { Team: long })).to.deep.equal([`extra-tags.Team is "${long}": ${TAG_VALUE}`]);
  });

  it("take 40 extra tags and no more, so that a resource of AWS has at most 50", () => {
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, "x"]));
    expect(faultsWith("extra-tags", tags(40))).to.deep.equal([]);
    expect(faultsWith("extra-tags", tags(41))).to.deep.equal([
      'extra-tags is "41 tags": must have at most 40: AWS allows 50 tags per resource, ' +
        "and 10 are kept for those of the program and of EKS",
    ]);
  });

  it("take the values that AWS and EKS allow at their limits", () => {
    for (const [key, value] of [
      ["prefix", "a".repeat(MAX_PREFIX)],
      ["owner", "x".repeat(256)],
      ["extra-tags", {}],
      ["kubernetes-service-cidr", "192.168.255.0/24"],
      ["kubernetes-service-cidr", "172.16.0.0/12"],
    ] as const) {
      expect(faultsWith(key, value), key).to.deep.equal([]);
    }
  });

  it("name a network that overlaps the CIDR of Kubernetes services, whichever it is", () => {
    expect(faultsWith("kubernetes-service-cidr", "10.0.0.0/14")).to.deep.equal(
      ALL_NETWORKS.map(
        (name, index) =>
          `networks.${name}.cidr is "10.${index}.0.0/16": overlaps kubernetes-service-cidr, 10.0.0.0/14; ` +
          "choose another /16, or another kubernetes-service-cidr before the first cluster",
      ),
    );
  });
});

/** Longest names that AWS allows, and their form (the services' API references). */
const LIMITS: readonly (readonly [what: string, make: (prefix: string, network: string) => string, form: RegExp])[] = [
  ...(["access", "preview", "records"] as const).map(
    (role) => [`IAM role ${role}`, (p: string, n: string) => hubRoleNames(p, n)[role], /^[\w+=,.@-]{1,64}$/] as const,
  ),
  ["IAM role session", hubSessionName, /^[\w+=,.@-]{2,64}$/],
  ["EKS cluster", clusterName, /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/],
  ["SQS queue", clusterName, /^[A-Za-z0-9_-]{1,80}$/],
  ["KMS alias", (p, n) => `alias/${clusterName(p, n)}`, /^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/],
  ["SNS topic", (p) => eventsTopicName(p), /^[A-Za-z0-9_-]{1,256}$/],
  ["Glue database", (p) => logDatabaseName(p), /^[a-z][a-z0-9_]{0,254}$/],
  ["Athena workgroup", (p) => logWorkgroupName(p), /^[a-zA-Z0-9._-]{1,128}$/],
  ["SSM parameter", (p, n) => `${parameterPath(p, n)}/deletion-guard`, /^\/(?!aws|ssm)[a-zA-Z0-9_.\-/]{1,1010}$/],
  ["environment variable", (p) => hubAccessVariable(p), /^[A-Z][A-Z0-9_]*$/],
];

describe("every name that is made from a prefix", () => {
  const letter = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz");
  const name = (longest: number): fc.Arbitrary<string> =>
    fc
      .tuple(letter, fc.string({ unit: fc.constantFrom(..."abcxyz019-"), maxLength: longest - 2 }), letter)
      .map((parts) => parts.join(""));

  it("is one that AWS takes, for all prefixes and networks that are taken", () => {
    fc.assert(
      fc.property(name(MAX_PREFIX), name(MAX_NETWORK_NAME), (prefix, network) => {
        fc.pre(faultsWith("prefix", prefix).length === 0);
        for (const [what, make, form] of LIMITS) expect(make(prefix, network), what).to.match(form);
      }),
    );
  });

  it("fits at the longest prefix and network, and no longer prefix would", () => {
    const longest = Object.values(hubRoleNames("p".repeat(MAX_PREFIX), "n".repeat(MAX_NETWORK_NAME)));
    expect(Math.max(...longest.map((each) => each.length))).to.equal(64);
  });

  it("has the default's form, which deployed networks have", () => {
    expect(LIMITS.map(([, make]) => make("piksel", "dev"))).to.deep.equal([
      "piksel-spoke-access-dev",
      "piksel-spoke-preview-dev",
      "piksel-dns-records-dev",
      "piksel-dev",
      "piksel-dev",
      "piksel-dev",
      "alias/piksel-dev",
      "piksel-network-events",
      "piksel_logs",
      "piksel-logs",
      "/piksel/dev/deletion-guard",
      "PIKSEL_HUB_ACCESS",
    ]);
    expect(deploymentRoleName("piksel-network", "dev")).to.equal("piksel-network-dev-deployment");
  });
});
