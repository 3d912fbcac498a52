import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import type { Properties } from "../model/resource";
import type { Asked } from "./estate-of-preview";
import { known } from "./known";
import type { StackInPreview } from "./stack-in-preview";

/** Reads the stack's configuration when it is asked, not before: a pack is loaded without a stack, too. */
export type ReadStack = () => StackInPreview;

/** What is wrong with a resource, in a sentence; undefined: nothing. */
type Fault = (resource: PolicyResource, stack: StackInPreview, asked: Properties) => string | undefined;

/** What options say, which promises do not read and neither a plan's JSON nor what runs tells. */
export function guards(readStack: ReadStack, asked: Asked): StackValidationPolicy[] {
  const guard = (name: string, description: string, fault: Fault): StackValidationPolicy => ({
    name,
    description,
    enforcementLevel: "mandatory",
    validateStack({ resources }, reportViolation) {
      const stack = readStack();
      for (const resource of resources) {
        const found = fault(resource, stack, asked.get(resource.urn) ?? {});
        if (found !== undefined) reportViolation(`${resource.name} ${found}`, resource.urn);
      }
    },
  });
  return [
    guard("zones-keep-their-networks", "A private zone keeps the networks that associate themselves.", zoneFault),
    guard(
      "guarded-things-stay",
      "What a slip would make painful is protected, unless the stack's protect is false.",
      protectFault,
    ),
    guard(
      "accounts-are-explicit",
      "Every AWS resource names the account that it is for, and one of the register's.",
      accountFault,
    ),
  ];
}

function zoneFault({ type, opts }: PolicyResource): string | undefined {
  if (type !== "aws:route53/zone:Zone" || opts.ignoreChanges.includes("vpcs")) return undefined;
  return 'lacks ignoreChanges: ["vpcs"]: the next update would take every spoke\'s association away';
}

/** What cannot be made again as it was. */
const GUARDED: readonly string[] = [
  "aws:ec2transitgateway/transitGateway:TransitGateway",
  "aws:ecr/repository:Repository",
  "aws:kms/key:Key",
  "aws:route53/zone:Zone",
  "aws:s3/bucket:Bucket",
];

function protectFault(
  { type, opts }: PolicyResource,
  { protect }: StackInPreview,
  asked: Properties,
): string | undefined {
  if (!protect) return undefined;
  if (GUARDED.includes(type)) {
    return opts.protect ? undefined : "lacks protect: give it the stack's, or set protect to false before a teardown";
  }
  // A child of eks.Cluster, which hands no protect down; EKS has a guard of its own.
  if (type !== "aws:eks/cluster:Cluster") return undefined;
  const { properties, unknown } = known(asked);
  const isGuarded = properties["deletionProtection"] === true || unknown.includes("deletionProtection");
  return isGuarded ? undefined : "lacks deletionProtection: eks.Cluster takes it as an argument";
}

function accountFault({ type, provider }: PolicyResource, { register }: StackInPreview): string | undefined {
  if (!type.startsWith("aws:")) return undefined;
  const allowed = provider === undefined ? [] : accountsOf(provider.props);
  if (allowed.length === 0) {
    const by = provider === undefined ? "no provider" : `the provider ${provider.name}`;
    return `is made by ${by}, which names no allowedAccountIds: whatever the credentials are for would be changed`;
  }
  const strangers = allowed.filter((account) => !register.some((network) => network.account === account));
  return strangers.length === 0 ? undefined : `is for the account ${strangers.join(", ")}, which is no network's`;
}

/** The engine keeps what a provider is given as JSON. */
function accountsOf(props: Properties): readonly string[] {
  const { allowedAccountIds: given } = known(props).properties;
  const list: unknown = typeof given === "string" ? JSON.parse(given) : given;
  return Array.isArray(list) ? list.map(String) : [];
}
