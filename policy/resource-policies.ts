import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { HUB } from "../components/settings/networks";
import type { Properties } from "../tools/model/resource";
import { readKnown } from "./preview-model";
import type { PreviewedStack } from "./previewed-stack";

/** Reads the stack's configuration on demand: a policy pack is also loaded without a stack. */
export type ReadStack = () => PreviewedStack;

/** A resource that is about to be created or changed. */
type Requested = Pick<ResourceValidationArgs, "type" | "opts" | "props" | "provider">;

/** Finds the fault of a resource, as part of a sentence; undefined: none. */
type FindFault = (resource: Requested, stack: PreviewedStack) => string | undefined;

/**
 * Policies on resource options, which neither checks, plans nor exports include. They apply to single resources, so they
 * reject one before it is created or changed, even in an update without a preview.
 *
 * @param collect - receives the inputs of every resource, by URN
 */
export function resourcePolicies(
  readStack: ReadStack,
  collect: (urn: string, inputs: Properties) => void,
): ResourceValidationPolicy[] {
  const policy = (name: string, description: string, findFault: FindFault): ResourceValidationPolicy => ({
    name,
    description,
    enforcementLevel: "mandatory",
    validateResource(resource, reportViolation) {
      collect(resource.urn, resource.props);
      const fault = findFault(resource, readStack());
      if (fault !== undefined) reportViolation(`${resource.name} ${fault}`);
    },
  });
  return [
    policy(
      "hosted-zones-keep-their-vpcs",
      "Private hosted zones ignore changes of their VPCs, so an update keeps the associations.",
      zoneFault,
    ),
    policy(
      "deletion-protection-is-on",
      "Irreplaceable resources are protected from deletion unless the stack sets protect to false.",
      protectFault,
    ),
    policy(
      "accounts-are-explicit",
      "Every AWS resource uses a provider that is restricted to the stack's own account.",
      accountFault,
    ),
  ];
}

function zoneFault({ type, opts }: Requested): string | undefined {
  if (type !== "aws:route53/zone:Zone" || opts.ignoreChanges.includes("vpcs")) return undefined;
  return 'needs ignoreChanges: ["vpcs"]; otherwise the next update removes the association of every spoke';
}

/** Types that cannot be recreated with the same identity or content. */
const PROTECTED_TYPES: readonly string[] = [
  "aws:ec2transitgateway/transitGateway:TransitGateway",
  "aws:ecr/repository:Repository",
  "aws:kms/key:Key",
  "aws:route53/zone:Zone",
  "aws:s3/bucket:Bucket",
];

function protectFault({ type, opts, props }: Requested, { protect }: PreviewedStack): string | undefined {
  if (!protect) return undefined;
  if (PROTECTED_TYPES.includes(type)) {
    return opts.protect
      ? undefined
      : "needs protect: true; pass the stack's protect setting, or set it to false before a teardown";
  }
  // eks.Cluster does not pass protect to this child; EKS has its own deletion protection.
  if (type !== "aws:eks/cluster:Cluster") return undefined;
  const { properties, unknown } = readKnown(props);
  const isProtected = properties["deletionProtection"] === true || unknown.includes("deletionProtection");
  return isProtected ? undefined : "needs deletionProtection: true; set it in the arguments of eks.Cluster";
}

/** The only resource that a spoke creates in the hub account: a VPC association authorization. */
const CREATED_IN_HUB = "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization";

function accountFault({ type, provider }: Requested, { name, accountMap }: PreviewedStack): string | undefined {
  if (!type.startsWith("aws:")) return undefined;
  const allowed = provider === undefined ? [] : accountsOf(provider.props);
  if (allowed.length === 0) {
    const by = provider === undefined ? "no provider" : `the provider ${provider.name}`;
    return `uses ${by} without allowedAccountIds, so it could change any account that the credentials are for`;
  }
  const owner = type === CREATED_IN_HUB ? HUB : name;
  const own = accountMap.find((network) => network.name === owner)?.account ?? "";
  if (allowed.every((account) => account === own)) return undefined;
  return `may be created in account ${allowed.join(", ")}; the provider must allow only ${own}, the account of ${owner}`;
}

/** The engine stores provider inputs as JSON. */
function accountsOf(props: Properties): readonly string[] {
  const { allowedAccountIds: given } = readKnown(props).properties;
  const list: unknown = typeof given === "string" ? JSON.parse(given) : given;
  return Array.isArray(list) ? list.map(String) : [];
}
