import { UserError } from "../io/errors";
import type { Target } from "./target";

/**
 * The JSON that an AWS CLI command prints.
 *
 * @param action the IAM action, such as `ec2:DescribeInstances`
 * @throws UserError with the reason of a failure
 */
export type AskAws = (action: string, words: readonly string[]) => Promise<unknown>;

/** Most values of a filter (AWS Systems Manager API Reference, `InstanceInformationStringFilter`). */
const MOST_VALUES = 100;

/**
 * An instance through which the tunnel leads: a running node of a managed node group whose SSM Agent is online.
 *
 * The security group of the API admits the cluster's own nodes, so each of them can forward.
 *
 * @param named instance to use instead
 * @throws UserError if there is none
 */
export async function findNode(target: Target, named: string | undefined, ask: AskAws): Promise<string> {
  const { cluster, region } = target;
  const candidates = named === undefined ? await managedNodes(cluster, ask) : [named];
  if (candidates.length === 0) throw new UserError(noNodes(target));
  const [node] = await online(candidates, ask);
  if (node !== undefined) return node;
  throw new UserError(
    named === undefined
      ? `No managed node of ${cluster} is online in Systems Manager (${candidates.join(", ")}): ` +
          "wait until the nodes are ready, or name another instance with --node."
      : `The instance ${named} is not online in Systems Manager in ${region}: ` +
          "it needs the SSM Agent, the permissions of AmazonSSMManagedInstanceCore and a path to Systems Manager.",
  );
}

/** Running nodes of the managed node groups, which EKS tags with the name of the cluster. */
async function managedNodes(cluster: string, ask: AskAws): Promise<string[]> {
  const filters = [`Name=tag:eks:cluster-name,Values=${cluster}`, "Name=instance-state-name,Values=running"];
  const query = ["--filters", ...filters, "--query", "Reservations[].Instances[].InstanceId"];
  const ids = await ask("ec2:DescribeInstances", ["ec2", "describe-instances", ...query]);
  return [...(ids as string[])].sort();
}

async function online(ids: readonly string[], ask: AskAws): Promise<string[]> {
  const filters = [`Key=InstanceIds,Values=${ids.slice(0, MOST_VALUES).join(",")}`, "Key=PingStatus,Values=Online"];
  const query = ["--filters", ...filters, "--query", "InstanceInformationList[].InstanceId"];
  const found = await ask("ssm:DescribeInstanceInformation", ["ssm", "describe-instance-information", ...query]);
  return [...(found as string[])].sort();
}

function noNodes({ cluster, isAutoMode }: Target): string {
  const instead = "name another instance that reaches the API with --node";
  return isAutoMode
    ? `${cluster} has no managed nodes, and the nodes of EKS Auto Mode do not allow Session Manager: ${instead}.`
    : `${cluster} has no running managed node: wait until the node groups are ACTIVE, or ${instead}.`;
}
