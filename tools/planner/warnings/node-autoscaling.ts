import { listed } from "../../io/words";
import { isProperties } from "../../model/resource";
import { type ChangeWarning, nameOf, type StackChange, warning } from "../changes/changes";
import type { PlannedResource } from "../engine/resource";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const RUNBOOK = "docs/runbooks/switch-node-autoscaling.md";

/** A cluster that stays, before and after the change of what launches its nodes. */
interface Move {
  readonly cluster: PlannedResource;
  readonly name: string;
  readonly before: AutoMode;
  readonly after: AutoMode;
  /** Managed node groups. */
  readonly groups: Readonly<Record<"before" | "after", readonly PlannedResource[]>>;
}

/** Undefined: the program does not set it, which leaves it as it is. */
type AutoMode = boolean | undefined;

/** Consequences for workloads of another `node-autoscaling`. */
export function autoscalingWarnings(change: StackChange): ChangeWarning[] {
  return movesIn(change).flatMap((move) => [...turnedOn(move), ...turnedOff(move), ...withoutManagedNodes(move)]);
}

function movesIn({ resourcesBefore, resourcesAfter, changes }: StackChange): Move[] {
  const groups = {
    before: resourcesBefore.filter(({ type }) => type === NODE_GROUP),
    after: resourcesAfter.filter(({ type }) => type === NODE_GROUP),
  };
  const isReplaced = (cluster: PlannedResource): boolean =>
    changes.replace.some(({ name }) => name === `${CLUSTER}::${cluster.name}`);
  return resourcesAfter
    .filter((cluster) => cluster.type === CLUSTER && !isReplaced(cluster))
    .flatMap((cluster) => {
      const previous = resourcesBefore.find(({ type, name }) => type === CLUSTER && name === cluster.name);
      return previous === undefined
        ? []
        : [{ cluster, name: nameOf(cluster), before: autoMode(previous), after: autoMode(cluster), groups }];
    });
}

function autoMode({ inputs: { computeConfig } }: PlannedResource): AutoMode {
  return isProperties(computeConfig) ? computeConfig["enabled"] === true : undefined;
}

/** EKS Auto Mode beside managed nodes: the first step of a move, in either direction. */
function turnedOn({ cluster, name, before, after, groups }: Move): ChangeWarning[] {
  if (after !== true || groups.after.length === 0) return [];
  if (before === true && groups.before.length > 0) return [];
  const beside =
    before === true
      ? "Managed nodes and Karpenter are added beside EKS Auto Mode"
      : "EKS Auto Mode is turned on beside Karpenter";
  return [warning("note", `${beside} in ${name}, and no pod moves yet: ${RUNBOOK} has the next step.`, [cluster])];
}

function turnedOff({ cluster, name, before, after, groups }: Move): ChangeWarning[] {
  if (before !== true || after === true) return [];
  if (after === undefined) {
    return [
      warning(
        "lost",
        `EKS Auto Mode of ${name} stays on, because the AWS provider leaves it as it is where the program does not set it, ` +
          "while pulumi up deletes the role of its nodes and the policies with which EKS manages them. Its nodes lose their " +
          `pods and stay. Set node-autoscaling to karpenter-auto-off and run pulumi up before this change: see ${RUNBOOK}.`,
        [cluster],
      ),
    ];
  }
  const ends =
    `EKS turns EKS Auto Mode of ${name} off: it terminates every instance and deletes every load balancer that EKS Auto Mode ` +
    'created, and leaves the EBS volumes (Amazon EKS User Guide, "Disable EKS Auto Mode").';
  return [
    groups.before.length > 0
      ? warning("interrupted", `${ends} Move the pods and load balancers first: see ${RUNBOOK}.`, [cluster])
      : warning(
          "lost",
          `${ends} There are no other nodes yet. Set node-autoscaling to karpenter-and-auto and run pulumi up before this ` +
            `change: see ${RUNBOOK}.`,
          [cluster],
        ),
  ];
}

function withoutManagedNodes({ cluster, name, before, after, groups }: Move): ChangeWarning[] {
  if (after !== true || groups.before.length === 0 || groups.after.length > 0) return [];
  const gone = listed(groups.before.map((group) => group.name));
  const resources = [cluster, ...groups.before];
  const volumes =
    "A pod with a volume of the EBS CSI driver starts only after its volume has moved to EKS Auto Mode (Amazon EKS User " +
    'Guide, "Prepare for EKS Auto Migration").';
  if (before === true) {
    return [
      warning(
        "interrupted",
        `EKS drains and deletes the managed nodes of ${gone}, and Karpenter loses its permissions. Before this change, the ` +
          `nodes that Karpenter launched must be gone, and load balancers and volumes must have moved: see ${RUNBOOK}. ${volumes}`,
        resources,
      ),
    ];
  }
  return [
    warning(
      "lost",
      `Nodes that Karpenter launched in ${name} lose their role and their access to the cluster: their pods are lost without ` +
        "being drained, and the instances stay, incur charges and block the deletion of subnets. EKS also drains and deletes " +
        `the managed nodes of ${gone}. Set node-autoscaling to karpenter-and-auto and run pulumi up before this change: see ` +
        `${RUNBOOK}. ${volumes}`,
      resources,
    ),
  ];
}
