import type { PlatformContract } from "../components/platform-contract";
import { clusterOfContext, type ContextCluster, KubeconfigError } from "./kubeconfig";

/**
 * Name of the context by which the plugin finds the cluster in any kubeconfig: the cluster's ARN, as
 * `aws eks update-kubeconfig` and the tunnel name it. The current context does not count, because a destroy or a refresh
 * does not run this program, and would delete objects of the same names in whatever cluster is current.
 */
export function contextName({ clusterArn }: PlatformContract): string {
  return clusterArn;
}

/**
 * Why the kubeconfig of this environment must not be used for a spoke, and what to do; undefined if it may be. Each
 * cluster has its own certificate authority, so it tells clusters apart, also through a tunnel.
 *
 * @param read returns the cluster of a context
 */
export function accessFault(
  contract: PlatformContract,
  read: (context: string) => ContextCluster = clusterOfContext,
): string | undefined {
  const { clusterName, network, region } = contract;
  const context = contextName(contract);
  const advice =
    `Run "npm run tunnel -- ${network}" in the folder of the network's Pulumi.yaml and the export line that it prints, ` +
    `or, where the cluster's private endpoint can be reached, "aws eks update-kubeconfig --region ${region} --name ${clusterName}".`;
  try {
    const { server, certificateAuthority } = read(context);
    if (isSame(certificateAuthority, contract.clusterCertificateAuthority)) return undefined;
    return (
      `The platform of ${network} needs the cluster ${clusterName}, and the kubeconfig's context ${context} is for ` +
      `another one (${server}): its certificate authority differs. ${advice}`
    );
  } catch (error) {
    if (!(error instanceof KubeconfigError)) throw error;
    return `The platform of ${network} needs the API of the cluster ${clusterName}, and ${error.message}. ${advice}`;
  }
}

/** Compares the certificates, since base64 may be broken into lines. */
function isSame(found: string | undefined, expected: string): boolean {
  const decoded = (text: string): string => Buffer.from(text, "base64").toString("utf8").trim();
  return found !== undefined && decoded(found) === decoded(expected);
}
