import { inShort } from "../../model/iam/document";
import { attribute, type ModelResource } from "../../model/resource";
import type { StackResources } from "../../model/stacks";
import { resourcesOfType, type Observation } from "../shared/check";

/** An AWS managed policy that some roles may have, and its purpose. */
interface Reviewed {
  readonly policy: string;
  /** Logical name of the attaching resource, without the network's name as prefix. */
  readonly name: RegExp;
  readonly reason: string;
}

const ON_NODES = /^-(?:karpenter-)?node-/;

/** AWS managed policies in use, each reviewed (AWS Managed Policy Reference). */
const REVIEWED: readonly Reviewed[] = [
  { policy: "AmazonEKSClusterPolicy", name: /^-eksRole-/, reason: "EKS control plane" },
  { policy: "AmazonEKSWorkerNodePolicy", name: ON_NODES, reason: "nodes join the cluster" },
  { policy: "AmazonEC2ContainerRegistryPullOnly", name: ON_NODES, reason: "nodes pull images" },
  { policy: "AmazonSSMManagedInstanceCore", name: ON_NODES, reason: "sessions on nodes without SSH" },
  { policy: "AmazonEKS_CNI_Policy", name: /^-vpc-cni-/, reason: "the VPC CNI assigns pod addresses" },
  {
    policy: "AmazonEBSCSIDriverEKSClusterScopedPolicy",
    name: /^-ebs-csi-/,
    reason: "the EBS CSI driver manages volumes of its cluster",
  },
];

/** Properties that attach managed policies: of attachments, roles and permission sets. */
const ATTACHES = new Set(["policyArn", "policyArns", "managedPolicyArn", "managedPolicyArns", "managedPolicies"]);

const MANAGED = /^arn:[^:]*:iam::[^:]*:policy\//;

/** A managed policy and the resource that attaches it. */
interface AttachedPolicy {
  readonly resource: ModelResource;
  readonly arn: string;
  /** Why the resource may have it; undefined: it is not on the reviewed list for the resource. */
  readonly reason: string | undefined;
}

/** Every attached managed policy of a stack, except the stack's own, which are checked as documents. */
export function attachedPolicies(stack: StackResources): AttachedPolicy[] {
  const own = new Set(
    resourcesOfType(stack, "aws:iam/policy:Policy").flatMap((each) => [each.id, attribute(each, "arn")]),
  );
  return stack.resources.flatMap((resource) =>
    arnsIn(resource)
      .filter((arn) => !own.has(arn))
      .map((arn) => ({ resource, arn, reason: reasonFor(stack.name, resource.name, arn) })),
  );
}

/** An attached managed policy must be on the reviewed list. */
export function observeAttached({ resource, arn, reason }: AttachedPolicy): Observation {
  const why = reason === undefined ? ", which is not on the reviewed list for it" : ` (${reason})`;
  return { passed: reason !== undefined, evidence: `${resource.name} attaches ${printable(arn)}${why}` };
}

function reasonFor(stack: string, resource: string, arn: string): string | undefined {
  return REVIEWED.find(({ policy, name }) => {
    const isPolicy = new RegExp(`^arn:aws(?:-cn|-us-gov)?:iam::aws:policy/(?:service-role/)?${policy}$`).test(arn);
    return isPolicy && resource.startsWith(stack) && name.test(resource.slice(stack.length));
  })?.reason;
}

function arnsIn({ type, inputs }: ModelResource): string[] {
  return Object.entries(inputs).flatMap(([property, value]) => {
    if (!ATTACHES.has(property)) return [];
    const values: unknown[] = Array.isArray(value) ? (value as unknown[]) : [value];
    // EKS access policies use the same property.
    const isIam = type.startsWith("aws:iam/") || values.some((each) => MANAGED.test(String(each)));
    return isIam ? values.filter((each) => typeof each === "string" && each !== "").map(String) : [];
  });
}

function printable(arn: string): string {
  return /^[\w:/.+=,@${}-]{1,120}$/.test(arn) ? arn : inShort(arn);
}
