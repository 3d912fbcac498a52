import { text } from "../resource";
import type { Resources } from "./resources";

/**
 * What would change the way of a packet or the answer to a name, and that this model does not follow. The network has
 * none of it; a promise says so, and as long as it holds the model's answers are whole.
 */
const TYPES: readonly RegExp[] = [
  // Other ways between networks, and in from elsewhere.
  /^aws:ec2\/(vpcPeeringConnection|peeringConnection|vpn|customerGateway|egressOnlyInternetGateway|carrierGateway)/,
  /^aws:ec2\/(networkInterface|instance|transitGateway|localGateway|routeServer|vpcIpv6CidrBlock)/i,
  /^aws:(directconnect|networkfirewall|networkmanager|vpclattice|globalaccelerator|cloudfront|lb|alb|elb)\//,
  /^aws:vpc\/(routeServer|endpointServicePrivateDns|peering)/,
  // What makes more of an endpoint or a group than it says itself, and what shuts internet gateways.
  /^aws:ec2\/(vpcEndpointSubnetAssociation|securityGroupAssociation|vpcBlockPublicAccess)/,
  /^aws:vpc\/(endpointPrivateDns|securityGroupVpcAssociation)/,
  // Network ACLs: without one of ours every subnet has the default one, which lets all pass.
  /^aws:ec2\/(networkAcl|defaultNetworkAcl)/,
  // Rules of the resolver, and other sources of its answers.
  /^aws:route53\/(resolverRule|resolverFirewall|resolverDnssec|profiles|resolverConfig|recordsExclusive)/i,
  /^aws:route53domains\/|^aws:servicediscovery\//,
];

/** Of the transit gateway's types those that the model follows; every other is unfollowed. */
const TRANSIT = /^aws:ec2transitgateway\//;
const FOLLOWED_TRANSIT: readonly string[] = [
  "transitGateway:TransitGateway",
  "vpcAttachment:VpcAttachment",
  "routeTable:RouteTable",
  "route:Route",
  "routeTableAssociation:RouteTableAssociation",
  "routeTablePropagation:RouteTablePropagation",
  "defaultRouteTableAssociation:DefaultRouteTableAssociation",
  "defaultRouteTablePropagation:DefaultRouteTablePropagation",
].map((type) => `aws:ec2transitgateway/${type}`);

/** `TYPE::NAME` of what is not followed, by stack. */
export function unfollowed(resources: Resources): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const types = resources.typeNames().filter(isUnfollowed);
  const tables = resources
    .ofType("aws:ec2/routeTable:RouteTable")
    .filter((table) => [table.inputs["propagatingVgws"]].flat().some((value) => typeof value === "string"));
  const dualStack = resources
    .ofType("aws:ec2/vpc:Vpc")
    .filter((vpc) => vpc.inputs["assignGeneratedIpv6CidrBlock"] === true || text(vpc, "ipv6CidrBlock") !== "");
  for (const each of [...types.flatMap((type) => resources.ofType(type)), ...tables, ...dualStack]) {
    const stack = resources.stackOf(each)?.name ?? "";
    found.set(stack, [...(found.get(stack) ?? []), `${each.type}::${each.name}`]);
  }
  return found;
}

function isUnfollowed(type: string): boolean {
  if (TRANSIT.test(type)) return !FOLLOWED_TRANSIT.includes(type);
  return TYPES.some((pattern) => pattern.test(type));
}
