import type { EstateStack } from "../model/estate";
import { text, type ModelResource } from "../model/resource";
import { onlyKnownAccountsHaveAccess } from "../checks/only-known-accounts-have-access";
import { dataAndAccessAreProtected } from "../checks/data-and-access-are-protected";
import { fitsDefaultQuotas } from "../checks/fits-default-quotas";
import { flowLogsReachTheArchive } from "../checks/flow-logs-reach-the-archive";
import { hubAdmitsTheAddressSpace } from "../checks/hub-admits-the-address-space";
import { notReachableFromTheInternet } from "../checks/not-reachable-from-the-internet";
import { cidrsDoNotOverlap } from "../checks/cidrs-do-not-overlap";
import { nodesAreInPrivateSubnets } from "../checks/nodes-are-in-private-subnets";
import { privateSubnetsArePrivate } from "../checks/private-subnets-are-private";
import type { NetworkCheck } from "../checks/check";
import { dnsQueriesAreLogged } from "../checks/dns-queries-are-logged";
import { s3EndpointAllowsRegistries } from "../checks/s3-endpoint-allows-registries";
import { subnetsReachEachOther } from "../checks/subnets-reach-each-other";
import { transitRoutesIsolateSpokes } from "../checks/transit-routes-isolate-spokes";
import { pathsAreFullyModeled } from "../checks/paths-are-fully-modeled";
import { wildcardsAreAllowlisted } from "../checks/wildcards-are-allowlisted";
import { natGatewayOfTheSameAz } from "../checks/nat-gateway-of-the-same-az";

/** A check that one stack can be held against, by itself and before it is made. */
export interface JudgedCheck {
  readonly check: NetworkCheck;
  /** Whether a resource that is not seen may be the one that keeps it; nothing is said then. */
  readonly mayBeKeptBy: (unseen: ModelResource) => boolean;
  /** Stacks that it is held against. @default all */
  readonly isFor?: (stack: EstateStack) => boolean;
}

const TRANSIT = "aws:ec2transitgateway/";

const nothing = (): boolean => false;
const anyOf =
  (...types: readonly string[]) =>
  ({ type }: ModelResource): boolean =>
    types.some((end) => type.endsWith(end));

/** Types end so. */
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

/** Routes to the hub come out of awsx, and a first preview does not know their table; for this check they are nothing. */
const isDefaultRoute = (route: ModelResource): boolean =>
  route.type === "aws:ec2/route:Route" && ["0.0.0.0/0", ""].includes(text(route, "destinationCidrBlock"));

/**
 * The others are about ways and names between stacks, of which a preview sees one end: the plan holds them, and so does
 * whoever looks at what runs.
 */
export const JUDGED_CHECKS: readonly JudgedCheck[] = [
  {
    check: transitRoutesIsolateSpokes,
    // What a spoke's attachment reads is in the hub.
    isFor: ({ isHub }) => isHub,
    mayBeKeptBy: (unseen) => unseen.type.startsWith(TRANSIT) || anyOf(...NETWORK)(unseen),
  },
  // It asks whether all that is referred to is there.
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
  // What stands beside a bucket, a topic or a queue and guards it.
  { check: dataAndAccessAreProtected, mayBeKeptBy: (unseen) => GUARDS.test(unseen.type) },
  { check: fitsDefaultQuotas, mayBeKeptBy: anyOf("/subnet:Subnet") },
];
