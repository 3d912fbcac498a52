import { givenSid, keysInPlaceOf } from "../../components/members";
import { type IamStatement, inShort } from "../model/iam/document";
import { hasWildcard, like } from "../model/iam/matching";
import { dangerousActions, isEveryResource, restrictingKeys } from "../model/iam/permissions";
import { attribute, isProperties, knows, type ModelResource, type StackResources, text } from "../model/resource";
import { finding, type NetworkCheck, type Observation, resourcesOfType } from "./shared/check";
import { isEverybody, readPolicies, unreadablePolicies } from "./shared/policies";
import { ALLOWED_WILDCARDS, type AllowedWildcard } from "./wildcards/allowed-wildcards";

export const wildcardsAreAllowlisted: NetworkCheck = {
  name: "wildcards-are-allowlisted",
  sentence: "No policy allows any principal, action or resource, except on a reviewed allowlist.",
  check(stack) {
    const observations = [
      ...unreadablePolicies(stack.resources).map(({ resource, path, reason }) => ({
        passed: false,
        evidence: `${resource.name}, ${path}: the policy cannot be read, ${reason}`,
      })),
      ...openStatements(stack).map(observeStatement),
      ...attachedPolicies(stack).map(observeAttached),
      ...endpointsWithoutPolicy(stack),
    ];
    return finding(observations.length > 0 ? observations : [{ passed: true, evidence: "no policy has a wildcard" }]);
  },
};

/** An Allow statement with a wildcard, or with an action that leads to more rights. */
interface OpenStatement {
  readonly resource: ModelResource;
  readonly sid: string;
  /** Principal, Action, Resource, their negations, and dangerous actions by name. */
  readonly open: readonly string[];
  /** Condition keys that restrict it, sorted. */
  readonly keys: readonly string[];
  /** Its entry of the allowlist, if it has one. */
  readonly allowed: AllowedWildcard | undefined;
}

/** Every open statement in the policies of a stack. */
export function openStatements(stack: StackResources): OpenStatement[] {
  return readPolicies(stack.resources).flatMap(({ resource, document }) =>
    document.statements
      .filter(({ effect }) => effect === "Allow")
      .map((statement) => ({ statement, open: openElements(statement) }))
      .filter(({ open }) => open.length > 0)
      .map(({ statement, open }) => ({
        ...{ resource, sid: statement.sid, open, keys: [...restrictingKeys(statement)].sort() },
        allowed: ALLOWED_WILDCARDS.find((each) => allows(each, stack, resource, statement, open)),
      })),
  );
}

function observeStatement({ resource, sid, open, keys, allowed }: OpenStatement): Observation {
  const restriction = keys.length > 0 ? `restricted by ${keys.join(", ")}` : "no restricting condition";
  return {
    passed: allowed !== undefined,
    evidence: `${resource.name}, ${sid || "statement"}: open ${open.join(", ")}, ${restriction} (${allowed?.reason ?? "not on the allowlist"})`,
  };
}

/** Whether an entry of the allowlist covers a statement. */
function allows(
  allowed: AllowedWildcard,
  stack: StackResources,
  resource: ModelResource,
  statement: IamStatement,
  open: readonly string[],
): boolean {
  const { type, name } = resource;
  const { sid, actions, resources } = statement;
  const keys = restrictingKeys(statement).map((key) => key.toLowerCase());
  const restricts = (key: string): boolean => keysInPlaceOf(key).some((each) => keys.includes(each.toLowerCase()));
  return (
    allowed.type === type &&
    name.startsWith(stack.name) &&
    allowed.name.test(name.slice(stack.name.length)) &&
    allowed.sid === givenSid(sid) &&
    open.every((each) => allowed.open.includes(each)) &&
    allowed.conditions.every(restricts) &&
    actions.list.every((action) => allowed.actions.some((pattern) => like(pattern, action))) &&
    (allowed.resources === undefined || (resources?.list.every(allowed.resources(resource)) ?? true))
  );
}

/** The elements that an Allow statement leaves open. */
function openElements({ principals, actions, resources }: IamStatement): string[] {
  const isIdentityBased = principals === undefined;
  return [
    ...(principals?.isExcept === false && isEverybody({ principals }) ? ["Principal"] : []),
    // "Everything except" is wider than any list.
    ...(principals?.isExcept === true ? ["NotPrincipal"] : []),
    ...(actions.isExcept ? ["NotAction"] : []),
    ...(resources?.isExcept === true ? ["NotResource"] : []),
    ...(actions.list.some(hasWildcard) ? ["Action"] : []),
    ...(resources?.isExcept === false && resources.list.some(isEveryResource) ? ["Resource"] : []),
    // An identity-based policy must name resources; without them, its meaning is undefined.
    ...(isIdentityBased && resources === undefined ? ["Resource"] : []),
    // In a resource-based policy, actions concern only that resource, and the principals are checked above.
    ...(isIdentityBased && !actions.isExcept && !actions.list.some(hasWildcard)
      ? [...new Set(actions.list.flatMap(dangerousActions))]
      : []),
  ];
}

/** An endpoint without a policy allows every action to every principal (Amazon VPC User Guide, "Default endpoint policy"). */
function endpointsWithoutPolicy(stack: StackResources): Observation[] {
  return resourcesOfType(stack, "aws:ec2/vpcEndpoint:VpcEndpoint")
    .filter((endpoint) => ["Gateway", "Interface", ""].includes(text(endpoint, "vpcEndpointType")))
    .filter((endpoint) => knows(endpoint, "policy") && text(endpoint, "policy") === "")
    .filter(({ inputs }) => !isProperties(inputs["policy"]))
    .map(({ name }) => ({
      passed: false,
      evidence: `${name}: no endpoint policy, so open Principal, Action, Resource, no restricting condition`,
    }));
}

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
function observeAttached({ resource, arn, reason }: AttachedPolicy): Observation {
  const why = reason === undefined ? ", which is not on the reviewed list for it" : ` (${reason})`;
  return { passed: reason !== undefined, evidence: `${resource.name} attaches ${printable(arn)}${why}` };
}

function reasonFor(stack: string, resource: string, arn: string): string | undefined {
  return REVIEWED_POLICIES.find(({ policy, name }) => {
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

/** An AWS managed policy that some roles may have, and its purpose. */
interface ReviewedPolicy {
  readonly policy: string;
  /** Logical name of the attaching resource, without the network's name as prefix. */
  readonly name: RegExp;
  readonly reason: string;
}

const ON_NODES = /^-(?:auto-|karpenter-)?node-/;
const ON_CLUSTER = /^-eksRole-/;

/** AWS managed policies in use, each reviewed (AWS Managed Policy Reference). */
const REVIEWED_POLICIES: readonly ReviewedPolicy[] = [
  { policy: "AmazonEKSClusterPolicy", name: ON_CLUSTER, reason: "EKS control plane" },
  { policy: "AmazonEKSComputePolicy", name: ON_CLUSTER, reason: "EKS Auto Mode launches nodes of its cluster" },
  { policy: "AmazonEKSBlockStoragePolicy", name: ON_CLUSTER, reason: "EKS Auto Mode manages volumes of its cluster" },
  { policy: "AmazonEKSLoadBalancingPolicy", name: ON_CLUSTER, reason: "EKS Auto Mode makes load balancers" },
  { policy: "AmazonEKSNetworkingPolicy", name: ON_CLUSTER, reason: "EKS Auto Mode assigns pod addresses" },
  { policy: "AmazonEKSWorkerNodeMinimalPolicy", name: /^-auto-node-/, reason: "nodes fetch credentials for pods" },
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

function printable(arn: string): string {
  return /^[\w:/.+=,@${}-]{1,120}$/.test(arn) ? arn : inShort(arn);
}
