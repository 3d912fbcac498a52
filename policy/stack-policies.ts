import type { Policies, PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { cidrsDoNotOverlap } from "../tools/checks/cidrs-do-not-overlap";
import { dataAndAccessAreProtected } from "../tools/checks/data-and-access-are-protected";
import { dnsFirewallCoversNetworks } from "../tools/checks/dns-firewall-covers-networks";
import { dnsQueriesAreLogged } from "../tools/checks/dns-queries-are-logged";
import { faultsAreAlarmed } from "../tools/checks/faults-are-alarmed";
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
import { subnetsHaveRoom } from "../tools/checks/subnets-have-room";
import { subnetsReachEachOther } from "../tools/checks/subnets-reach-each-other";
import { transitRoutesIsolateSpokes } from "../tools/checks/transit-routes-isolate-spokes";
import { wildcardsAreAllowlisted } from "../tools/checks/wildcards-are-allowlisted";
import { type ModelResource, type Properties, type StackResources, text } from "../tools/model/resource";
import { FIREWALL } from "../tools/model/topology/firewalls";
import { modelPreview, type PreviewModel } from "./preview-model";
import type { PreviewedStack } from "./previewed-stack";
import { resourcePolicies, type ReadStack } from "./resource-policies";

/**
 * The policies of one run. The engine passes each resource's inputs to the resource policies, and at the end all resources
 * with AWS's defaults to the stack policies. Checks need the inputs; the ids are in the latter.
 */
export function policies(readStack: ReadStack): Policies {
  let stack: PreviewedStack | undefined;
  const readOnce = (): PreviewedStack => (stack ??= readStack());
  const inputs = new Map<string, Properties>();
  const models = new WeakMap<object, PreviewModel>();
  const modelOnce: ModelStack = (resources) => {
    if (inputs.size === 0) return undefined;
    const model = models.get(resources) ?? modelPreview(resources, inputs, readOnce());
    models.set(resources, model);
    return model;
  };
  return [
    ...resourcePolicies(readOnce, (urn, properties) => void inputs.set(urn, properties)),
    ...PREVIEW_CHECKS.map((check) => stackPolicy(check, modelOnce)),
  ];
}

/** Models the previewed stack; undefined: no resource policy collected inputs. */
type ModelStack = (resources: readonly PolicyResource[]) => PreviewModel | undefined;

const NO_INPUTS =
  "cannot be checked: all resource policies are disabled, and they collect the inputs; enable at least one of them";

function stackPolicy(
  { check, mayDependOn, isFor = () => true }: PreviewCheck,
  modelStack: ModelStack,
): StackValidationPolicy {
  return {
    name: check.name,
    description: check.sentence,
    enforcementLevel: "mandatory",
    validateStack(stackArgs, reportViolation) {
      const model = modelStack(stackArgs.resources);
      // Passing silently would look like approval.
      if (model === undefined) return reportViolation(NO_INPUTS);
      const [stack] = model.stacks;
      if (stack === undefined || !isFor(stack)) return stackArgs.notApplicable("it does not apply to this stack");
      const missing = model.undetermined.filter(mayDependOn).map(({ type, name }) => `${type}::${name}`);
      if (missing.length > 0)
        return stackArgs.notApplicable(`this preview does not know enough about ${missing.join(", ")}`);
      const found = check.check(stack, model);
      if (found === undefined) return stackArgs.notApplicable("it does not apply to this stack");
      if (!found.passed) reportViolation(violation(found.evidence));
    },
  };
}

/** Most lines of evidence in a violation. */
const SHOWN = 5;

/** Sorted, because the engine passes resources in any order. */
function violation(evidence: readonly string[]): string {
  const more = evidence.length - SHOWN;
  return [...[...evidence].sort().slice(0, SHOWN), ...(more > 0 ? [`and ${String(more)} more`] : [])].join("\n");
}

/** A check that can run on one stack alone, before it is deployed. */
interface PreviewCheck {
  readonly check: NetworkCheck;
  /** Whether the check may pass only because of this resource; if the resource is undetermined, it is not applicable. */
  readonly mayDependOn: (undetermined: ModelResource) => boolean;
  /** Stacks that it applies to. @default all */
  readonly isFor?: (stack: StackResources) => boolean;
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
  ...[":VpcAttachment", ":RouteTable", ":DefaultRouteTable", ":VpcEndpoint", ":VpcDhcpOptions"],
  ...[":NetworkAcl", ":SecurityGroup", ":ManagedPrefixList", ":Eip", "route53/zone:Zone"],
];
const TABLES = ["aws:ec2/routeTable:RouteTable", "aws:ec2/routeTableAssociation:RouteTableAssociation"];

const PROTECTING = /^aws:(?:s3\/bucket\w|sns\/topicPolicy|sqs\/queuePolicy|kms\/|iam\/role:|ec2\/launchTemplate)/;

/** A first preview does not know the route table of routes to the hub, which awsx creates; this check ignores them. */
const isInternetRoute = (route: ModelResource): boolean =>
  route.type === "aws:ec2/route:Route" &&
  ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", ""].includes(text(route, "destinationCidrBlock"));

/** Whether the stack reaches the internet through the hub, whose transit gateway and NAT gateways are in another stack. */
const leavesByHub = ({ isHub, resources }: StackResources): boolean =>
  !isHub && resources.some((each) => isInternetRoute(each) && text(each, "transitGatewayId") !== "");

/**
 * The other checks concern paths and DNS between stacks, of which a preview sees only one; the plan and the verification of
 * deployed stacks run them.
 */
export const PREVIEW_CHECKS: readonly PreviewCheck[] = [
  {
    check: transitRoutesIsolateSpokes,
    // The route table of a spoke's attachment is in the hub.
    isFor: ({ isHub }) => isHub,
    mayDependOn: (resource) => resource.type.startsWith(TRANSIT) || anyOf(...NETWORK, FIREWALL)(resource),
  },
  // It needs every resource that others refer to.
  { check: pathsAreFullyModeled, mayDependOn: anyOf(...NETWORK, ...GATEWAYS, ...REFERRED, FIREWALL) },
  {
    check: subnetsReachEachOther,
    mayDependOn: anyOf(...NETWORK, ...GATEWAYS, ...TABLES, ":NetworkAcl", ":DefaultNetworkAcl", ":NetworkAclRule"),
  },
  { check: cidrsDoNotOverlap, mayDependOn: nothing },
  { check: subnetsHaveRoom, mayDependOn: anyOf("/subnet:Subnet") },
  {
    check: natGatewayOfTheSameAz,
    mayDependOn: (resource) => anyOf(...NETWORK, ...GATEWAYS, ...TABLES)(resource) || isInternetRoute(resource),
    isFor: (stack) => !leavesByHub(stack),
  },
  { check: s3EndpointAllowsRegistries, mayDependOn: nothing },
  { check: notReachableFromTheInternet, mayDependOn: anyOf(":DefaultSecurityGroup", ":NatGateway") },
  { check: privateSubnetsArePrivate, mayDependOn: nothing },
  { check: nodesAreInPrivateSubnets, mayDependOn: anyOf(...NETWORK) },
  { check: hubAdmitsTheAddressSpace, mayDependOn: nothing },
  { check: flowLogsReachTheArchive, mayDependOn: anyOf(":FlowLog") },
  {
    check: dnsFirewallCoversNetworks,
    mayDependOn: anyOf(":ResolverFirewallRule", ":ResolverFirewallRuleGroupAssociation"),
  },
  {
    check: dnsQueriesAreLogged,
    mayDependOn: anyOf(
      ":ResolverQueryLogConfig",
      ":ResolverQueryLogConfigAssociation",
      ":BucketPolicy",
      "s3/bucket:Bucket",
    ),
  },
  // It needs everything that has alarms, and everything that they notify.
  {
    check: faultsAreAlarmed,
    mayDependOn: anyOf(
      ...[":NatGateway", ":TransitGateway", ":VpcAttachment", ":ResolverEndpoint", "eks/cluster:Cluster", ":NodeGroup"],
      ...[":VpnConnection", ":MetricAlarm", ":CompositeAlarm", ":TopicPolicy", ":TopicSubscription"],
    ),
  },
  {
    check: onlyKnownAccountsHaveAccess,
    mayDependOn: anyOf(":PrincipalAssociation", ":RepositoryPolicy", ":TransitGateway"),
  },
  { check: wildcardsAreAllowlisted, mayDependOn: nothing },
  // Separate resources that protect a bucket, a topic or a queue.
  { check: dataAndAccessAreProtected, mayDependOn: (resource) => PROTECTING.test(resource.type) },
  { check: fitsDefaultQuotas, mayDependOn: anyOf("/subnet:Subnet") },
];
