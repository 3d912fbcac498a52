import type { EstateStack } from "../model/estate";
import { attribute, type ModelResource } from "../model/resource";
import { inShort } from "../model/iam/not-understood";
import type { Seen } from "./check";

/** A managed policy of AWS's own that may hang on some roles, and what it is there for. */
interface Reviewed {
  readonly policy: string;
  /** Name of what attaches it, without the network's in front. */
  readonly name: RegExp;
  readonly reason: string;
}

const ON_NODES = /^-(?:karpenter-)?node-/;

/** Policies of AWS's own that are in use, each read (AWS Managed Policy Reference). */
const REVIEWED: readonly Reviewed[] = [
  { policy: "AmazonEKSClusterPolicy", name: /^-eksRole-/, reason: "the control plane" },
  { policy: "AmazonEKSWorkerNodePolicy", name: ON_NODES, reason: "nodes join their cluster" },
  { policy: "AmazonEC2ContainerRegistryPullOnly", name: ON_NODES, reason: "nodes pull images" },
  { policy: "AmazonSSMManagedInstanceCore", name: ON_NODES, reason: "sessions on nodes, without SSH" },
  { policy: "AmazonEKS_CNI_Policy", name: /^-vpc-cni-/, reason: "the CNI gives out addresses" },
  {
    policy: "AmazonEBSCSIDriverEKSClusterScopedPolicy",
    name: /^-ebs-csi-/,
    reason: "the CSI driver makes volumes of its cluster",
  },
];

/** Properties that attach managed policies: of attachments of every kind, of roles, and of permission sets. */
const ATTACHES = new Set(["policyArn", "policyArns", "managedPolicyArn", "managedPolicyArns", "managedPolicies"]);

const MANAGED = /^arn:[^:]*:iam::[^:]*:policy\//;

/** The managed policies that a stack attaches, wherever: those of AWS's own that are in use, or a stack's own. */
export function attachedIn({ name: stack, resources }: EstateStack): Seen[] {
  // What is in a policy of the stack's own is judged as a document.
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
        const why = reviewed === undefined ? ", which nobody has reviewed for it" : ` (${reviewed.reason})`;
        return { passed: reviewed !== undefined, evidence: `${resource.name} attaches ${shown(arn)}${why}` };
      }),
  );
}

function arnsIn({ type, inputs }: ModelResource): string[] {
  return Object.entries(inputs).flatMap(([property, value]) => {
    if (!ATTACHES.has(property)) return [];
    const values: unknown[] = Array.isArray(value) ? (value as unknown[]) : [value];
    // EKS has access policies of its own by the same property.
    const isIam = type.startsWith("aws:iam/") || values.some((each) => MANAGED.test(String(each)));
    return isIam ? values.filter((each) => typeof each === "string" && each !== "").map(String) : [];
  });
}

function shown(arn: string): string {
  return /^[\w:/.+=,@${}-]{1,120}$/.test(arn) ? arn : inShort(arn);
}
