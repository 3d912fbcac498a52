import type { PlatformContract } from "../../components/platform-contract";
import { deployPlatform } from "../../platform/program";
import { decodePlatformSettings, type PlatformSettings } from "../../platform/settings";
import { cloud } from "../../tools/planner/doubles/cloud";
import type { Json, PlannedResource } from "../../tools/planner/engine/resource";
import { type Registered, run } from "../../tools/planner/engine/run";

/** What any spoke exports. */
const bare = {
  version: 1,
  network: "dev",
  region: "ap-southeast-3",
  account: "222222222222",
  clusterName: "piksel-dev",
  clusterArn: "arn:aws:eks:ap-southeast-3:222222222222:cluster/piksel-dev",
  clusterEndpoint: "https://0123456789ABCDEF.gr7.ap-southeast-3.eks.amazonaws.com",
  clusterCertificateAuthority: Buffer.from("-----BEGIN CERTIFICATE-----\ndev\n").toString("base64"),
  kubernetesVersion: "1.35",
  vpcId: "vpc-0123456789abcdef0",
  vpcCidr: "10.1.0.0/16",
  dnsAddress: "172.20.0.10",
  zones: ["ap-southeast-3a", "ap-southeast-3b"],
  domain: "dev.piksel.internal",
  registry: "111111111111.dkr.ecr.ap-southeast-3.amazonaws.com",
  tags: { Project: "piksel", Environment: "dev" },
  internetLoadBalancers: false,
};
const autoMode = { nodeRoleName: "dev-auto-node-1234567" };

/** What the spoke dev exports. */
export const contract: PlatformContract = {
  ...bare,
  nodeAutoscaling: "karpenter",
  karpenter: { queueName: "piksel-dev", instanceProfile: "dev-karpenter-node-1234567", amiAlias: "al2023@v20260903" },
};
/** The same spoke with EKS Auto Mode. */
export const autoContract: PlatformContract = { ...bare, nodeAutoscaling: "auto", autoMode };
/** The same spoke while it changes from one to the other. */
export const bothContract: PlatformContract = { ...contract, autoMode };

/** Name of the platform's project. */
export const PROJECT = "piksel-platform";

/** Defaults of `platform/Pulumi.yaml`, which a fork may change. */
const DEFAULTS: Readonly<Record<string, Json>> = {
  "spoke-stack": "",
  "node-pools": { default: {} },
  namespaces: {},
  protect: true,
};

/** Configuration as the CLI passes it, as text. */
export function configOf(given: Readonly<Record<string, Json>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...DEFAULTS, ...given }).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

export function settingsOf(given: Readonly<Record<string, Json>> = {}): PlatformSettings {
  return decodePlatformSettings({ stack: "dev", project: PROJECT, values: configOf(given) });
}

/** What the program registers for a contract and a configuration. */
export function deployed(of: PlatformContract, given: Readonly<Record<string, Json>> = {}): Promise<Registered> {
  const settings = settingsOf(given);
  return run(() => Promise.resolve(deployPlatform(settings, of)), cloud({}), {
    project: PROJECT,
    stack: "dev",
    organization: "acme",
    config: {},
  });
}

/** Configuration with an entry of every kind, for the generated lists. */
export const SAMPLE: Readonly<Record<string, Json>> = {
  "node-pools": {
    default: {},
    batch: {
      capacity: ["spot", "on-demand"],
      architectures: ["amd64", "arm64"],
      "instance-categories": ["m"],
      "min-generation": 7,
      "cpu-limit": 32,
      "memory-limit-gib": 128,
      "expire-after": "168h",
      consolidation: "WhenEmpty",
      "consolidate-after": "5m",
      weight: 10,
      labels: { "acme.com/team": "batch" },
      taints: [{ key: "acme.com/batch", value: "true", effect: "NoSchedule" }],
    },
  },
  namespaces: { shop: {} },
};

/** Every resource of a platform, by what launches nodes: the lists in `tests/expected/`. */
export const PLATFORMS = { karpenter: contract, auto: autoContract } as const;

export function expectedPlatformFile(platform: keyof typeof PLATFORMS): string {
  return `tests/expected/platform-${platform}.yaml`;
}

export function find({ resources }: Registered, type: string, name: string): PlannedResource {
  const found = resources.find((resource) => resource.type === type && resource.name === name);
  if (found === undefined) throw new Error(`no ${type} ${name}`);
  return found;
}
