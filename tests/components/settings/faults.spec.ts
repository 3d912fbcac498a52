import { expect } from "chai";
import { ConfigurationError } from "../../../components/settings/faults";
import { KNOWN_KEYS } from "../../../components/settings/fields";
import { type Config, faultsOf, goodConfig } from "./good-config";

/** The faults of a good configuration after `bend`. */
function faultsAfter(bend: (config: Config) => void): readonly string[] {
  const config = goodConfig();
  bend(config);
  return faultsOf(config);
}

const set =
  (key: string, value: unknown) =>
  (config: Config): void => {
    config.values[key] = value;
  };

const setNetwork =
  (name: string, network: unknown) =>
  ({ values }: Config): void => {
    values["networks"] = { ...(values["networks"] as object), [name]: network };
  };

const dev = (fields: object) => setNetwork("dev", { cidr: "10.1.0.0/16", account: "222222222222", ...fields });

const ZONE = "must be the name or AZ ID of an Availability Zone of ap-southeast-3, such as ap-southeast-3a";
const KNOWN_SERVICES =
  "must be a service whose private names are known, without com.amazonaws.REGION: application-autoscaling, " +
  "autoscaling, cloudformation, cloudtrail, config, ec2, ec2messages, ecr.api, ecr.dkr, eks, eks-auth, " +
  "elasticfilesystem, elasticloadbalancing, events, kinesis-firehose, kinesis-streams, kms, lambda, logs, monitoring, " +
  "sagemaker.api, sagemaker.runtime, secretsmanager, sns, sqs, ssm, ssmmessages, states, sts, xray";
const KUBERNETES =
  "must be a version in Amazon EKS's standard support, in quotes: " +
  '"1.34" (until 2026-12-02), "1.35" (until 2027-03-27), "1.36" (until 2027-08-02)';
/** That many CIDRs of one address each, below the three octets. */
const cidrs = (octets: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${octets}.${String(index)}/32`);
/** 40 of the 256 /8, none of them special. */
const SIXTH = Array.from({ length: 40 }, (_, index) => `${String(index + 20)}.0.0.0/8`);
/** A value as a message shows it. */
const shown = (value: unknown): string => `${JSON.stringify(value).slice(0, 400)}…`;
const NAME = "must be at most 20 lower case letters, digits and hyphens, with a letter first and no hyphen last";
const ACCOUNT = 'must be the 12 digits of an AWS account, in quotes, such as "222222222222"';
const DOMAIN =
  "must be two or more labels of at most 63 lower case letters, digits and hyphens, 232 characters in total, " +
  "such as acme.internal";
/** 232 characters, the most that a domain may have. */
const LONG_DOMAIN = `${"abcdefg.".repeat(28)}internal`;
const SPACE =
  "must be a /8 to /20 within 10.0.0.0/8, 172.16.0.0/12, 100.64.0.0/10, 192.168.0.0/16 (RFC 1918, RFC 6598)";
const REPOSITORY =
  "must be 2 to 256 lower case letters, digits and single . _ - / between them, with a letter first, such as team/app";
const PUBLISHER =
  "must be repo:ORG/REPO:CLAIM or repo:ORG@ID/REPO@ID:CLAIM without wildcards in ORG or REPO, " +
  "such as repo:acme/app:ref:refs/heads/main";
const BOUNDARY =
  "must be the ARN of a managed policy, such as arn:aws:iam::222222222222:policy/boundary, or empty for none";
const ROLE = "must be the ARN of an IAM role, such as arn:aws:iam::222222222222:role/admin";
const ORGANIZATION =
  "must be the ARN of an organization or an OU, such as arn:aws:organizations::111111111111:organization/o-a1b2c3d4e5";
const REGION = "must be the code of an AWS Region, for example: pulumi config set aws:region ap-southeast-3";

/** What is wrong, how to get there, and the one sentence that it gives. */
const FAULTS: readonly (readonly [title: string, bend: (config: Config) => void, fault: string])[] = [
  [
    "a stack that is no network",
    (config) => (config.stack = "qa"),
    'stack is "qa": not a network; networks are hub, dev, staging, prod; add networks.qa to Pulumi.yaml',
  ],
  ["no region", (config) => (config.region = undefined), `aws:region is missing: ${REGION}`],
  ["a bad region", (config) => (config.region = "jakarta"), `aws:region is "jakarta": ${REGION}`],

  [
    "a network's text that is no CIDR",
    dev({ cidr: "10.1.0.0" }),
    'networks.dev.cidr is "10.1.0.0": must be an IPv4 CIDR, such as 10.1.0.0/16',
  ],
  [
    "a network's IPv6 CIDR",
    dev({ cidr: "fd00::/16" }),
    'networks.dev.cidr is "fd00::/16": must be an IPv4 CIDR, such as 10.1.0.0/16',
  ],
  [
    "a network's CIDR that is no text",
    dev({ cidr: 10 }),
    "networks.dev.cidr is 10: must be an IPv4 CIDR, such as 10.1.0.0/16",
  ],
  [
    "a network without a CIDR",
    setNetwork("dev", { account: "222222222222" }),
    "networks.dev.cidr is missing: must be an IPv4 CIDR, such as 10.1.0.0/16",
  ],
  [
    "host bits in a network's CIDR",
    dev({ cidr: "10.1.2.3/16" }),
    'networks.dev.cidr is "10.1.2.3/16": has host bits set; the CIDR is 10.1.0.0/16',
  ],
  [
    "a network smaller than a /21",
    dev({ cidr: "10.1.0.0/22" }),
    'networks.dev.cidr is "10.1.0.0/22": must be a /16 to /21: the subnets of three Availability Zones do not fit in a /22',
  ],
  [
    "a network larger than a /16",
    dev({ cidr: "10.8.0.0/15" }),
    'networks.dev.cidr is "10.8.0.0/15": must be a /16 to /21: AWS allows no VPC larger than a /16',
  ],
  [
    "a /20 that begins between two",
    dev({ cidr: "10.1.8.0/20" }),
    'networks.dev.cidr is "10.1.8.0/20": has host bits set; the CIDR is 10.1.0.0/20',
  ],
  [
    "a /20 outside the address space",
    dev({ cidr: "10.128.16.0/20" }),
    'networks.dev.cidr is "10.128.16.0/20": outside the address space; choose a /20 within 10.0.0.0/9',
  ],
  [
    "networks of different sizes that overlap",
    dev({ cidr: "10.3.240.0/20" }),
    'networks.prod.cidr is "10.3.0.0/16": overlaps networks.dev.cidr, "10.3.240.0/20"; give one of the two another CIDR',
  ],
  [
    "a network outside the address space",
    dev({ cidr: "10.128.0.0/16" }),
    'networks.dev.cidr is "10.128.0.0/16": outside the address space; choose a /16 within 10.0.0.0/9',
  ],
  [
    "two networks on the same block",
    setNetwork("prod", { cidr: "10.1.0.0/16", account: "444444444444" }),
    'networks.prod.cidr is "10.1.0.0/16": overlaps networks.dev.cidr, "10.1.0.0/16"; give one of the two another CIDR',
  ],
  [
    "a network on the block of Kubernetes services",
    (config) => {
      config.values["address-space"] = "172.16.0.0/12";
      config.values["kubernetes-service-cidr"] = "172.20.0.0/16";
      config.values["networks"] = {
        hub: { cidr: "172.16.0.0/16", account: "111111111111" },
        dev: { cidr: "172.20.0.0/16", account: "222222222222" },
      };
    },
    'networks.dev.cidr is "172.20.0.0/16": overlaps kubernetes-service-cidr, 172.20.0.0/16; ' +
      "choose another /16, or another kubernetes-service-cidr before the first cluster",
  ],
  [
    "an account that is no number",
    dev({ account: "22222222222x" }),
    `networks.dev.account is "22222222222x": ${ACCOUNT}`,
  ],
  ["an account of 11 digits", dev({ account: "22222222222" }), `networks.dev.account is "22222222222": ${ACCOUNT}`],
  [
    "an account whose zero YAML dropped",
    dev({ account: 22222222222 }),
    `networks.dev.account is 22222222222: ${ACCOUNT}`,
  ],
  ["a network without an account", dev({ account: undefined }), `networks.dev.account is missing: ${ACCOUNT}`],
  [
    "an unknown field of a network",
    dev({ acount: "222222222222" }),
    'networks.dev.acount is "222222222222": not a field of a network; rename it to account, the nearest, or remove it',
  ],
  [
    "a network that is no object",
    setNetwork("late", "10.4.0.0/16"),
    'networks.late is "10.4.0.0/16": must be {cidr: 10.1.0.0/16, account: "222222222222"}',
  ],
  [
    "a network's name in upper case",
    setNetwork("QA", { cidr: "10.4.0.0/16", account: "555555555555" }),
    `the name of networks.QA is "QA": ${NAME}`,
  ],
  [
    "a network's name of 21 characters",
    setNetwork("a-name-of-twenty-one-", { cidr: "10.4.0.0/16", account: "555555555555" }),
    `the name of networks.a-name-of-twenty-one- is "a-name-of-twenty-one-": ${NAME}`,
  ],
  [
    "a network's name that is too long by one",
    setNetwork("abcdefghijklmnopqrstu", { cidr: "10.4.0.0/16", account: "555555555555" }),
    `the name of networks.abcdefghijklmnopqrstu is "abcdefghijklmnopqrstu": ${NAME}`,
  ],
  [
    "a register without a hub",
    set("networks", { dev: { cidr: "10.1.0.0/16", account: "222222222222" } }),
    "networks.hub is missing: every spoke attaches to the hub; add hub: {cidr: ..., account: ...}",
  ],
  [
    "a register that is no object",
    set("networks", ["hub", "dev"]),
    'networks is ["hub","dev"]: must be an object, KEY: VALUE on each line',
  ],
  [
    "a register that is no JSON",
    set("networks", "{hub"),
    'networks is "{hub": must be JSON; write it in Pulumi.yaml, or with pulumi config set --path',
  ],

  ["a public address space", set("address-space", "8.0.0.0/8"), `address-space is "8.0.0.0/8": ${SPACE}`],
  ["an address space of one network", set("address-space", "10.0.0.0/21"), `address-space is "10.0.0.0/21": ${SPACE}`],
  [
    "host bits in the address space",
    set("address-space", "10.1.0.0/8"),
    'address-space is "10.1.0.0/8": has host bits set; the CIDR is 10.0.0.0/8',
  ],
  [
    "an address space that is no CIDR",
    set("address-space", "ten"),
    'address-space is "ten": must be an IPv4 CIDR, such as 10.0.0.0/8',
  ],
  ["a domain of one label", set("domain", "internal"), `domain is "internal": ${DOMAIN}`],
  ["a domain of 233 characters", set("domain", `${LONG_DOMAIN}a`), `domain is "${LONG_DOMAIN}a": ${DOMAIN}`],
  ["a label of 64 characters", set("domain", `${"a".repeat(64)}.net`), `domain is "${"a".repeat(64)}.net": ${DOMAIN}`],
  ["a domain in upper case", set("domain", "Piksel.internal"), `domain is "Piksel.internal": ${DOMAIN}`],
  ["a domain with a dot at the end", set("domain", "piksel.internal."), `domain is "piksel.internal.": ${DOMAIN}`],

  ["too few zones", set("az-count", 1), "az-count is 1: must be a whole number from 2 to 3"],
  ["too many zones", set("az-count", 4), "az-count is 4: must be a whole number from 2 to 3"],
  ["a count that is no number", set("az-count", "three"), 'az-count is "three": must be a whole number from 2 to 3'],
  ["a count with a fraction", set("az-count", 2.5), 'az-count is "2.5": must be a whole number from 2 to 3'],
  [
    "more zones than are given",
    set("availability-zones", ["ap-southeast-3a", "ap-southeast-3b"]),
    "az-count is 3: availability-zones lists 2; list more, or none for REGION + a, b, c",
  ],
  [
    "a zone given twice",
    set("availability-zones", ["ap-southeast-3a", "ap-southeast-3b", "ap-southeast-3a"]),
    'availability-zones[2] is "ap-southeast-3a": the same as availability-zones[0]; remove one of the two',
  ],
  [
    "a zone of another region",
    set("availability-zones", ["ap-southeast-3a", "ap-southeast-1b", "ap-southeast-3c"]),
    'availability-zones[1] is "ap-southeast-1b": an Availability Zone of ap-southeast-1; ' +
      "must be one of aws:region ap-southeast-3, such as ap-southeast-3a",
  ],
  [
    "a Local Zone",
    set("availability-zones", ["ap-southeast-3a", "ap-southeast-3-bkk-1a", "ap-southeast-3c"]),
    'availability-zones[1] is "ap-southeast-3-bkk-1a": a Local or Wavelength Zone; ' +
      "must be an Availability Zone of ap-southeast-3, such as ap-southeast-3a",
  ],
  [
    "a zone's letter alone",
    set("availability-zones", ["a", "ap-southeast-3b", "ap-southeast-3c"]),
    `availability-zones[0] is "a": ${ZONE}`,
  ],
  [
    "a zone's id without its number",
    set("availability-zones", ["apse3-az", "ap-southeast-3b", "ap-southeast-3c"]),
    `availability-zones[0] is "apse3-az": ${ZONE}`,
  ],
  ["a flag that is no boolean", set("one-nat-per-az", "yes"), 'one-nat-per-az is "yes": must be true or false'],
  ["an unknown egress", set("egress", "nat"), 'egress is "nat": must be zonal, regional, hub or none'],
  ["an unknown resolver", set("dns-resolver", "google"), 'dns-resolver is "google": must be hub or vpc'],
  [
    "an unknown way to launch nodes",
    set("node-autoscaling", "fargate"),
    'node-autoscaling is "fargate": must be karpenter, auto, karpenter-and-auto, karpenter-to-auto, auto-to-karpenter or ' +
      "karpenter-auto-off",
  ],

  ["a repository in upper case", set("repositories", ["Core"]), `repositories[0] is "Core": ${REPOSITORY}`],
  ["a repository of one letter", set("repositories", ["c"]), `repositories[0] is "c": ${REPOSITORY}`],
  ["a repository with a digit first", set("repositories", ["1st"]), `repositories[0] is "1st": ${REPOSITORY}`],
  ["a repository with a slash at the end", set("repositories", ["team/"]), `repositories[0] is "team/": ${REPOSITORY}`],
  [
    "a repository of 257 characters",
    set("repositories", ["a".repeat(257)]),
    `repositories[0] is "${"a".repeat(257)}": ${REPOSITORY}`,
  ],
  [
    "a repository given twice",
    set("repositories", ["core", "core"]),
    'repositories[1] is "core": the same as repositories[0]; remove one of the two',
  ],
  [
    "an element that is no string",
    set("repositories", [7]),
    "repositories[0] is 7: must be a string; put it in quotes",
  ],
  [
    "a list that is none",
    set("repositories", { core: true }),
    'repositories is {"core":true}: must be a list of strings; write [] for an empty one',
  ],
  [
    "a publisher of any repository",
    set("image-publishers", ["repo:acme/*:*"]),
    `image-publishers[0] is "repo:acme/*:*": ${PUBLISHER}`,
  ],
  [
    "a publisher of any organization",
    set("image-publishers", ["repo:*/app:x"]),
    `image-publishers[0] is "repo:*/app:x": ${PUBLISHER}`,
  ],
  [
    "a publisher without a claim",
    set("image-publishers", ["repo:acme/app"]),
    `image-publishers[0] is "repo:acme/app": ${PUBLISHER}`,
  ],
  [
    "an endpoint's full name",
    set("shared-endpoints", ["com.amazonaws.ap-southeast-3.ecr.api"]),
    'shared-endpoints[0] is "com.amazonaws.ap-southeast-3.ecr.api": ' + KNOWN_SERVICES,
  ],
  [
    "an endpoint whose private names nobody has looked up",
    set("shared-endpoints", ["s3"]),
    'shared-endpoints[0] is "s3": ' + KNOWN_SERVICES,
  ],
  [
    "a repository where the cache makes its own",
    set("repositories", ["quay/app"]),
    'repositories[0] is "quay/app": quay is the prefix of images cached from quay.io; choose another first part',
  ],
  [
    "an endpoint given twice",
    set("shared-endpoints", ["ecr.api", "sts", "ecr.api"]),
    'shared-endpoints[2] is "ecr.api": the same as shared-endpoints[0]; remove one of the two',
  ],
  ["an account to share with", set("share-with", ["222222222222"]), `share-with[0] is "222222222222": ${ORGANIZATION}`],
  [
    "a share with an OU's id alone",
    set("share-with", ["arn:aws:organizations::111111111111:ou/ou-ab12-12345678"]),
    `share-with[0] is "arn:aws:organizations::111111111111:ou/ou-ab12-12345678": ${ORGANIZATION}`,
  ],
  [
    "no day of flow logs",
    set("flow-log-retention-days", 0),
    "flow-log-retention-days is 0: must be a whole number from 1 to 3650",
  ],
  [
    "more than ten years of flow logs",
    set("flow-log-retention-days", 3651),
    "flow-log-retention-days is 3651: must be a whole number from 1 to 3650",
  ],

  [
    "a Kubernetes version with a patch",
    set("kubernetes-version", "1.34.2"),
    `kubernetes-version is "1.34.2": ${KUBERNETES}`,
  ],
  [
    "a Kubernetes version whose support has ended",
    set("kubernetes-version", "1.33"),
    `kubernetes-version is "1.33": ${KUBERNETES}`,
  ],
  [
    "a permissions boundary by its name",
    set("permissions-boundary", "boundary"),
    `permissions-boundary is "boundary": ${BOUNDARY}`,
  ],
  [
    "a permissions boundary that is a role",
    set("permissions-boundary", "arn:aws:iam::222222222222:role/boundary"),
    `permissions-boundary is "arn:aws:iam::222222222222:role/boundary": ${BOUNDARY}`,
  ],
  [
    "a permissions boundary of another account",
    set("permissions-boundary", "arn:aws:iam::111111111111:policy/boundary"),
    'permissions-boundary is "arn:aws:iam::111111111111:policy/boundary": ' +
      "must be a policy of the stack's own account, 222222222222",
  ],
  [
    "an admin's session",
    set("cluster-admins", ["arn:aws:sts::222222222222:assumed-role/admin/jane"]),
    'cluster-admins[0] is "arn:aws:sts::222222222222:assumed-role/admin/jane": the ARN of one STS session; ' +
      "use the ARN of its role, arn:aws:iam::222222222222:role/admin, with its path",
  ],
  [
    "an admin that is a user",
    set("cluster-admins", ["arn:aws:iam::222222222222:user/jane"]),
    `cluster-admins[0] is "arn:aws:iam::222222222222:user/jane": ${ROLE}`,
  ],
  [
    "a public endpoint open to everybody",
    set("cluster-private-access-cidrs", ["203.0.113.0/24"]),
    'cluster-private-access-cidrs[0] is "203.0.113.0/24": must be within 10.0.0.0/8, 172.16.0.0/12, 100.64.0.0/10, ' +
      "192.168.0.0/16 (RFC 1918, RFC 6598); list CIDRs of the internet in cluster-public-access-cidrs",
  ],
  [
    "the Kubernetes API open to everybody",
    set("cluster-public-access-cidrs", ["0.0.0.0/0"]),
    'cluster-public-access-cidrs[0] is "0.0.0.0/0": would open the Kubernetes API to everybody; ' +
      "list your own CIDRs, or none for a private endpoint",
  ],
  // Review F12, M7.
  ...["0.0.0.0/1", "128.0.0.0/1", "8.0.0.0/6"].map(
    (cidr) =>
      [
        `the public access CIDR ${cidr}, a part of the internet`,
        set("cluster-public-access-cidrs", [cidr]),
        `cluster-public-access-cidrs[0] is "${cidr}": larger than a /8, the largest CIDR that is allowed; ` +
          "list your own CIDRs, or none for a private endpoint",
      ] as const,
  ),
  [
    "a sixth of the internet in parts",
    set("cluster-public-access-cidrs", SIXTH),
    `cluster-public-access-cidrs is ${shown(SIXTH)}: contains 16% of all IPv4 addresses, and at most a /8 ` +
      "(16,777,216 addresses) is allowed: list your own CIDRs, or none for a private endpoint",
  ],
  [
    "two CIDRs that together are more than a /8",
    set("cluster-public-access-cidrs", ["16.0.0.0/8", "17.0.0.0/24"]),
    'cluster-public-access-cidrs is ["16.0.0.0/8","17.0.0.0/24"]: contains 1% of all IPv4 addresses, and at most a /8 ' +
      "(16,777,216 addresses) is allowed: list your own CIDRs, or none for a private endpoint",
  ],
  ...(
    [
      ["10.0.0.0/8", "10.0.0.0/8 (private, RFC 1918)"],
      ["172.20.1.0/24", "172.16.0.0/12 (private, RFC 1918)"],
      ["172.0.0.0/8", "172.16.0.0/12 (private, RFC 1918)"],
      ["0.1.0.0/16", "0.0.0.0/8 (this network, RFC 791)"],
      ["169.254.169.254/32", "169.254.0.0/16 (link-local, RFC 3927)"],
      ["100.64.7.0/24", "100.64.0.0/10 (shared address space, RFC 6598)"],
      ["127.0.0.1/32", "127.0.0.0/8 (loopback, RFC 1122)"],
      ["198.19.0.0/16", "198.18.0.0/15 (benchmarking, RFC 2544)"],
      ["239.1.1.1/32", "224.0.0.0/4 (multicast, RFC 5771)"],
      ["255.255.255.255/32", "240.0.0.0/4 (reserved, RFC 1112)"],
    ] as const
  ).map(
    ([cidr, special]) =>
      [
        `the public access CIDR ${cidr}`,
        set("cluster-public-access-cidrs", [cidr]),
        `cluster-public-access-cidrs[0] is "${cidr}": overlaps ${special}, and nobody on the internet has such an ` +
          "address; list the public CIDRs that your networks use on the internet, and private ones in cluster-private-access-cidrs",
      ] as const,
  ),
  [
    "more public access CIDRs than EKS takes",
    set("cluster-public-access-cidrs", cidrs("203.0.113", 41)),
    `cluster-public-access-cidrs is ${shown(cidrs("203.0.113", 41))}: lists 41 CIDRs, and EKS accepts at most 40 for a cluster; ` +
      "merge adjacent CIDRs",
  ],
  [
    "more private access CIDRs than the security group has room for",
    set("cluster-private-access-cidrs", cidrs("10.0.0", 60)),
    `cluster-private-access-cidrs is ${shown(cidrs("10.0.0", 60))}: lists 60 CIDRs, and the cluster's security group has ` +
      "room for 59 (60 rules, of which EKS uses one); merge adjacent CIDRs",
  ],
  ...(
    [
      [
        "repo:acme/app:*",
        "a wildcard lets every matching claim push images; it is allowed only at the end of a tag, as in ref:refs/tags/v*",
      ],
      [
        "repo:acme/app:ref:refs/heads/*",
        "a wildcard lets every matching claim push images; it is allowed only at the end of a tag, as in ref:refs/tags/v*",
      ],
      [
        "repo:acme/app:ref:refs/tags/*",
        "a wildcard lets every matching claim push images; it is allowed only at the end of a tag, as in ref:refs/tags/v*",
      ],
      [
        "repo:acme/app:ref:refs/tags/v?",
        "a wildcard lets every matching claim push images; it is allowed only at the end of a tag, as in ref:refs/tags/v*",
      ],
      [
        "repo:acme/app:environment:prod*",
        "a wildcard lets every matching claim push images; it is allowed only at the end of a tag, as in ref:refs/tags/v*",
      ],
      ["repo:acme/app:pull_request", "a pull request runs code that nobody has reviewed, and could push images"],
      ["repo:acme/app:ref:refs/pull/1/merge", "not a claim of a branch, a tag or an environment"],
      ["repo:acme/app:x", "not a claim of a branch, a tag or an environment"],
    ] as const
  ).map(
    ([publisher, reason]) =>
      [
        `the publisher ${publisher}`,
        set("image-publishers", [publisher]),
        `image-publishers[0] is "${publisher}": ${reason}; ` +
          "choose ref:refs/heads/BRANCH, ref:refs/tags/TAG or environment:NAME",
      ] as const,
  ),
  // Review M6.
  [
    "an instance type without a generation",
    set("node-instance-types", ["mg.large"]),
    'node-instance-types[0] is "mg.large": must be an EC2 instance type, such as m7g.large',
  ],
  [
    "a network called as a property of every object",
    setNetwork("constructor", { cidr: "10.4.0.0/16", account: "555555555555" }),
    'the name of networks.constructor is "constructor": reserved by JavaScript; choose another name',
  ],
  [
    "more networks than the address space has room for",
    set(
      "networks",
      Object.fromEntries([["dev", {}], ...Array.from({ length: 9_999 }, (_, index) => [`n${index}`, {}])]),
    ),
    'networks is "…": an object of 10000 networks; at most 4096 networks, each a /21, fit in address-space 10.0.0.0/9; ' +
      "remove some, or choose a larger address space",
  ],
  [
    "a list that is too long",
    set(
      "repositories",
      Array.from({ length: 501 }, (_, index) => `r${index}`),
    ),
    'repositories is "…": a list of 501; must list at most 500',
  ],
  [
    "a public access CIDR that is none",
    set("cluster-public-access-cidrs", ["203.0.113.7"]),
    'cluster-public-access-cidrs[0] is "203.0.113.7": must be an IPv4 CIDR, such as 203.0.113.0/24',
  ],
  [
    "host bits in a public access CIDR",
    set("cluster-public-access-cidrs", ["203.0.113.7/24"]),
    'cluster-public-access-cidrs[0] is "203.0.113.7/24": has host bits set; the CIDR is 203.0.113.0/24',
  ],
  [
    "an instance type without a size",
    set("node-instance-types", ["m7g"]),
    'node-instance-types[0] is "m7g": must be an EC2 instance type, such as m7g.large',
  ],
  [
    "instance types of two architectures",
    set("node-instance-types", ["m7g.large", "m7i.large"]),
    'node-instance-types is ["m7g.large","m7i.large"]: m7g.large is arm64 and m7i.large is x86_64; ' +
      "the nodes boot one image, so list types of one architecture",
  ],
  ["no instance type", set("node-instance-types", []), "node-instance-types is []: must list at least 1"],
  ["no node", set("node-count", 0), "node-count is 0: must be a whole number from 1 to 100"],
  ["too many nodes", set("node-count", 101), "node-count is 101: must be a whole number from 1 to 100"],
  [
    "a hub stack without its project",
    set("hub-stack", "acme/hub"),
    'hub-stack is "acme/hub": must be ORG/PROJECT/STACK, or empty for the hub of this organization and project',
  ],
  [
    "an unknown key",
    set("az-cuont", "3"),
    'az-cuont is "3": not a key of piksel-network; rename it to az-count, the nearest, or remove it',
  ],
];

describe("configuration is refused for", () => {
  for (const [title, bend, fault] of FAULTS) {
    it(title, () => {
      expect(faultsAfter(bend)).to.deep.equal([fault]);
    });
  }

  for (const key of KNOWN_KEYS) {
    it(`a missing ${key}`, () => {
      expect(faultsAfter(set(key, undefined))).to.deep.equal([
        `${key} is missing: give it a default in Pulumi.yaml, or a value in this stack`,
      ]);
    });
  }

  it("a domain only from 233 characters on", () => {
    expect(LONG_DOMAIN).to.have.length(232);
    expect(faultsAfter(set("domain", LONG_DOMAIN))).to.deep.equal([]);
  });

  it("a network as large as the address space, and what then overlaps it", () => {
    const faults = faultsAfter((config) => {
      config.values["address-space"] = "10.0.0.0/16";
      config.values["networks"] = {
        hub: { cidr: "10.0.0.0/16", account: "111111111111" },
        dev: { cidr: "10.0.16.0/20", account: "222222222222" },
      };
    });
    expect(faults).to.deep.equal([
      'networks.hub.cidr is "10.0.0.0/16": the whole address space, so no other network fits; ' +
        "choose a smaller CIDR, or a larger address space",
      'networks.dev.cidr is "10.0.16.0/20": overlaps networks.hub.cidr, "10.0.0.0/16"; give one of the two another CIDR',
    ]);
  });

  it("thousands of networks with one CIDR, without a list of every pair", () => {
    const entries = Array.from({ length: 4000 }, (_, n) => [
      n === 0 ? "dev" : `n${n}`,
      { cidr: "10.1.0.0/21", account: "222222222222" },
    ]);
    const faults = faultsAfter(set("networks", Object.fromEntries(entries)));
    expect(faults.at(-1)).to.equal("and 51 more faults: correct these first");
  });

  it("every pair of networks that overlap", () => {
    const networks = {
      hub: { cidr: "10.0.0.0/16", account: "111111111111" },
      dev: { cidr: "10.0.0.0/16", account: "222222222222" },
      prod: { cidr: "10.0.128.0/17", account: "333333333333" },
    };
    expect(faultsAfter(set("networks", networks))).to.deep.equal([
      'networks.dev.cidr is "10.0.0.0/16": overlaps networks.hub.cidr, "10.0.0.0/16"; give one of the two another CIDR',
      'networks.prod.cidr is "10.0.128.0/17": overlaps networks.hub.cidr, "10.0.0.0/16"; give one of the two another CIDR',
      'networks.prod.cidr is "10.0.128.0/17": overlaps networks.dev.cidr, "10.0.0.0/16"; give one of the two another CIDR',
    ]);
  });
});

describe("a configuration error", () => {
  it("says how many faults there are, and lists each on a line", () => {
    const { message, name } = new ConfigurationError("dev", ["a is 1: no", "b is 2: no"]);
    expect(name).to.equal("ConfigurationError");
    expect(message).to.equal("The configuration of stack dev has 2 faults:\n  - a is 1: no\n  - b is 2: no");
  });

  it("speaks of one fault in the singular", () => {
    expect(new ConfigurationError("hub", ["a is 1: no"]).message).to.equal(
      "The configuration of stack hub has 1 fault:\n  - a is 1: no",
    );
  });
});
