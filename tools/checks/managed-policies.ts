import type { StackResources } from "../model/stacks";
import { attribute, type ModelResource } from "../model/resource";
import { inShort } from "../model/iam/document";
import type { Seen } from "./check";

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

/** Checks every attached managed policy: it must be the stack's own or on the reviewed list. */
export function attachedIn({ name: stack, resources }: StackResources): Seen[] {
  // The stack's own policies are checked as documents.
  const own = new Set(
    resources
      .filter(({ type }) => type === "aws:iam/policy:Policy")
      .flatMap((each) => [each.id, attribute(each, "arn")]),
  );
  return resources.flatMap((resource) =>
    arnsIn(resource)
      .filter((arn) => !own.has(arn))
      .map((arn) => {
        const reviewed = REVIEWED.find(({ policy, name }) => {
          const isOf = new RegExp(`^arn:aws(?:-cn|-us-gov)?:iam::aws:policy/(?:service-role/)?${policy}$`).test(arn);
          return isOf && resource.name.startsWith(stack) && name.test(resource.name.slice(stack.length));
        });
        const why = reviewed === undefined ? ", which is not on the reviewed list for it" : ` (${reviewed.reason})`;
        return { passed: reviewed !== undefined, evidence: `${resource.name} attaches ${shown(arn)}${why}` };
      }),
  );
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

function shown(arn: string): string {
  return /^[\w:/.+=,@${}-]{1,120}$/.test(arn) ? arn : inShort(arn);
}
