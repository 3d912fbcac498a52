import type { PlatformContract } from "../../components/platform-contract";
import { UserError } from "../io/errors";

/** The cluster that a tunnel leads to. */
export interface Target {
  readonly cluster: string;
  readonly region: string;
  /** Host name of the Kubernetes API, by which its certificate identifies it. */
  readonly host: string;
  /** Certificate authority of the Kubernetes API: PEM in base64. */
  readonly certificateAuthority: string;
  /** AWS account of the cluster. */
  readonly account: string;
  /** Whether EKS Auto Mode launches the nodes. */
  readonly isAutoMode: boolean;
}

/**
 * The cluster of a stack.
 *
 * @param text what `pulumi stack output --json` printed
 * @throws UserError for a stack that is not deployed, has no cluster, or was deployed by an earlier release
 */
export function targetOfOutputs(stack: string, text: string): Target {
  const outputs = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const update = `pulumi up --stack ${stack}`;
  if (Object.keys(outputs).length === 0) {
    throw new UserError(`The stack ${stack} has no outputs, because it is not deployed: run ${update} first.`);
  }
  const platform = outputs["platform"] as Partial<PlatformContract> | undefined;
  if (platform === undefined) {
    throw new UserError(
      outputs["clusterName"] === undefined
        ? `The stack ${stack} has no cluster: name the stack of a spoke with cluster: true.`
        : `The stack ${stack} has no output platform, because an earlier release deployed it: run ${update}, or pass --cluster.`,
    );
  }
  const { clusterName, region, clusterEndpoint, clusterCertificateAuthority, account, nodeAutoscaling } = platform;
  return target(`the output platform of the stack ${stack}`, {
    cluster: clusterName,
    region,
    endpoint: clusterEndpoint,
    certificateAuthority: clusterCertificateAuthority,
    account,
    isAutoMode: nodeAutoscaling === "auto",
  });
}

/** What the ARN of a cluster says, `arn:aws:eks:REGION:ACCOUNT:cluster/NAME`. */
export interface ClusterArn {
  readonly region: string;
  readonly account: string;
  readonly name: string;
}

export function parseClusterArn(arn: string): ClusterArn {
  const [, , , region = "", account = "", , name = ""] = arn.split(/[:/]/);
  return { region, account, name };
}

/** Parts of the answer of `eks:DescribeCluster`; a cluster that is being created has no endpoint yet. */
interface DescribedCluster {
  readonly cluster: {
    readonly name: string;
    readonly status: string;
    readonly endpoint?: string;
    readonly certificateAuthority?: { readonly data?: string };
    readonly computeConfig?: { readonly enabled?: boolean };
  };
}

/**
 * A cluster as EKS describes it.
 *
 * @throws UserError for a cluster whose API does not answer yet
 */
export function targetOfDescription({ region, account }: ClusterArn, answer: unknown): Target {
  const { name, status, endpoint, certificateAuthority, computeConfig } = (answer as DescribedCluster).cluster;
  if (endpoint === undefined || certificateAuthority?.data === undefined) {
    throw new UserError(`The cluster ${name} is ${status} and has no endpoint yet: wait until it is ACTIVE.`);
  }
  return target(`the description of the cluster ${name}`, {
    cluster: name,
    region,
    endpoint,
    certificateAuthority: certificateAuthority.data,
    account,
    isAutoMode: computeConfig?.enabled === true,
  });
}

interface Parts {
  readonly cluster: unknown;
  readonly region: unknown;
  readonly endpoint: unknown;
  readonly certificateAuthority: unknown;
  readonly account: unknown;
  readonly isAutoMode: boolean;
}

/** @throws UserError that names the part that is missing or has another form */
function target(
  source: string,
  { cluster, region, endpoint, certificateAuthority, account, isAutoMode }: Parts,
): Target {
  const text = (field: string, value: unknown): string => {
    if (typeof value === "string" && value !== "") return value;
    throw new UserError(`${capitalized(source)} has no ${field}: update the stack with this release.`);
  };
  return {
    cluster: text("name of the cluster", cluster),
    region: text("Region", region),
    host: hostOf(source, text("endpoint of the cluster", endpoint)),
    certificateAuthority: pem(source, text("certificate authority of the cluster", certificateAuthority)),
    account: text("account", account),
    isAutoMode,
  };
}

function hostOf(source: string, endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== "https:" || url.hostname === "") {
    throw new UserError(`${capitalized(source)} has the endpoint "${endpoint}": must be https://HOST.`);
  }
  return url.hostname;
}

function pem(source: string, base64: string): string {
  if (Buffer.from(base64, "base64").toString("latin1").includes("-----BEGIN CERTIFICATE-----")) return base64;
  throw new UserError(`${capitalized(source)} has a certificate authority that is not a certificate in base64.`);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
