import type { EstateStack } from "../model/estate";
import { text, type ModelResource } from "../model/resource";
import { accountsAreAdmitted } from "../promises/accounts-are-admitted";
import { dataAndAccessAreGuarded } from "../promises/data-and-access-are-guarded";
import { fitsDefaultQuotas } from "../promises/fits-default-quotas";
import { flowLogsReachTheArchive } from "../promises/flow-logs-reach-the-archive";
import { hubAdmitsTheAddressSpace } from "../promises/hub-admits-the-address-space";
import { internetReachesNothing } from "../promises/internet-reaches-nothing";
import { networksDoNotOverlap } from "../promises/networks-do-not-overlap";
import { nodesAreInPrivateSubnets } from "../promises/nodes-are-in-private-subnets";
import { privateSubnetsArePrivate } from "../promises/private-subnets-are-private";
import type { NetworkPromise } from "../promises/promise";
import { queriesAreLogged } from "../promises/queries-are-logged";
import { registriesPassTheS3Endpoint } from "../promises/registries-pass-the-s3-endpoint";
import { subnetsReachEachOther } from "../promises/subnets-reach-each-other";
import { transitTablesKeepSpokesApart } from "../promises/transit-tables-keep-spokes-apart";
import { waysAreKnown } from "../promises/ways-are-known";
import { wildcardsAreHeld } from "../promises/wildcards-are-held";
import { workersLeaveInTheirZone } from "../promises/workers-leave-in-their-zone";

/** A promise that one stack can be held against, by itself and before it is made. */
export interface JudgedPromise {
  readonly promise: NetworkPromise;
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

/** Routes to the hub come out of awsx, and a first preview does not know their table; for this promise they are nothing. */
const isDefaultRoute = (route: ModelResource): boolean =>
  route.type === "aws:ec2/route:Route" && ["0.0.0.0/0", ""].includes(text(route, "destinationCidrBlock"));

/**
 * The others are about ways and names between stacks, of which a preview sees one end: the plan holds them, and so does
 * whoever looks at what runs.
 */
export const JUDGED_PROMISES: readonly JudgedPromise[] = [
  {
    promise: transitTablesKeepSpokesApart,
    // What a spoke's attachment reads is in the hub.
    isFor: ({ isHub }) => isHub,
    mayBeKeptBy: (unseen) => unseen.type.startsWith(TRANSIT) || anyOf(...NETWORK)(unseen),
  },
  // It asks whether all that is referred to is there.
  { promise: waysAreKnown, mayBeKeptBy: anyOf(...NETWORK, ...GATEWAYS, ...REFERRED) },
  {
    promise: subnetsReachEachOther,
    mayBeKeptBy: anyOf(...NETWORK, ...GATEWAYS, ...TABLES, ":NetworkAcl", ":DefaultNetworkAcl", ":NetworkAclRule"),
  },
  { promise: networksDoNotOverlap, mayBeKeptBy: nothing },
  {
    promise: workersLeaveInTheirZone,
    mayBeKeptBy: (unseen) => anyOf(...NETWORK, ...GATEWAYS, ...TABLES)(unseen) || isDefaultRoute(unseen),
  },
  { promise: registriesPassTheS3Endpoint, mayBeKeptBy: nothing },
  { promise: internetReachesNothing, mayBeKeptBy: anyOf(":DefaultSecurityGroup", ":NatGateway") },
  { promise: privateSubnetsArePrivate, mayBeKeptBy: nothing },
  { promise: nodesAreInPrivateSubnets, mayBeKeptBy: anyOf(...NETWORK) },
  { promise: hubAdmitsTheAddressSpace, mayBeKeptBy: nothing },
  { promise: flowLogsReachTheArchive, mayBeKeptBy: anyOf(":FlowLog") },
  {
    promise: queriesAreLogged,
    mayBeKeptBy: anyOf(":ResolverQueryLogConfig", ":ResolverQueryLogConfigAssociation", ":BucketPolicy"),
  },
  { promise: accountsAreAdmitted, mayBeKeptBy: anyOf(":PrincipalAssociation", ":RepositoryPolicy", ":TransitGateway") },
  { promise: wildcardsAreHeld, mayBeKeptBy: nothing },
  // What stands beside a bucket, a topic or a queue and guards it.
  { promise: dataAndAccessAreGuarded, mayBeKeptBy: (unseen) => GUARDS.test(unseen.type) },
  { promise: fitsDefaultQuotas, mayBeKeptBy: anyOf("/subnet:Subnet") },
];
