import type { StackResources } from "../tools/model/stacks";
import { text, type ModelResource } from "../tools/model/resource";
import { onlyKnownAccountsHaveAccess } from "../tools/checks/only-known-accounts-have-access";
import { dataAndAccessAreProtected } from "../tools/checks/data-and-access-are-protected";
import { fitsDefaultQuotas } from "../tools/checks/fits-default-quotas";
import { flowLogsReachTheArchive } from "../tools/checks/flow-logs-reach-the-archive";
import { hubAdmitsTheAddressSpace } from "../tools/checks/hub-admits-the-address-space";
import { notReachableFromTheInternet } from "../tools/checks/not-reachable-from-the-internet";
import { cidrsDoNotOverlap } from "../tools/checks/cidrs-do-not-overlap";
import { nodesAreInPrivateSubnets } from "../tools/checks/nodes-are-in-private-subnets";
import { privateSubnetsArePrivate } from "../tools/checks/private-subnets-are-private";
import type { NetworkCheck } from "../tools/checks/check";
import { dnsQueriesAreLogged } from "../tools/checks/dns-queries-are-logged";
import { s3EndpointAllowsRegistries } from "../tools/checks/s3-endpoint-allows-registries";
import { subnetsReachEachOther } from "../tools/checks/subnets-reach-each-other";
import { transitRoutesIsolateSpokes } from "../tools/checks/transit-routes-isolate-spokes";
import { pathsAreFullyModeled } from "../tools/checks/paths-are-fully-modeled";
import { wildcardsAreAllowlisted } from "../tools/checks/wildcards-are-allowlisted";
import { natGatewayOfTheSameAz } from "../tools/checks/nat-gateway-of-the-same-az";

/** A check that can run on one stack alone, before it is deployed. */
export interface JudgedCheck {
  readonly check: NetworkCheck;
  /** Whether an excluded resource may make the check pass; the check is then not applicable. */
  readonly mayBeKeptBy: (unseen: ModelResource) => boolean;
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
