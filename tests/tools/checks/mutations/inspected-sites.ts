import { idOf, withInputs, without, withResource } from "../../../support/modifications";
import { on, TGW, transitTable, type Mutation } from "./mutation";

const ROUTE = `${TGW}/route:Route`;
const ASSOCIATION = `${TGW}/routeTableAssociation:RouteTableAssociation`;
const PROPAGATION = `${TGW}/routeTablePropagation:RouteTablePropagation`;

/** The transit gateway attachment of a resource. */
const attachmentOf = (type: string, name: string, path: string): string => idOf(type, name).replace(/\}$/, `.${path}}`);
const firewall = attachmentOf(
  "aws:networkfirewall/firewall:Firewall",
  "hub-inspection",
  "firewallStatuses[0].transitGatewayAttachmentSyncStates[0].attachmentId",
);
const office = attachmentOf("aws:ec2/vpnConnection:VpnConnection", "hub-site-office", "transitGatewayAttachmentId");

/** Adds a static route to a transit gateway route table. */
const withRoute = (table: string, destinationCidrBlock: string, transitGatewayAttachmentId: string) =>
  withResource(`aws:${ROUTE}`, "added", {
    transitGatewayRouteTableId: transitTable(table),
    ...{ destinationCidrBlock, transitGatewayAttachmentId },
  });

/** Propagates an attachment to a transit gateway route table. */
const withPropagation = (table: string, transitGatewayAttachmentId: string) =>
  withResource(`aws:${PROPAGATION}`, "added", {
    transitGatewayRouteTableId: transitTable(table),
    transitGatewayAttachmentId,
  });

/** Mutations of a plan with a firewall, an office for dev and a data centre for prod, whose traffic does not pass the firewall. */
export const OF_INSPECTED_SITES: readonly Mutation[] = [
  on(
    "hub",
    "no route from the hub to the site in the table that the hub uses",
    ["sites-reach-only-named-spokes"],
    without(ROUTE, "hub-site-office-inspected.192.168.0.0-16"),
  ),
  on(
    "hub",
    "replies of the hub to the site through the firewall, whose table drops them",
    ["sites-reach-only-named-spokes"],
    withInputs(ROUTE, "hub-site-office-inspected.192.168.0.0-16", { transitGatewayAttachmentId: firewall }),
  ),
  on(
    "hub",
    "requests of the site to the hub through the firewall, which does not see the replies",
    ["return-paths-are-symmetric", "sites-reach-only-named-spokes"],
    withRoute("hub-site-office", "10.0.0.0/16", firewall),
  ),
  on(
    "hub",
    "both directions between the site and the hub through the firewall, which has no route to the site",
    ["sites-reach-only-named-spokes"],
    withRoute("hub-site-office", "10.0.0.0/16", firewall),
    withInputs(ROUTE, "hub-site-office-inspected.192.168.0.0-16", { transitGatewayAttachmentId: firewall }),
  ),
  on(
    "hub",
    "the site propagated to the table of the hub",
    ["sites-reach-only-named-spokes"],
    withPropagation("hub-inspected", office),
  ),
  on(
    "hub",
    "nothing that keeps spokes from the site in the table of the firewall, to which AWS propagates the site",
    ["sites-reach-only-named-spokes"],
    without(ROUTE, "hub-site-office.hub.192.168.0.0-16"),
  ),
  on(
    "hub",
    "a route from the firewall to the site, by which every spoke reaches it",
    ["sites-reach-only-named-spokes"],
    withInputs(ROUTE, "hub-site-office.hub.192.168.0.0-16", {
      ...{ blackhole: undefined, transitGatewayAttachmentId: office },
    }),
  ),
  on(
    "hub",
    "a route from the site to the firewall for the internet",
    ["sites-reach-only-named-spokes"],
    withRoute("hub-site-office", "0.0.0.0/0", firewall),
  ),
  on(
    "hub",
    "the site in the table of the hub, which leads to the firewall",
    ["return-paths-are-symmetric", "sites-reach-only-named-spokes"],
    withInputs(ASSOCIATION, "hub-site-office", { transitGatewayRouteTableId: transitTable("hub-inspected") }),
  ),
  on(
    "hub",
    "the hub not propagated to the site, which the firewall does not make up for",
    ["return-paths-are-symmetric", "sites-reach-only-named-spokes"],
    without(PROPAGATION, "hub-site-office.hub"),
  ),
  on(
    "hub",
    "no route from a named spoke to the site, so that the firewall gets its packets",
    ["sites-reach-only-named-spokes"],
    without(ROUTE, "hub-site-office.dev.192.168.0.0-16"),
  ),
  on(
    "hub",
    "a route from a named spoke to the site through the firewall",
    ["sites-reach-only-named-spokes", "transit-routes-isolate-spokes"],
    withInputs(ROUTE, "hub-site-office.dev.192.168.0.0-16", { transitGatewayAttachmentId: firewall }),
  ),
];
