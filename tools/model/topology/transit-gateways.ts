import { overlap } from "../addresses/ranges";
import { attribute, text, texts, type ModelResource } from "../resource";
import { type FirewallAttachment, readFirewalls } from "./firewalls";
import { groupBy, type Resources } from "./resources";
import { readSiteAttachments, type SiteAttachment } from "./sites";

/** The attachment of a VPC to a transit gateway. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly gatewayId: string;
  readonly subnetIds: readonly string[];
  /** Name of its stack. */
  readonly stack: string;
  /** Whether the account of the transit gateway has accepted it; until then it carries no traffic. */
  readonly isAccepted: boolean;
  /** Appliance mode: traffic may enter the VPC in any AZ of the attachment. */
  readonly hasApplianceMode: boolean;
}

/** A route of a transit gateway route table. */
export interface TransitRoute {
  readonly destination: string;
  /** Id of the target attachment; null: a blackhole. */
  readonly attachmentId: string | null;
  readonly origin: "static" | "propagated";
}

export interface TransitTable {
  readonly id: string;
  readonly name: string;
  readonly gatewayId: string;
  /** Static routes are first, because of two routes for one CIDR the static one wins. */
  readonly routes: readonly TransitRoute[];
}

/** An association of an attachment with a route table, or its propagation into one. */
interface Membership {
  readonly attachmentId: string;
  readonly tableId: string;
}

export interface Transit {
  readonly attachments: readonly Attachment[];
  readonly attachmentById: ReadonlyMap<string, Attachment>;
  /** Firewalls, by id of their attachment. */
  readonly firewalls: ReadonlyMap<string, FirewallAttachment>;
  /** Attachments of networks outside AWS. */
  readonly sites: readonly SiteAttachment[];
  readonly siteById: ReadonlyMap<string, SiteAttachment>;
  /** The attachment of a VPC to a gateway: AWS allows one. */
  readonly attachmentOf: (vpcId: string, gatewayId: string) => Attachment | undefined;
  readonly tables: readonly TransitTable[];
  /** The route table that an attachment is associated with: at most one. */
  readonly tableOf: ReadonlyMap<string, TransitTable>;
  /** All associations, by default and explicit. */
  readonly associations: readonly Membership[];
  /** All propagations, by default and explicit. */
  readonly propagations: readonly Membership[];
  /** The table that a new attachment is associated with, by gateway; undefined: none. */
  readonly defaultTables: ReadonlyMap<string, TransitTable | undefined>;
  /** Id of the table that a new attachment propagates to, by gateway; absent: none. */
  readonly defaultPropagations: ReadonlyMap<string, string>;
}

const MODULE = "aws:ec2transitgateway";
const ATTACHMENT = `${MODULE}/vpcAttachment:VpcAttachment`;
const ACCEPTER = `${MODULE}/vpcAttachmentAccepter:VpcAttachmentAccepter`;

/** The two kinds of default route tables: the resource, switch, opt-out and attribute of each. */
const ASSOCIATION = {
  setBy: `${MODULE}/defaultRouteTableAssociation:DefaultRouteTableAssociation`,
  byHand: `${MODULE}/routeTableAssociation:RouteTableAssociation`,
  switch: "defaultRouteTableAssociation",
  optOut: "transitGatewayDefaultRouteTableAssociation",
  own: "associationDefaultRouteTableId",
} as const;
const PROPAGATION = {
  setBy: `${MODULE}/defaultRouteTablePropagation:DefaultRouteTablePropagation`,
  byHand: `${MODULE}/routeTablePropagation:RouteTablePropagation`,
  switch: "defaultRouteTablePropagation",
  optOut: "transitGatewayDefaultRouteTablePropagation",
  own: "propagationDefaultRouteTableId",
} as const;
type Role = typeof ASSOCIATION | typeof PROPAGATION;

/**
 * Transit gateways with their attachments and route tables. An attachment that does not opt out is associated with the
 * gateway's default route table and propagates to it. A gateway has its own default table until another one becomes the
 * default (Amazon VPC Transit Gateways, "Transit gateway route tables").
 */
export function readTransitGateways(resources: Resources, blocksOf: (vpcId: string) => readonly string[]): Transit {
  const attachments = resources.ofType(ATTACHMENT).map((each): Attachment => ({
    ...{ id: each.id, name: each.name, stack: resources.stackOf(each)?.name ?? "" },
    ...{ vpcId: text(each, "vpcId"), gatewayId: text(each, "transitGatewayId"), subnetIds: texts(each, "subnetIds") },
    isAccepted: isAccepted(resources, each),
    hasApplianceMode: text(each, "applianceModeSupport") === "enable",
  }));
  const sites = readSiteAttachments(resources);
  const byEnds = new Map(attachments.map((each) => [`${each.vpcId} ${each.gatewayId}`, each]));
  const defaultAssociations = defaults(ASSOCIATION, resources);
  const associations = membership(ASSOCIATION, defaultAssociations, resources, sites);
  const defaultPropagations = defaults(PROPAGATION, resources);
  const propagations = membership(PROPAGATION, defaultPropagations, resources, sites);

  const announced = sites.map(({ id, announces, blocks }) => [id, announces ? blocks : []] as const);
  const routesOf = routeReader(
    resources,
    propagations,
    new Map([...propagatedBlocks(attachments, blocksOf), ...announced]),
  );
  const members = [...associations, ...propagations].map(({ tableId }) => tableId);
  const used = new Set([...defaultAssociations.values(), ...members]);
  const tables = tablesOf(resources, used).map((table) => ({ ...table, routes: routesOf(table.id) }));
  const tableById = new Map(tables.map((table) => [table.id, table]));
  const tableOf = new Map<string, TransitTable>();
  for (const { attachmentId, tableId } of associations) {
    const table = tableById.get(tableId);
    if (table !== undefined) tableOf.set(attachmentId, table);
  }
  return {
    ...{ attachments, sites, tables, tableOf, associations, propagations, defaultPropagations },
    siteById: new Map(sites.map((each) => [each.id, each])),
    attachmentById: new Map(attachments.map((each) => [each.id, each])),
    firewalls: new Map(readFirewalls(resources).map((each) => [each.id, each])),
    attachmentOf: (vpcId, gatewayId) => byEnds.get(`${vpcId} ${gatewayId}`),
    defaultTables: new Map([...defaultAssociations].map(([gatewayId, id]) => [gatewayId, tableById.get(id)])),
  };
}

/** The route tables of the stacks, and the default ones of AWS that are used. */
function tablesOf(resources: Resources, used: ReadonlySet<string>): Omit<TransitTable, "routes">[] {
  const made = resources
    .ofType(`${MODULE}/routeTable:RouteTable`)
    .map(({ id, name, inputs }) => ({ id, name, gatewayId: String(inputs["transitGatewayId"]) }));
  const ours = new Set(made.map(({ id }) => id));
  const byAws = resources
    .ofType(`${MODULE}/transitGateway:TransitGateway`)
    .flatMap((gateway) =>
      [...new Set([ASSOCIATION, PROPAGATION].map((role) => ownDefault(gateway, role)))]
        .filter((id) => used.has(id) && !ours.has(id))
        .map((id) => ({ id, name: `${gateway.name}, default table`, gatewayId: gateway.id })),
    );
  return [...made, ...byAws];
}

/** A function that returns the routes of a table by its id: static ones, then propagated ones. */
function routeReader(
  resources: Resources,
  propagations: readonly Membership[],
  propagated: ReadonlyMap<string, readonly string[]>,
): (tableId: string) => TransitRoute[] {
  const statics = groupBy(resources.ofType(`${MODULE}/route:Route`), (route) =>
    resources.reference(route, "transitGatewayRouteTableId"),
  );
  const propagating = groupBy(propagations, ({ tableId }) => tableId);
  const propagatedRoutes = ({ attachmentId }: Membership): TransitRoute[] =>
    (propagated.get(attachmentId) ?? []).map((destination) => ({ destination, attachmentId, origin: "propagated" }));
  return (tableId) => [
    ...(statics.get(tableId) ?? []).map(staticRoute),
    ...(propagating.get(tableId) ?? []).flatMap(propagatedRoutes),
  ];
}

function staticRoute(route: ModelResource): TransitRoute {
  const isBlackhole = route.inputs["blackhole"] === true;
  return {
    destination: text(route, "destinationCidrBlock"),
    attachmentId: isBlackhole ? null : text(route, "transitGatewayAttachmentId"),
    origin: "static",
  };
}

/**
 * Whether an attachment is accepted. If the attachment is in another account and the gateway does not accept shared
 * attachments automatically, an accepter must do it (Amazon VPC Transit Gateways, "Accept a shared attachment"). For a
 * gateway in no stack this is unknown, and no result depends on it, because its route tables are unknown too.
 */
function isAccepted(resources: Resources, attachment: ModelResource): boolean {
  const gateway = resources.byId(text(attachment, "transitGatewayId"));
  if (gateway === undefined || resources.inOneAccount(gateway, attachment)) return true;
  return text(gateway, "autoAcceptSharedAttachments") === "enable" || accepterOf(resources, attachment) !== undefined;
}

function accepterOf(resources: Resources, { id }: ModelResource): ModelResource | undefined {
  return resources.ofType(ACCEPTER).find((each) => text(each, "transitGatewayAttachmentId") === id);
}

/**
 * CIDRs that attachments propagate. AWS does not propagate a CIDR that overlaps one of a VPC attached earlier (Amazon VPC
 * Transit Gateways, "Amazon VPC attachments in AWS Transit Gateway"). The order of creation is unknown: the model assumes
 * the hub first, then the stacks in their order. Another check finds the overlap itself.
 */
function propagatedBlocks(
  attachments: readonly Attachment[],
  blocksOf: (vpcId: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const taken = new Map<string, { readonly vpcId: string; readonly block: string }[]>();
  const propagated = new Map<string, readonly string[]>();
  for (const { id, vpcId, gatewayId } of attachments) {
    const before = taken.get(gatewayId) ?? [];
    const others = before.filter((each) => each.vpcId !== vpcId);
    const free = blocksOf(vpcId).filter((block) => !others.some((each) => overlap(each.block, block)));
    propagated.set(id, free);
    taken.set(gatewayId, [...before, ...free.map((block) => ({ vpcId, block }))]);
  }
  return propagated;
}

/** Id of the default table by gateway; absent: it has none. */
function defaults(role: Role, resources: Resources): ReadonlyMap<string, string> {
  const tables = new Map<string, string>();
  for (const gateway of resources.ofType(`${MODULE}/transitGateway:TransitGateway`)) {
    if (text(gateway, role.switch) !== "disable") tables.set(gateway.id, ownDefault(gateway, role));
  }
  for (const chosen of resources.ofType(role.setBy)) {
    const gatewayId = text(chosen, "transitGatewayId");
    if (tables.has(gatewayId)) tables.set(gatewayId, resources.reference(chosen, "transitGatewayRouteTableId"));
  }
  return tables;
}

/**
 * The attachments of each table, by default and explicit. An association that replaces the existing one leaves none by
 * default.
 */
function membership(
  role: Role,
  tables: ReadonlyMap<string, string>,
  resources: Resources,
  sites: readonly SiteAttachment[],
): Membership[] {
  const explicit = resources.ofType(role.byHand);
  const moved = new Set(
    explicit
      .filter(({ inputs }) => inputs["replaceExistingAssociation"] === true)
      .map((each) => text(each, "transitGatewayAttachmentId")),
  );
  const byDefault = resources.ofType(ATTACHMENT).flatMap((attachment) => {
    const tableId = tables.get(text(attachment, "transitGatewayId"));
    const optsOut = [attachment, accepterOf(resources, attachment)].some((each) => each?.inputs[role.optOut] === false);
    return tableId === undefined || optsOut || moved.has(attachment.id) || !isAccepted(resources, attachment)
      ? []
      : [{ attachmentId: attachment.id, tableId }];
  });
  // An attachment of a site has no opt-out: no call that creates one has an option for it.
  const ofSites = sites.flatMap(({ id, gatewayId }) => {
    const tableId = tables.get(gatewayId);
    return tableId === undefined || moved.has(id) ? [] : [{ attachmentId: id, tableId }];
  });
  const byHand = explicit.map((each) => ({
    attachmentId: text(each, "transitGatewayAttachmentId"),
    tableId: resources.reference(each, "transitGatewayRouteTableId"),
  }));
  return [...byDefault, ...ofSites, ...byHand];
}

/** In a plan both defaults have one placeholder, because in AWS both are one table until one is set. */
function ownDefault(gateway: ModelResource, role: Role): string {
  return gateway.outputs === undefined ? attribute(gateway, "defaultRouteTableId") : attribute(gateway, role.own);
}
