import { idOf, withInputs, without, withResource } from "../../../support/modifications";
import {
  attachment,
  group,
  on,
  subnet,
  table,
  TGW,
  TRANSIT_GATEWAY,
  transitTable,
  type Mutation,
  vpc,
} from "./mutation";

const ASSOCIATION = `${TGW}/routeTableAssociation:RouteTableAssociation`;
const PROPAGATION = `${TGW}/routeTablePropagation:RouteTablePropagation`;
const ROUTE = `${TGW}/route:Route`;
const VPN = "ec2/vpnConnection:VpnConnection";
const RULE = "route53/resolverRule:ResolverRule";
const RULE_ASSOCIATION = "route53/resolverRuleAssociation:ResolverRuleAssociation";

const office = `${idOf(`aws:${VPN}`, "hub-site-office").slice(0, -1)}.transitGatewayAttachmentId}`;

/** Mutations of a plan with an office for dev, a data centre for prod, connections of dev and staging, and a forwarded domain. */
export const OF_SITES: readonly Mutation[] = [
  on(
    "hub",
    "a spoke that the site does not name propagated to the site's route table",
    ["sites-reach-only-named-spokes"],
    withResource(`aws:${PROPAGATION}`, "leak", {
      transitGatewayAttachmentId: attachment("staging"),
      transitGatewayRouteTableId: transitTable("hub-site-office"),
    }),
  ),
  on(
    "hub",
    "a static route to the site in the route table of a spoke that it does not name",
    ["sites-reach-only-named-spokes", "transit-routes-isolate-spokes"],
    withResource(`aws:${ROUTE}`, "leak", {
      transitGatewayRouteTableId: transitTable("hub-connection-staging"),
      destinationCidrBlock: "192.168.0.0/16",
      transitGatewayAttachmentId: office,
    }),
  ),
  on(
    "hub",
    "a static route to the site in the shared route table of spokes",
    ["sites-reach-only-named-spokes", "transit-routes-isolate-spokes"],
    withResource(`aws:${ROUTE}`, "leak", {
      transitGatewayRouteTableId: transitTable("hub-spokes"),
      destinationCidrBlock: "192.168.0.0/16",
      transitGatewayAttachmentId: office,
    }),
  ),
  on(
    "hub",
    "the routes that the site announces propagated to the route table of a spoke",
    ["sites-reach-only-named-spokes"],
    withResource(`aws:${PROPAGATION}`, "leak", {
      transitGatewayAttachmentId: office,
      transitGatewayRouteTableId: transitTable("hub-connection-dev"),
    }),
  ),
  on(
    "hub",
    "the routes that the site announces propagated to the route table of another site",
    ["sites-reach-only-named-spokes"],
    withResource(`aws:${PROPAGATION}`, "leak", {
      transitGatewayAttachmentId: office,
      transitGatewayRouteTableId: transitTable("hub-site-data-centre"),
    }),
  ),
  on(
    "hub",
    "a site in the shared route table of spokes, where AWS puts it",
    ["return-paths-are-symmetric", "sites-reach-only-named-spokes"],
    without(ASSOCIATION, "hub-site-office"),
  ),
  on(
    "hub",
    "a second association of a site, which does not replace the first",
    ["paths-are-fully-modeled"],
    withInputs(ASSOCIATION, "hub-site-office", { replaceExistingAssociation: false }),
  ),
  on(
    "hub",
    "a site in the route table of the hub",
    ["names-resolve-consistently", "return-paths-are-symmetric", "sites-reach-only-named-spokes"],
    withInputs(ASSOCIATION, "hub-site-office", { transitGatewayRouteTableId: transitTable("hub-hub") }),
  ),
  on(
    "hub",
    "a site in the route table of another",
    ["return-paths-are-symmetric", "sites-reach-only-named-spokes"],
    withInputs(ASSOCIATION, "hub-site-office", { transitGatewayRouteTableId: transitTable("hub-site-data-centre") }),
  ),
  on(
    "hub",
    "the hub not propagated to a site",
    ["names-resolve-consistently", "return-paths-are-symmetric", "sites-reach-only-named-spokes"],
    without(PROPAGATION, "hub-site-office.hub"),
  ),
  on(
    "hub",
    "a named spoke not propagated to a site",
    ["return-paths-are-symmetric", "sites-reach-only-named-spokes"],
    without(PROPAGATION, "hub-site-office.dev"),
  ),
  on(
    "hub",
    "no route of a named spoke to the site",
    ["sites-reach-only-named-spokes"],
    without(ROUTE, "hub-site-office.dev.192.168.0.0-16"),
  ),
  on(
    "hub",
    "no route of the hub to the site",
    ["sites-reach-only-named-spokes"],
    without(ROUTE, "hub-site-office.hub.192.168.0.0-16"),
  ),
  on(
    "hub",
    "a route to the site that is wider than its CIDR",
    ["sites-reach-only-named-spokes", "transit-routes-isolate-spokes"],
    withInputs(ROUTE, "hub-site-office.dev.192.168.0.0-16", { destinationCidrBlock: "192.0.0.0/8" }),
  ),
  on(
    "hub",
    "a route to the site for the CIDR of a spoke, which draws its traffic",
    [
      "image-pulls-are-private",
      "names-resolve-consistently",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "sites-reach-only-named-spokes",
      "spokes-reach-the-hub",
    ],
    withResource(`aws:${ROUTE}`, "draw", {
      transitGatewayRouteTableId: transitTable("hub-hub"),
      destinationCidrBlock: "10.1.0.0/18",
      transitGatewayAttachmentId: office,
    }),
  ),
  on(
    "dev",
    "no route of a named spoke's subnet to the site",
    ["sites-reach-only-named-spokes"],
    without("ec2/route:Route", "dev-private-1-transit-192.168.0.0-16"),
  ),
  on(
    "staging",
    "a subnet route to the site in a spoke that it does not name, whose packets the transit gateway drops",
    [],
    withResource("aws:ec2/route:Route", "leak", {
      routeTableId: table("staging-private-1"),
      destinationCidrBlock: "192.168.0.0/16",
      transitGatewayId: TRANSIT_GATEWAY,
    }),
  ),
  on(
    "hub",
    "a second VPN connection, which sites does not name",
    ["data-and-access-are-protected", "sites-reach-only-named-spokes", "paths-are-fully-modeled", "faults-are-alarmed"],
    withResource(`aws:${VPN}`, "other", {
      type: "ipsec.1",
      customerGatewayId: idOf("aws:ec2/customerGateway:CustomerGateway", "hub-site-office"),
      transitGatewayId: TRANSIT_GATEWAY,
    }),
  ),
  on(
    "hub",
    "a VPN connection with AWS's defaults in one tunnel",
    ["data-and-access-are-protected"],
    withInputs(VPN, "hub-site-office", { tunnel2Phase1DhGroupNumbers: undefined }),
  ),
  on(
    "hub",
    "a tunnel that allows IKEv1",
    ["data-and-access-are-protected"],
    withInputs(VPN, "hub-site-office", { tunnel1IkeVersions: ["ikev1", "ikev2"] }),
  ),
  on(
    "hub",
    "a tunnel that allows Diffie-Hellman group 2",
    ["data-and-access-are-protected"],
    withInputs(VPN, "hub-site-office", { tunnel1Phase2DhGroupNumbers: [2, 20] }),
  ),
  on(
    "hub",
    "a pre-shared key in the configuration",
    ["data-and-access-are-protected"],
    withInputs(VPN, "hub-site-office", { tunnel1PresharedKey: "not_a_real_key" }),
  ),
  on(
    "hub",
    "a VPN connection to another transit gateway",
    ["paths-are-fully-modeled"],
    withInputs(VPN, "hub-site-office", { transitGatewayId: "tgw-0123456789abcdef0" }),
  ),
  on(
    "hub",
    "a Direct Connect gateway that announces the CIDR of a spoke that the site does not name",
    ["sites-reach-only-named-spokes"],
    withInputs("directconnect/gatewayAssociation:GatewayAssociation", "hub-site-data-centre", {
      allowedPrefixes: ["10.0.0.0/16", "10.1.0.0/16", "10.3.0.0/16"],
    }),
  ),
  on(
    "hub",
    "the Resolver inbound endpoint open to other addresses",
    ["hub-admits-the-address-space", "not-reachable-from-the-internet"],
    withResource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "leak", {
      securityGroupId: group("hub-resolver"),
      ipProtocol: "udp",
      ...{ fromPort: 53, toPort: 53, cidrIpv4: "198.51.100.0/24" },
    }),
  ),
  on(
    "hub",
    "the Resolver inbound endpoint closed to a site",
    ["hub-admits-the-address-space"],
    without("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "hub-resolver-udp-192.168.0.0-16"),
  ),
  on(
    "hub",
    "an interface endpoint open to a site",
    ["hub-admits-the-address-space"],
    withResource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "leak", {
      securityGroupId: group("hub-endpoint"),
      ipProtocol: "tcp",
      ...{ fromPort: 443, toPort: 443, cidrIpv4: "192.168.0.0/16" },
    }),
  ),
  on(
    "hub",
    "a Resolver rule to a public DNS server",
    ["names-resolve-consistently"],
    withInputs(RULE, "hub-forward-corp.example", { targetIps: [{ ip: "198.51.100.53", port: 53 }] }),
  ),
  on(
    "hub",
    "a Resolver rule to a server in a spoke",
    ["names-resolve-consistently"],
    withInputs(RULE, "hub-forward-corp.example", { targetIps: [{ ip: "10.1.0.53", port: 53 }] }),
  ),
  on(
    "hub",
    "a Resolver rule for the domain of all networks",
    ["names-resolve-consistently"],
    withInputs(RULE, "hub-forward-corp.example", { domainName: "piksel.internal" }),
  ),
  on(
    "hub",
    "a Resolver rule for the names of AWS",
    ["image-pulls-are-private", "names-resolve-consistently"],
    withInputs(RULE, "hub-forward-corp.example", { domainName: "amazonaws.com" }),
  ),
  on(
    "dev",
    "a spoke without the association with a Resolver rule",
    ["names-resolve-consistently"],
    without(RULE_ASSOCIATION, "dev-corp.example"),
  ),
  on(
    "hub",
    "the hub without the association with a Resolver rule",
    ["names-resolve-consistently"],
    without(RULE_ASSOCIATION, "hub-corp.example"),
  ),
  on(
    "dev",
    "a Resolver rule of a spoke's own, for the registry",
    ["image-pulls-are-private", "names-resolve-consistently", "shared-endpoints-are-reachable"],
    withResource(`aws:${RULE}`, "own", {
      domainName: "dkr.ecr.ap-southeast-3.amazonaws.com",
      ruleType: "FORWARD",
      resolverEndpointId: idOf("aws:route53/resolverEndpoint:ResolverEndpoint", "hub-outbound"),
      targetIps: [{ ip: "192.168.0.53" }],
    }),
    withResource(`aws:${RULE_ASSOCIATION}`, "own", { resolverRuleId: idOf(`aws:${RULE}`, "own"), vpcId: vpc("dev") }),
  ),
  on(
    "hub",
    "a Resolver rule of the type SYSTEM",
    ["paths-are-fully-modeled"],
    withInputs(RULE, "hub-forward-corp.example", { ruleType: "SYSTEM" }),
  ),
  on(
    "hub",
    "a Resolver rule shared with an account of no network",
    ["only-known-accounts-have-access"],
    withResource("aws:ram/principalAssociation:PrincipalAssociation", "leak", {
      principal: "999999999999",
      resourceShareArn: idOf("aws:ram/resourceShare:ResourceShare", "hub-resolver-rules"),
    }),
  ),
  on(
    "hub",
    "a spoke in the route table of a site",
    ["paths-are-fully-modeled", "sites-reach-only-named-spokes", "transit-routes-isolate-spokes"],
    withResource(`aws:${ASSOCIATION}`, "leak", {
      transitGatewayAttachmentId: attachment("staging"),
      transitGatewayRouteTableId: transitTable("hub-site-office"),
      replaceExistingAssociation: true,
    }),
  ),
  on(
    "hub",
    "the attachment of the hub without an AZ that the outbound endpoint is in",
    [
      "image-pulls-are-private",
      "names-resolve-consistently",
      "return-paths-are-symmetric",
      "shared-endpoints-are-reachable",
      "sites-reach-only-named-spokes",
      "spokes-reach-the-hub",
    ],
    withInputs(`${TGW}/vpcAttachment:VpcAttachment`, "hub", { subnetIds: [subnet("hub-transit-1")] }),
  ),
];
