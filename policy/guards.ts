import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { HUB } from "../components/settings/networks";
import type { Properties } from "../tools/model/resource";
import { known } from "./known";
import type { StackInPreview } from "./stack-in-preview";

/** Reads the stack's configuration on demand: a policy pack is also loaded without a stack. */
export type ReadStack = () => StackInPreview;

/** A resource that is about to be created or changed. */
type Requested = Pick<ResourceValidationArgs, "type" | "opts" | "props" | "provider">;

/** The fault of a resource, as part of a sentence; undefined: none. */
type Fault = (resource: Requested, stack: StackInPreview) => string | undefined;

/**
 * Policies on resource options, which neither checks, plans nor exports include. They apply to single resources, so they
 * refuse one before it is created or changed, even in an update without a preview.
 *
 * @param note - receives the inputs of every resource, by URN
 */
export function guards(
  readStack: ReadStack,
  note: (urn: string, asked: Properties) => void,
): ResourceValidationPolicy[] {
  const guard = (name: string, description: string, fault: Fault): ResourceValidationPolicy => ({
    name,
    description,
    enforcementLevel: "mandatory",
    validateResource(resource, reportViolation) {
      note(resource.urn, resource.props);
      const found = fault(resource, readStack());
      if (found !== undefined) reportViolation(`${resource.name} ${found}`);
    },
  });
  return [
    guard(
      "hosted-zones-keep-their-vpcs",
      "Private hosted zones ignore changes of their VPCs, so an update keeps the associations.",
      zoneFault,
    ),
    guard(
      "deletion-protection-is-on",
      "Irreplaceable resources are protected from deletion unless the stack sets protect to false.",
      protectFault,
    ),
    guard(
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
const GUARDED: readonly string[] = [
  "aws:ec2transitgateway/transitGateway:TransitGateway",
  "aws:ecr/repository:Repository",
  "aws:kms/key:Key",
  "aws:route53/zone:Zone",
  "aws:s3/bucket:Bucket",
];

function protectFault({ type, opts, props }: Requested, { protect }: StackInPreview): string | undefined {
  if (!protect) return undefined;
  if (GUARDED.includes(type)) {
    return opts.protect
      ? undefined
      : "needs protect: true; pass the stack's protect setting, or set it to false before a teardown";
  }
  // eks.Cluster does not pass protect to this child; EKS has its own deletion protection.
  if (type !== "aws:eks/cluster:Cluster") return undefined;
  const { properties, unknown } = known(props);
  const isGuarded = properties["deletionProtection"] === true || unknown.includes("deletionProtection");
  return isGuarded ? undefined : "needs deletionProtection: true; set it in the arguments of eks.Cluster";
}

/** The only resource that a spoke creates in the hub account: a VPC association authorization. */
const IN_THE_HUB = "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization";

function accountFault({ type, provider }: Requested, { name, accountMap }: StackInPreview): string | undefined {
  if (!type.startsWith("aws:")) return undefined;
  const allowed = provider === undefined ? [] : accountsOf(provider.props);
  if (allowed.length === 0) {
    const by = provider === undefined ? "no provider" : `the provider ${provider.name}`;
    return `uses ${by} without allowedAccountIds, so it could change any account that the credentials are for`;
  }
  const owner = type === IN_THE_HUB ? HUB : name;
  const own = accountMap.find((network) => network.name === owner)?.account ?? "";
  if (allowed.every((account) => account === own)) return undefined;
  return `may be created in account ${allowed.join(", ")}; the provider must allow only ${own}, the account of ${owner}`;
}

/** The engine stores provider inputs as JSON. */
function accountsOf(props: Properties): readonly string[] {
  const { allowedAccountIds: given } = known(props).properties;
  const list: unknown = typeof given === "string" ? JSON.parse(given) : given;
  return Array.isArray(list) ? list.map(String) : [];
}
