import { siteName } from "../../../components/names";
import { attribute, type ModelResource, text, texts } from "../resource";
import type { Resources } from "./resources";

/** The attachment of a network outside AWS to a transit gateway: of a VPN connection, or of a Direct Connect gateway. */
export interface SiteAttachment {
  readonly id: string;
  /** Name of the site; the resource's name for one that the configuration does not name. */
  readonly name: string;
  readonly resource: ModelResource;
  /** Name of its stack. */
  readonly stack: string;
  readonly gatewayId: string;
  /** CIDRs of the site in the configuration; empty: it names no such site. */
  readonly blocks: readonly string[];
  /** The spokes that the site may reach, by the configuration. */
  readonly spokes: readonly string[];
  /** Whether the site announces routes over BGP. The model assumes that these are for its own CIDRs. */
  readonly announces: boolean;
  /** CIDRs that a Direct Connect gateway announces to the site; undefined for a VPN connection, which announces its route table. */
  readonly allowedPrefixes: readonly string[] | undefined;
}

const VPN = "aws:ec2/vpnConnection:VpnConnection";
const DIRECT_CONNECT = "aws:directconnect/gatewayAssociation:GatewayAssociation";

/** Property with the transit gateway, by type. */
const GATEWAYS: Readonly<Record<string, string>> = {
  [VPN]: "transitGatewayId",
  [DIRECT_CONNECT]: "associatedGatewayId",
};

/** Attachments of networks outside AWS. AWS creates each with its VPN connection or its association. */
export function readSiteAttachments(resources: Resources): readonly SiteAttachment[] {
  return resources.ofType(...Object.keys(GATEWAYS)).map((resource): SiteAttachment => {
    const stack = resources.stackOf(resource)?.name ?? "";
    const site = resources.sites.find(({ name }) => siteName(stack, name) === resource.name);
    const isVpn = resource.type === VPN;
    return {
      id: attribute(resource, "transitGatewayAttachmentId"),
      name: site?.name ?? resource.name,
      ...{ resource, stack, blocks: site?.cidrs ?? [], spokes: site?.spokes ?? [] },
      gatewayId: text(resource, GATEWAYS[resource.type] ?? ""),
      announces: !isVpn || resource.inputs["staticRoutesOnly"] !== true,
      allowedPrefixes: isVpn ? undefined : texts(resource, "allowedPrefixes"),
    };
  });
}
