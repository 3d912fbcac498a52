import * as pulumi from "@pulumi/pulumi";
import { ContractError } from "./hub-contract";

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
  /** What launches nodes (the spoke's key `node-autoscaling`). */
  readonly nodeAutoscaling: "karpenter" | "auto";
  /** Present with `nodeAutoscaling` karpenter. */
  readonly karpenter?: KarpenterContract;
  /** Present with `nodeAutoscaling` auto. */
  readonly autoMode?: AutoModeContract;
}
