import type * as pulumi from "@pulumi/pulumi";
import {
  checkForm,
  ContractError,
  type ContractForm,
  isList,
  isMap,
  isMapWith,
  isOptional,
  isString,
  readOutput,
  type Written,
} from "./contract";

/** Version of the contract that this program writes and reads. It rises when a field is added, removed or changed. */
export const PLATFORM_CONTRACT_VERSION = 1;

/** What Karpenter's chart, node class and node pools need. */
export interface KarpenterContract {
  /** Name of the queue of interruption events. */
  readonly queueName: string;
  /** Instance profile of the nodes that Karpenter launches. */
  readonly instanceProfile: string;
  /** Image of the nodes, `al2023@vYYYYMMDD`: the release that the managed nodes boot. */
  readonly amiAlias: string;
}

/** What the node class of EKS Auto Mode needs. */
export interface AutoModeContract {
  /** Name of the IAM role of the nodes that EKS Auto Mode launches. */
  readonly nodeRoleName: string;
}

/** Everything that `platform/` knows of a spoke: the stack output `platform`. */
export interface PlatformContract {
  readonly version: number;
  /** Name of the spoke's network, which is also that of its stack. */
  readonly network: string;
  readonly region: string;
  /** AWS account of the spoke. */
  readonly account: string;
  readonly clusterName: string;
  readonly clusterArn: string;
  /** URL of the Kubernetes API, `https://...`. */
  readonly clusterEndpoint: string;
  /** Certificate authority of the Kubernetes API: PEM in base64, as in a kubeconfig. */
  readonly clusterCertificateAuthority: string;
  /** `MAJOR.MINOR`. */
  readonly kubernetesVersion: string;
  readonly vpcId: string;
  /** IPv4 CIDR of the VPC, in which load balancers have their addresses. */
  readonly vpcCidr: string;
  /** IPv4 address of DNS in the cluster, which pods have as their name server. */
  readonly dnsAddress: string;
  /** Availability Zones of the spoke's subnets, in order. */
  readonly zones: readonly string[];
  /** Domain of the spoke's own hosted zone, `NAME.DOMAIN`. */
  readonly domain: string;
  /** Hub's image registry, `ACCOUNT.dkr.ecr.REGION.amazonaws.com`. */
  readonly registry: string;
  /** Tags of every resource of the spoke, for what controllers create in AWS. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether load balancers may face the internet (the spoke's key `internet-load-balancers`). */
  readonly internetLoadBalancers: boolean;
  /** Present, and true, where the private subnets have no path to the internet. */
  readonly isolated?: boolean;
  /** What launches nodes, the main one where a cluster moves from one to the other and has both. */
  readonly nodeAutoscaling: "karpenter" | "auto";
  /** Present where Karpenter launches nodes. */
  readonly karpenter?: KarpenterContract;
  /** Present where EKS Auto Mode launches nodes. */
  readonly autoMode?: AutoModeContract;
}

/** The contract as a spoke exports it. */
export type PlatformContractOutput = Written<PlatformContract>;

const AUTOSCALING: readonly unknown[] = ["karpenter", "auto"] satisfies PlatformContract["nodeAutoscaling"][];
const KARPENTER = ["queueName", "instanceProfile", "amiAlias"] satisfies (keyof KarpenterContract)[];
const AUTO_MODE = ["nodeRoleName"] satisfies (keyof AutoModeContract)[];

const FORM: ContractForm<PlatformContract> = {
  writer: "spoke",
  version: PLATFORM_CONTRACT_VERSION,
  shapes: {
    version: Number.isInteger,
    network: isString,
    region: isString,
    account: isString,
    clusterName: isString,
    clusterArn: isString,
    clusterEndpoint: isString,
    clusterCertificateAuthority: isString,
    kubernetesVersion: isString,
    vpcId: isString,
    vpcCidr: isString,
    dnsAddress: isString,
    zones: isList,
    domain: isString,
    registry: isString,
    tags: isMap,
    internetLoadBalancers: (value) => typeof value === "boolean",
    isolated: isOptional((value) => typeof value === "boolean"),
    nodeAutoscaling: (value) => AUTOSCALING.includes(value),
    karpenter: isOptional(isMapWith(KARPENTER)),
    autoMode: isOptional(isMapWith(AUTO_MODE)),
  },
};

/** What the platform of a spoke compares the contract with. */
export interface ExpectedPlatform {
  /** Stack that exports the contract, `ORG/PROJECT/STACK`, for messages. */
  readonly spokeStack: string;
  /** Name of the network for which the platform is. */
  readonly network: string;
}

/**
 * Reads a spoke's contract. The values are plain, because they decide which resources exist.
 *
 * @throws ContractError
 */
export async function readPlatformContract(
  spoke: pulumi.StackReference,
  expected: ExpectedPlatform,
): Promise<PlatformContract> {
  return checkPlatformContract(await readOutput(spoke, "platform"), expected);
}

/**
 * Checks what a spoke exported.
 *
 * @throws ContractError with a sentence that says what to do
 */
export function checkPlatformContract(exported: unknown, { spokeStack, network }: ExpectedPlatform): PlatformContract {
  const update = `run "pulumi up --stack ${spokeStack}" with this version of the program, then this stack again`;
  const absence =
    `The stack ${spokeStack} has no output "platform": if cluster is false in the spoke, there is nothing to install; ` +
    `if not, ${update}.`;
  const found = checkForm(exported, FORM, { reader: `the platform of ${network}`, absence, update });
  if (found.network !== network) {
    throw new ContractError(
      `The stack ${spokeStack} is the network ${found.network}, and this stack is the platform of ${network}: ` +
        `read the stack of ${network}, or select the platform's stack of ${found.network}.`,
    );
  }
  const needed = found.nodeAutoscaling === "karpenter" ? "karpenter" : "autoMode";
  if (found[needed] === undefined) {
    throw new ContractError(
      `The spoke's contract has node-autoscaling ${found.nodeAutoscaling} and lacks ${needed}: ${update}.`,
    );
  }
  refuseForeignCluster(found, spokeStack);
  return found;
}

/**
 * Refuses a cluster in another account or Region than the contract's own: anyone who can write the spoke's state could
 * direct the platform, and the credentials of whoever deploys it, to another cluster.
 *
 * @throws ContractError
 */
function refuseForeignCluster(
  { region, account, clusterName, clusterArn }: PlatformContract,
  spokeStack: string,
): void {
  if (clusterArn === `arn:aws:eks:${region}:${account}:cluster/${clusterName}`) return;
  throw new ContractError(
    `The contract of ${spokeStack} names the cluster ${clusterArn}, which is not the cluster ${clusterName} in the ` +
      `account ${account} and Region ${region}. Find out who wrote that output before you deploy anything.`,
  );
}
