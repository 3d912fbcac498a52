import type * as pulumi from "@pulumi/pulumi";
import { type AddressPlan, egressBlocks } from "../address-plan";
import type { Network } from "../network/network";
import { TransitAttachment } from "../network/transit-attachment";
import type { HubSettings } from "../settings/settings";
import { cidrsOutside } from "../settings/sites";
import { CentralEgress } from "./central-egress";
import { Connections } from "./connections";
import { Inspection, type InspectionArgs } from "./inspection";
import { Sites, type SitesArgs } from "./sites";
import { routeSpokes, type SpokeRoutesArgs } from "./spoke-routes";
import { swapRouteTables, TransitGateway } from "./transit-gateway";

export interface TransitArgs extends Pick<InspectionArgs, "archive" | "zoneIds"> {
  readonly settings: HubSettings;
  /** The hub's VPC, and its CIDRs. */
  readonly vpc: Network;
  readonly plan: AddressPlan;
  /** Ids of the spokes' attachments that connections use, by spoke; plain strings, see {@link Connections}. */
  readonly attachments: SitesArgs["attachments"];
  /** Principals of the resource share. */
  readonly shareWith: readonly string[];
}

/** What the rest of the hub needs of its transit gateway. */
export interface Transit {
  readonly gateway: TransitGateway;
  /** Undefined if spokes reach the internet on their own. */
  readonly egress: CentralEgress | undefined;
  /** Ids of the VPN connections, by site. */
  readonly vpnIds: Sites["vpnIds"];
}

/**
 * The transit gateway with everything that its route tables lead to: the hub's VPC and its NAT gateways, the firewall,
 * connected spokes and sites. All resources are children of the hub.
 */
export function createTransit(name: string, args: TransitArgs, mine: { readonly parent: pulumi.Resource }): Transit {
  const { settings, vpc, shareWith, attachments } = args;
  const { network, addressSpace, protect, sites, securityGroupReferences } = settings;
  const gateway = new TransitGateway(name, { shareWith, addressSpace, securityGroupReferences, protect }, mine);
  const attachment = new TransitAttachment(
    name,
    {
      network: vpc,
      transitGatewayId: gateway.id,
      destinationCidrBlock: addressSpace,
      siteCidrs: cidrsOutside(addressSpace, sites),
      defaultRouteTables: false,
      securityGroupReferences,
    },
    mine,
  );
  const egress = createCentralEgress(name, { ...args, gateway, attachment }, mine);
  const inspection = createInspection(name, { ...args, gateway, attachment }, mine);
  const inspected = inspection && { routeTableId: inspection.inspectedRouteTableId, ready: inspection.ready };
  swapRouteTables(name, { gateway, attachmentId: attachment.id, inspected }, mine);
  const routes: SpokeRoutesArgs = {
    internet: egress && { attachmentId: attachment.id, ready: egress.ready },
    firewall: inspection && {
      attachmentId: inspection.attachmentId,
      ready: inspection.ready,
      hubCidr: network.cidr,
    },
  };
  // Protected, because it is the first that goes with the NAT gateways (ADR 19).
  routeSpokes(`${name}-spokes`, gateway.spokesRouteTableId, routes, { ...mine, protect });
  const inspectedRouteTableId = inspection?.inspectedRouteTableId;
  const ends = { gateway, attachments, hubAttachmentId: attachment.id, inspectedRouteTableId };
  return { gateway, egress, vpnIds: connectSpokesAndSites(name, { ...ends, settings, routes }, mine) };
}

type WithGateway = TransitArgs & { readonly gateway: TransitGateway; readonly attachment: TransitAttachment };

function createCentralEgress(
  hub: string,
  { settings, vpc, plan, gateway, attachment }: WithGateway,
  opts: pulumi.ComponentResourceOptions,
): CentralEgress | undefined {
  const { centralEgress, addressSpace, protect } = settings;
  if (!centralEgress) return undefined;
  const blocks = egressBlocks(plan);
  const args = { hub, network: vpc, blocks, transitGatewayId: gateway.id, attachment, addressSpace, protect };
  return new CentralEgress(`${hub}-egress`, args, opts);
}

/** @returns undefined if no firewall inspects traffic */
function createInspection(
  hub: string,
  { settings, archive, zoneIds, gateway, attachment }: WithGateway,
  opts: pulumi.ComponentResourceOptions,
): Inspection | undefined {
  const { inspection, addressSpace, region, protect } = settings;
  const { enabled, ...policy } = inspection;
  if (!enabled) return undefined;
  const args = { hub, gateway, attachment, archive, zoneIds, policy: { ...policy, region, addressSpace }, protect };
  return new Inspection(`${hub}-inspection`, args, opts);
}

interface EndsArgs extends Pick<SitesArgs, "gateway" | "attachments" | "hubAttachmentId" | "inspectedRouteTableId"> {
  readonly settings: HubSettings;
  readonly routes: SpokeRoutesArgs;
}

/** @returns ids of the VPN connections, by site */
function connectSpokesAndSites(
  name: string,
  { settings, routes, ...ends }: EndsArgs,
  opts: pulumi.ComponentResourceOptions,
): Sites["vpnIds"] {
  const { network: hub, addressSpace, protect, connections, sites, spokes } = settings;
  const ofSpokes = { ...ends, hub: name, connections, addressSpace, routes, protect };
  const tables =
    connections.tables.length === 0 ? {} : new Connections(`${name}-connection`, ofSpokes, opts).routeTableIds;
  if (sites.length === 0) return {};
  const ofSites = { ...ends, hub, sites, spokes, spokeRouteTableIds: tables, protect };
  return new Sites(`${name}-site`, ofSites, opts).vpnIds;
}
