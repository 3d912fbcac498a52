import { decodeSettings, type RawConfig } from "../../../components/settings/decode";
import { ConfigurationError } from "../../../components/settings/faults";

/** Configuration as a person thinks of it: lists and objects not yet text. */
export interface Config {
  stack: string;
  region: string | undefined;
  values: Record<string, unknown>;
}

/** Accounts of the good register, by network. */
const ACCOUNTS: Readonly<Record<string, string>> = {
  hub: "111111111111",
  dev: "222222222222",
  staging: "333333333333",
  prod: "444444444444",
};

/** Configuration without a fault, in which no value is a default; a new one at each call, to be bent. */
export function goodConfig(stack = "dev"): Config {
  return {
    stack,
    region: "ap-southeast-3",
    values: {
      networks: {
        hub: { cidr: "10.0.0.0/16", account: ACCOUNTS["hub"] },
        dev: { cidr: "10.1.0.0/16", account: ACCOUNTS["dev"] },
        staging: { cidr: "10.2.0.0/16", account: ACCOUNTS["staging"] },
        prod: { cidr: "10.3.0.0/16", account: ACCOUNTS["prod"] },
      },
      "address-space": "10.0.0.0/9",
      domain: "net.example.org",
      prefix: "acme-net",
      owner: "Team A: networks@example.org",
      "extra-tags": { CostCenter: "4711", "acme:tier": "" },
      connections: [],
      sites: {},
      "security-group-references": false,
      "az-count": 3,
      "availability-zones": ["a", "b", "c"].map((letter) => `ap-southeast-3${letter}`),
      egress: "zonal",
      "one-nat-per-az": false,
      "dns-resolver": "vpc",
      "dns-firewall": "block",
      "dns-firewall-domain-lists": ["rslvr-fdl-0a1b2c3d4e5f6071", "rslvr-fdl-4e96d4ce77f466b"],
      "dns-firewall-allowed-domains": ["api.example.com", "*.example.net"],
      protect: false,
      "permissions-boundary": `arn:aws:iam::${ACCOUNTS[stack] ?? "aws"}:policy/pulumi-deployments/${stack}-boundary`,
      alarms: true,
      "alarm-emails": ["network@example.org"],
      "alarm-topics": [],
      repositories: ["core", "team/app"],
      "image-publishers": ["repo:acme/app:ref:refs/heads/main", "repo:acme@123/web@456:ref:refs/tags/v*"],
      "shared-endpoints": ["ecr.api", "sts"],
      "share-with": ["arn:aws:organizations::111111111111:organization/o-a1b2c3d4e5"],
      "inbound-resolver": true,
      "forward-domains": {},
      "flow-log-retention-days": 30,
      "transit-flow-logs": false,
      "central-egress": true,
      inspection: true,
      "inspection-rule-groups": ["MalwareDomains", "ThreatSignaturesBotnetWeb"],
      "inspection-domains": [".ap-southeast-3.amazonaws.com", "example.com"],
      "kubernetes-version": "1.35",
      "kubernetes-service-cidr": "10.200.0.0/20",
      cluster: true,
      "cluster-admins": ["arn:aws:iam::222222222222:role/admin", "arn:aws:iam::222222222222:role/ops/on-call"],
      "cluster-private-access-cidrs": ["10.0.0.0/16", "192.168.20.0/24"],
      "cluster-public-access-cidrs": ["203.0.113.0/24"],
      "internet-load-balancers": true,
      "node-autoscaling": "auto",
      "node-instance-types": ["m7g.large", "m7g.metal-16xl"],
      "node-count": 4,
      "hub-stack": "acme/piksel-network/hub",
    },
  };
}

/** The configuration as the Pulumi CLI hands it over: text, and nothing for a key that is undefined. */
export function raw({ stack, region, values }: Config): RawConfig {
  const texts = Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [[key, typeof value === "string" ? value : JSON.stringify(value)] as const];
  });
  return { stack, project: "piksel-network", region, values: Object.fromEntries<string>(texts) };
}

/** The faults for which a configuration is refused; none if it is valid. */
export function faultsOf(config: Config): readonly string[] {
  try {
    decodeSettings(raw(config));
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
  return [];
}
