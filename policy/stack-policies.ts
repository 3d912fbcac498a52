import type { Policies, PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { cidrsDoNotOverlap } from "../tools/checks/cidrs-do-not-overlap";
import { dataAndAccessAreProtected } from "../tools/checks/data-and-access-are-protected";
import { dnsQueriesAreLogged } from "../tools/checks/dns-queries-are-logged";
import { fitsDefaultQuotas } from "../tools/checks/fits-default-quotas";
import { flowLogsReachTheArchive } from "../tools/checks/flow-logs-reach-the-archive";
import { hubAdmitsTheAddressSpace } from "../tools/checks/hub-admits-the-address-space";
import { natGatewayOfTheSameAz } from "../tools/checks/nat-gateway-of-the-same-az";
import { nodesAreInPrivateSubnets } from "../tools/checks/nodes-are-in-private-subnets";
import { notReachableFromTheInternet } from "../tools/checks/not-reachable-from-the-internet";
import { onlyKnownAccountsHaveAccess } from "../tools/checks/only-known-accounts-have-access";
import { pathsAreFullyModeled } from "../tools/checks/paths-are-fully-modeled";
import { privateSubnetsArePrivate } from "../tools/checks/private-subnets-are-private";
import { s3EndpointAllowsRegistries } from "../tools/checks/s3-endpoint-allows-registries";
import type { NetworkCheck } from "../tools/checks/shared/check";
import { subnetsReachEachOther } from "../tools/checks/subnets-reach-each-other";
import { transitRoutesIsolateSpokes } from "../tools/checks/transit-routes-isolate-spokes";
import { wildcardsAreAllowlisted } from "../tools/checks/wildcards-are-allowlisted";
import type { EstateStack } from "../tools/model/estate";
import { type ModelResource, type Properties, text } from "../tools/model/resource";
import { estateOfPreview, type PreviewedEstate } from "./previewed-estate";
import { guards, type ReadStack } from "./resource-policies";
import type { StackInPreview } from "./stack-config";

/** Most lines of evidence in a violation. */
const SHOWN = 5;

const NOTHING_ASKED =
  "cannot be checked: all resource policies are disabled, and they collect the inputs; enable at least one of them";

/**
 * The policies of one run. The engine passes each resource's inputs to the resource policies, and at the end all resources
 * with AWS's defaults to the stack policies. Checks need the inputs; the ids are in the latter.
 */
export function policies(readStack: ReadStack): Policies {
  let stack: StackInPreview | undefined;
  const readOnce = (): StackInPreview => (stack ??= readStack());
  const asked = new Map<string, Properties>();
  const made = new WeakMap<object, PreviewedEstate>();
  const estateOf = (resources: readonly PolicyResource[]): PreviewedEstate | undefined => {
    if (asked.size === 0) return undefined;
    const estate = made.get(resources) ?? estateOfPreview(resources, asked, readOnce());
    made.set(resources, estate);
    return estate;
  };
  return [
    ...guards(readOnce, (urn, properties) => void asked.set(urn, properties)),
    ...JUDGED_CHECKS.map((judged) => policy(judged, estateOf)),
  ];
}

function policy(
  { check, mayBeKeptBy, isFor = () => true }: JudgedCheck,
  estateOf: (resources: readonly PolicyResource[]) => PreviewedEstate | undefined,
): StackValidationPolicy {
  return {
    name: check.name,
    description: check.sentence,
    enforcementLevel: "mandatory",
    validateStack({ resources, notApplicable }, reportViolation) {
      const estate = estateOf(resources);
      // Passing silently would look like approval.
      if (estate === undefined) return reportViolation(NOTHING_ASKED);
      const [stack] = estate.stacks;
      if (stack === undefined || !isFor(stack)) return notApplicable("it does not apply to this stack");
      const unseen = estate.unseen.filter(mayBeKeptBy).map(({ type, name }) => `${type}::${name}`);
      if (unseen.length > 0) return notApplicable(`this preview does not know enough about ${unseen.join(", ")}`);
      const found = check.check(stack, estate);
      if (found === undefined) return notApplicable("it does not apply to this stack");
      if (!found.passed) reportViolation(inLines(found.evidence));
    },
  };
}

/** Sorted, because the engine passes resources in any order. */
function inLines(evidence: readonly string[]): string {
  const more = evidence.length - SHOWN;
  return [...[...evidence].sort().slice(0, SHOWN), ...(more > 0 ? [`and ${String(more)} more`] : [])].join("\n");
}

/** A check that can run on one stack alone, before it is deployed. */
export interface JudgedCheck {
  readonly check: NetworkCheck;
  /** Whether an excluded resource may make the check pass; the check is then not applicable. */
  readonly mayBeKeptBy: (unseen: ModelResource) => boolean;
  /** Stacks that it applies to. @default all */
  readonly isFor?: (stack: EstateStack) => boolean;
}

const TRANSIT = "aws:ec2transitgateway/";

const nothing = (): boolean => false;
const anyOf =
  (...types: readonly string[]) =>
  ({ type }: ModelResource): boolean =>
    types.some((end) => type.endsWith(end));

/** Endings of type tokens. */
const NETWORK = ["/vpc:Vpc", "/subnet:Subnet"];
const GATEWAYS = [":NatGateway", ":InternetGateway", ":InternetGatewayAttachment"];
const REFERRED = [
  ":VpcAttachment",
  ":RouteTable",
  ":DefaultRouteTable",
  ":VpcEndpoint",
  ":VpcDhcpOptions",
  ":NetworkAcl",
  ":SecurityGroup",
  ":ManagedPrefixList",
  ":Eip",
  "route53/zone:Zone",
];
const TABLES = ["aws:ec2/routeTable:RouteTable", "aws:ec2/routeTableAssociation:RouteTableAssociation"];

const GUARDS = /^aws:(?:s3\/bucket\w|sns\/topicPolicy|sqs\/queuePolicy|kms\/|iam\/role:|ec2\/launchTemplate)/;

/** A first preview does not know the route table of routes to the hub, which awsx creates; this check ignores them. */
const isDefaultRoute = (route: ModelResource): boolean =>
  route.type === "aws:ec2/route:Route" && ["0.0.0.0/0", ""].includes(text(route, "destinationCidrBlock"));

/**
 * The other checks concern paths and DNS between stacks, of which a preview sees only one; the plan and the verification of
 * deployed stacks run them.
 */
export const JUDGED_CHECKS: readonly JudgedCheck[] = [
  {
    check: transitRoutesIsolateSpokes,
    // The route table of a spoke's attachment is in the hub.
    isFor: ({ isHub }) => isHub,
    mayBeKeptBy: (unseen) => unseen.type.startsWith(TRANSIT) || anyOf(...NETWORK)(unseen),
  },
  // It needs every resource that others refer to.
  { check: pathsAreFullyModeled, mayBeKeptBy: anyOf(...NETWORK, ...GATEWAYS, ...REFERRED) },
  {
    check: subnetsReachEachOther,
    mayBeKeptBy: anyOf(...NETWORK, ...GATEWAYS, ...TABLES, ":NetworkAcl", ":DefaultNetworkAcl", ":NetworkAclRule"),
  },
  { check: cidrsDoNotOverlap, mayBeKeptBy: nothing },
  {
    check: natGatewayOfTheSameAz,
    mayBeKeptBy: (unseen) => anyOf(...NETWORK, ...GATEWAYS, ...TABLES)(unseen) || isDefaultRoute(unseen),
  },
  { check: s3EndpointAllowsRegistries, mayBeKeptBy: nothing },
  { check: notReachableFromTheInternet, mayBeKeptBy: anyOf(":DefaultSecurityGroup", ":NatGateway") },
  { check: privateSubnetsArePrivate, mayBeKeptBy: nothing },
  { check: nodesAreInPrivateSubnets, mayBeKeptBy: anyOf(...NETWORK) },
  { check: hubAdmitsTheAddressSpace, mayBeKeptBy: nothing },
  { check: flowLogsReachTheArchive, mayBeKeptBy: anyOf(":FlowLog") },
  {
    check: dnsQueriesAreLogged,
    mayBeKeptBy: anyOf(":ResolverQueryLogConfig", ":ResolverQueryLogConfigAssociation", ":BucketPolicy"),
  },
  {
    check: onlyKnownAccountsHaveAccess,
    mayBeKeptBy: anyOf(":PrincipalAssociation", ":RepositoryPolicy", ":TransitGateway"),
  },
  { check: wildcardsAreAllowlisted, mayBeKeptBy: nothing },
  // Separate resources that protect a bucket, a topic or a queue.
  { check: dataAndAccessAreProtected, mayBeKeptBy: (unseen) => GUARDS.test(unseen.type) },
  { check: fitsDefaultQuotas, mayBeKeptBy: anyOf("/subnet:Subnet") },
];
