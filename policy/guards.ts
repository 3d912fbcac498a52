import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { HUB } from "../components/settings/networks";
import type { Properties } from "../model/resource";
import { known } from "./known";
import type { StackInPreview } from "./stack-in-preview";

/** Reads the stack's configuration when it is asked, not before: a pack is loaded without a stack, too. */
export type ReadStack = () => StackInPreview;

/** A resource as it is about to be made or changed. */
type Requested = Pick<ResourceValidationArgs, "type" | "opts" | "props" | "provider">;

/** What is wrong with a resource, in a sentence; undefined: nothing. */
type Fault = (resource: Requested, stack: StackInPreview) => string | undefined;

/**
 * What options say, which checks do not read and neither a plan's JSON nor what runs tells. They are policies of single
 * resources, so they refuse one before it is made or changed, in an update without a preview too.
 *
 * @param note is told what the program asks for, by URN
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
    guard("zones-keep-their-networks", "A private zone keeps the networks that associate themselves.", zoneFault),
    guard(
      "guarded-things-stay",
      "What a slip would make painful is protected, unless the stack's protect is false.",
      protectFault,
    ),
    guard(
      "accounts-are-explicit",
      "Every AWS resource names the account that it is for: the stack's own.",
      accountFault,
    ),
  ];
}

function zoneFault({ type, opts }: Requested): string | undefined {
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

function protectFault({ type, opts, props }: Requested, { protect }: StackInPreview): string | undefined {
  if (!protect) return undefined;
  if (GUARDED.includes(type)) {
    return opts.protect ? undefined : "lacks protect: give it the stack's, or set protect to false before a teardown";
  }
  // A child of eks.Cluster, which hands no protect down; EKS has a guard of its own.
  if (type !== "aws:eks/cluster:Cluster") return undefined;
  const { properties, unknown } = known(props);
  const isGuarded = properties["deletionProtection"] === true || unknown.includes("deletionProtection");
  return isGuarded ? undefined : "lacks deletionProtection: eks.Cluster takes it as an argument";
}

/** All that a spoke makes in the hub's account: leave for its own VPC to read a zone. */
const IN_THE_HUB = "aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization";

function accountFault({ type, provider }: Requested, { name, register }: StackInPreview): string | undefined {
  if (!type.startsWith("aws:")) return undefined;
  const allowed = provider === undefined ? [] : accountsOf(provider.props);
  if (allowed.length === 0) {
    const by = provider === undefined ? "no provider" : `the provider ${provider.name}`;
    return `is made by ${by}, which names no allowedAccountIds: whatever the credentials are for would be changed`;
  }
  const owner = type === IN_THE_HUB ? HUB : name;
  const own = register.find((network) => network.name === owner)?.account ?? "";
  if (allowed.every((account) => account === own)) return undefined;
  return `may be made in the account ${allowed.join(", ")}: must be for ${own} of ${owner} alone`;
}

/** The engine keeps what a provider is given as JSON. */
function accountsOf(props: Properties): readonly string[] {
  const { allowedAccountIds: given } = known(props).properties;
  const list: unknown = typeof given === "string" ? JSON.parse(given) : given;
  return Array.isArray(list) ? list.map(String) : [];
}
