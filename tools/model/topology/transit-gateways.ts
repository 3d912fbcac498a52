import { overlap } from "../addresses/ranges";
import { attribute, type ModelResource, text, texts } from "../resource";
import { groupBy, type Resources } from "./resources";

/** How a VPC is joined to a transit gateway. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly gatewayId: string;
  readonly subnetIds: readonly string[];
  /** Stack that makes it. */
  readonly stack: string;
  /** Whether the gateway's account has accepted it; until then it carries nothing. */
  readonly isAccepted: boolean;
  /** Whether traffic that leaves the gateway by it may come out in any of its zones, whichever it is from. */
  readonly hasApplianceMode: boolean;
}

/** A route of a transit gateway's table. */
export interface TransitRoute {
  readonly destination: string;
  /** Attachment that it leads to; null: a blackhole. */
  readonly attachmentId: string | null;
  readonly origin: "static" | "propagated";
}

export interface TransitTable {
  readonly id: string;
  readonly name: string;
  readonly gatewayId: string;
  /** Static ones first: of two for the same block the static one is taken. */
  readonly routes: readonly TransitRoute[];
}

/** An attachment that is in a table. */
export interface Membership {
  readonly attachmentId: string;
  readonly tableId: string;
}

export interface Transit {
  readonly attachments: readonly Attachment[];
  readonly attachmentById: ReadonlyMap<string, Attachment>;
  /** The attachment of a VPC to a gateway: AWS allows one. */
  readonly attachmentOf: (vpcId: string, gatewayId: string) => Attachment | undefined;
  readonly tables: readonly TransitTable[];
  /** The table that an attachment reads: an attachment is associated with one at most. */
  readonly tableOf: ReadonlyMap<string, TransitTable>;
  /** What puts an attachment into a table that it reads, by default or by hand. */
  readonly associations: readonly Membership[];
  /** The table that a new attachment is associated with, by gateway; undefined: none. */
  readonly defaultTables: ReadonlyMap<string, TransitTable | undefined>;
  /** Id of the table that a new attachment announces itself in, by gateway; absent: in none. */
  readonly defaultPropagations: ReadonlyMap<string, string>;
}

const MODULE = "aws:ec2transitgateway";
const ATTACHMENT = `${MODULE}/vpcAttachment:VpcAttachment`;
const ACCEPTER = `${MODULE}/vpcAttachmentAccepter:VpcAttachmentAccepter`;

/** Which default a gateway has, by the resource that sets it, the switch, the opt-out and the attribute. */
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
 * Transit gateways as AWS keeps them: an attachment that does not opt out is associated with the gateway's default
 * table and propagates into it, and a gateway has a default table of its own until another is made the default (Amazon
 * VPC Transit Gateways, "Transit gateway route tables").
 */
export function readTransitGateways(resources: Resources, blocksOf: (vpcId: string) => readonly string[]): Transit {
  const attached = resources.ofType(ATTACHMENT);
  const attachments = attached.map((each) => ({
    id: each.id,
    name: each.name,
    vpcId: text(each, "vpcId"),
    gatewayId: text(each, "transitGatewayId"),
    subnetIds: texts(each, "subnetIds"),
    stack: resources.stackOf(each)?.name ?? "",
    isAccepted: isAccepted(resources, each),
    hasApplianceMode: text(each, "applianceModeSupport") === "enable",
  }));
  const byEnds = new Map(attachments.map((each) => [`${each.vpcId} ${each.gatewayId}`, each]));
  const announced = announcedBlocks(attachments, blocksOf);
  const attachmentById = new Map(attachments.map((each) => [each.id, each]));

  const newcomers = defaults(ASSOCIATION, resources);
  const associations = membership(ASSOCIATION, newcomers, resources);
  const defaultPropagations = defaults(PROPAGATION, resources);
  const propagating = groupBy(membership(PROPAGATION, defaultPropagations, resources), ({ tableId }) => tableId);
  const statics = groupBy(resources.ofType(`${MODULE}/route:Route`), (route) =>
    resources.reference(route, "transitGatewayRouteTableId"),
  );
  const routesOf = (id: string): TransitRoute[] => [
    ...(statics.get(id) ?? []).map(staticRoute),
    ...(propagating.get(id) ?? []).flatMap(({ attachmentId }) =>
      (announced.get(attachmentId) ?? []).map((destination) => ({
        destination,
        attachmentId,
        origin: "propagated" as const,
      })),
    ),
  ];
  const made = resources
    .ofType(`${MODULE}/routeTable:RouteTable`)
    .map(({ id, name, inputs }) => ({ id, name, gatewayId: String(inputs["transitGatewayId"]) }));
  const byAws = resources.ofType(`${MODULE}/transitGateway:TransitGateway`).flatMap((gateway) =>
    [...new Set([ASSOCIATION, PROPAGATION].map((role) => ownDefault(gateway, role)))].map((id) => ({
      id,
      name: `${gateway.name}, default table`,
      gatewayId: gateway.id,
    })),
  );
  const used = new Set([...newcomers.values(), ...associations.map(({ tableId }) => tableId), ...propagating.keys()]);
  const ours = new Set(made.map(({ id }) => id));
  const tables = [...made, ...byAws.filter(({ id }) => used.has(id) && !ours.has(id))].map((table) => ({
    ...table,
    routes: routesOf(table.id),
  }));
  const tableById = new Map(tables.map((table) => [table.id, table]));
  const tableOf = new Map<string, TransitTable>();
  for (const { attachmentId, tableId } of associations) {
    const table = tableById.get(tableId);
    if (table !== undefined) tableOf.set(attachmentId, table);
  }
  const defaultTables = new Map([...newcomers].map(([gatewayId, id]) => [gatewayId, tableById.get(id)]));
  const attachmentOf = (vpcId: string, gatewayId: string) => byEnds.get(`${vpcId} ${gatewayId}`);
  const found = { attachments, attachmentById, attachmentOf, tables, tableOf, associations };
  return { ...found, defaultTables, defaultPropagations };
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
 * Whether an attachment is in use. A gateway that does not accept shared attachments by itself waits for an accepter
 * where the attachment is in another account (Amazon VPC Transit Gateways, "Accept a shared attachment"). Of a gateway
 * that is not in sight nothing is known, and nothing that follows from its tables is asked.
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
 * Blocks that attachments propagate. AWS propagates none of a VPC that overlaps a block of one attached before it (Amazon
 * VPC Transit Gateways, "Amazon VPC attachments in AWS Transit Gateway"). Which came first is not known: here it is the
 * hub, then the stacks in their order. That blocks overlap at all is a fault that another check finds.
 */
function announcedBlocks(
  attachments: readonly Attachment[],
  blocksOf: (vpcId: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const taken = new Map<string, { readonly vpcId: string; readonly block: string }[]>();
  const announced = new Map<string, readonly string[]>();
  for (const { id, vpcId, gatewayId } of attachments) {
    const before = taken.get(gatewayId) ?? [];
    const others = before.filter((each) => each.vpcId !== vpcId);
    const free = blocksOf(vpcId).filter((block) => !others.some((each) => overlap(each.block, block)));
    announced.set(id, free);
    taken.set(gatewayId, [...before, ...free.map((block) => ({ vpcId, block }))]);
  }
  return announced;
}

/** The default table by gateway; a gateway that has none is left out. */
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

/** Which attachment is in which table, by default and by hand. */
function membership(role: Role, tables: ReadonlyMap<string, string>, resources: Resources): Membership[] {
  const byDefault = resources.ofType(ATTACHMENT).flatMap((attachment) => {
    const tableId = tables.get(text(attachment, "transitGatewayId"));
    const optsOut = [attachment, accepterOf(resources, attachment)].some((each) => each?.inputs[role.optOut] === false);
    return tableId === undefined || optsOut || !isAccepted(resources, attachment)
      ? []
      : [{ attachmentId: attachment.id, tableId }];
  });
  const byHand = resources.ofType(role.byHand).map((each) => ({
    attachmentId: text(each, "transitGatewayAttachmentId"),
    tableId: resources.reference(each, "transitGatewayRouteTableId"),
  }));
  return [...byDefault, ...byHand];
}

/** In a plan both defaults are one symbol, as on AWS both are one table until one is set. */
function ownDefault(gateway: ModelResource, role: Role): string {
  return gateway.outputs === undefined ? attribute(gateway, "defaultRouteTableId") : attribute(gateway, role.own);
}
