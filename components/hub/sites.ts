import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { inspectedSiteRouteName, siteName, siteNetworkName, siteRouteName } from "../names";
import type { DirectConnectLink, Network, Site, VpnLink } from "../settings/settings";
import { warnOfPropagation } from "./site-propagation";
import type { TransitGateway } from "./transit-gateway";

export interface SitesArgs {
  /** The hub's network. The names of all children begin with its name. */
  readonly hub: Network;
  readonly gateway: TransitGateway;
  readonly sites: readonly Site[];
  readonly spokes: readonly Network[];
  /** Ids of the spokes' attachments, by spoke; a spoke that is not attached yet is absent. Plain strings, see `Connections`. */
  readonly attachments: Readonly<Record<string, string>>;
  /** Transit gateway attachment of the hub's VPC. */
  readonly hubAttachmentId: pulumi.Input<string>;
  /** Route table that the hub's attachment uses if a firewall inspects its traffic. @default that of the gateway */
  readonly inspectedRouteTableId?: pulumi.Input<string> | undefined;
  /** Route tables of the spokes that a site names, by spoke. */
  readonly spokeRouteTableIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Whether to protect the VPN connections, whose keys a new one would not have. */
  readonly protect: boolean;
}

/**
 * The external sites: for each a Site-to-Site VPN connection, or an association with an existing Direct Connect gateway, and a
 * transit gateway route table with routes to the hub and to the spokes that it names.
 *
 * All routes to a site are static and have its configured CIDRs. Nothing that the site announces over BGP enters the route
 * table of a spoke, so it cannot draw the traffic of a network (ADR 30).
 */
export class Sites extends pulumi.ComponentResource {
  /** Ids of the VPN connections, by site. */
  readonly vpnIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(
    name: string,
    private readonly args: SitesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:Sites", name, {}, opts);
    const vpnIds: Record<string, pulumi.Output<string>> = {};
    for (const site of args.sites) {
      const { attachmentId, vpnId } = this.attach(site);
      if (vpnId !== undefined) vpnIds[site.name] = vpnId;
      this.createTable(site, attachmentId);
      this.routeTo(site, attachmentId);
      const routeTableIds = this.watchedTables();
      warnOfPropagation(site.name, { attachmentId, routeTableIds }, { parent: this });
    }
    this.vpnIds = vpnIds;
    this.registerOutputs({});
  }

  /** @returns id of the transit gateway attachment, which AWS creates with the connection, and of the VPN connection */
  private attach({ name, link, spokes }: Site): {
    attachmentId: pulumi.Output<string>;
    vpnId: pulumi.Output<string> | undefined;
  } {
    const child = siteName(this.args.hub.name, name);
    if (link.kind !== "vpn")
      return { attachmentId: this.associateDirectConnect(child, link, spokes), vpnId: undefined };
    const { id: vpnId, transitGatewayAttachmentId: attachmentId } = this.createVpn(child, link);
    return { attachmentId, vpnId };
  }

  private createVpn(name: string, { address, asn }: VpnLink): aws.ec2.VpnConnection {
    const { gateway, protect } = this.args;
    const mine = { parent: this };
    const device = new aws.ec2.CustomerGateway(
      name,
      { type: "ipsec.1", ipAddress: address, ...bgpAsn(asn), tags: { Name: name } },
      mine,
    );
    const connection = new aws.ec2.VpnConnection(
      name,
      {
        type: "ipsec.1",
        customerGatewayId: device.id,
        transitGatewayId: gateway.id,
        staticRoutesOnly: asn === undefined,
        tunnel1IkeVersions: STRONG.ikeVersions,
        tunnel1Phase1DhGroupNumbers: STRONG.dhGroupNumbers,
        tunnel1Phase1EncryptionAlgorithms: STRONG.encryptionAlgorithms,
        tunnel1Phase1IntegrityAlgorithms: STRONG.integrityAlgorithms,
        tunnel1Phase2DhGroupNumbers: STRONG.dhGroupNumbers,
        tunnel1Phase2EncryptionAlgorithms: STRONG.encryptionAlgorithms,
        tunnel1Phase2IntegrityAlgorithms: STRONG.integrityAlgorithms,
        tunnel2IkeVersions: STRONG.ikeVersions,
        tunnel2Phase1DhGroupNumbers: STRONG.dhGroupNumbers,
        tunnel2Phase1EncryptionAlgorithms: STRONG.encryptionAlgorithms,
        tunnel2Phase1IntegrityAlgorithms: STRONG.integrityAlgorithms,
        tunnel2Phase2DhGroupNumbers: STRONG.dhGroupNumbers,
        tunnel2Phase2EncryptionAlgorithms: STRONG.encryptionAlgorithms,
        tunnel2Phase2IntegrityAlgorithms: STRONG.integrityAlgorithms,
        tags: { Name: name },
      },
      // AWS generates the pre-shared keys. The provider marks them, and the device's configuration, as secret.
      { ...mine, protect },
    );
    return connection;
  }

  /** The gateway announces to the site only the CIDRs of the hub and of the spokes that it names. */
  private associateDirectConnect(
    name: string,
    { gatewayId: dxGatewayId }: DirectConnectLink,
    spokes: readonly string[],
  ): pulumi.Output<string> {
    const { hub, gateway } = this.args;
    const named = this.args.spokes.filter((spoke) => spokes.includes(spoke.name));
    return new aws.directconnect.GatewayAssociation(
      name,
      { dxGatewayId, associatedGatewayId: gateway.id, allowedPrefixes: [hub, ...named].map(({ cidr }) => cidr) },
      { parent: this },
    ).transitGatewayAttachmentId;
  }

  /** The route tables that must have no routes from a site. */
  private watchedTables(): Readonly<Record<string, pulumi.Input<string>>> {
    const { hub, gateway, inspectedRouteTableId } = this.args;
    const shared = { [`${hub.name}-hub`]: gateway.hubRouteTableId };
    return inspectedRouteTableId === undefined
      ? shared
      : { ...shared, [`${hub.name}-inspected`]: inspectedRouteTableId };
  }

  /** The route table of a site, with its routes, and the site's association with it. */
  private createTable({ name, spokes }: Site, transitGatewayAttachmentId: pulumi.Output<string>): void {
    const { hub, gateway, attachments, hubAttachmentId } = this.args;
    const mine = { parent: this };
    const child = siteName(hub.name, name);
    const { id: transitGatewayRouteTableId } = new aws.ec2transitgateway.RouteTable(
      child,
      { transitGatewayId: gateway.id, tags: { Name: child } },
      mine,
    );
    const reached = [
      [hub.name, hubAttachmentId] as const,
      ...spokes.flatMap((spoke) => {
        const id = attachments[spoke];
        return id === undefined ? [] : [[spoke, id] as const];
      }),
    ];
    const routes = reached.map(
      ([network, id]) =>
        new aws.ec2transitgateway.RouteTablePropagation(
          siteNetworkName(hub.name, name, network),
          { transitGatewayAttachmentId: id, transitGatewayRouteTableId },
          mine,
        ),
    );
    new aws.ec2transitgateway.RouteTableAssociation(
      child,
      {
        transitGatewayAttachmentId,
        transitGatewayRouteTableId,
        // AWS associates a new attachment with the shared table of the spokes. This moves it.
        replaceExistingAssociation: true,
      },
      { ...mine, dependsOn: routes },
    );
  }

  /**
   * Static routes to the site, in the route tables of the hub and of the spokes that it names.
   *
   * With inspection, the firewall has the gateway's table, to which AWS propagates the site. A static route precedes a
   * propagated one for the same CIDR, so this one keeps spokes from reaching the site through the firewall.
   */
  private routeTo({ name, cidrs, spokes }: Site, transitGatewayAttachmentId: pulumi.Output<string>): void {
    const { hub, gateway, inspectedRouteTableId, spokeRouteTableIds } = this.args;
    const toSite = { transitGatewayAttachmentId };
    for (const cidr of cidrs) {
      const own = siteRouteName(hub.name, name, hub.name, cidr);
      if (inspectedRouteTableId === undefined) this.createRoute(own, gateway.hubRouteTableId, cidr, toSite);
      else {
        this.createRoute(own, gateway.hubRouteTableId, cidr, { blackhole: true });
        this.createRoute(inspectedSiteRouteName(hub.name, name, cidr), inspectedRouteTableId, cidr, toSite);
      }
      for (const spoke of spokes) {
        const tableId = spokeRouteTableIds[spoke];
        if (tableId === undefined) throw new Error(`no route table was created for ${spoke}`);
        this.createRoute(siteRouteName(hub.name, name, spoke, cidr), tableId, cidr, toSite);
      }
    }
  }

  private createRoute(
    name: string,
    transitGatewayRouteTableId: pulumi.Input<string>,
    destinationCidrBlock: string,
    target: Pick<aws.ec2transitgateway.RouteArgs, "blackhole" | "transitGatewayAttachmentId">,
  ): void {
    new aws.ec2transitgateway.Route(
      name,
      { transitGatewayRouteTableId, destinationCidrBlock, ...target },
      // A new connection has another attachment, and AWS refuses a second route for a CIDR in a table.
      { parent: this, deleteBeforeReplace: true },
    );
  }
}

/**
 * What both tunnels accept. AWS's defaults also allow IKEv1, AES128, SHA1 and Diffie-Hellman group 2 (AWS Site-to-Site VPN User
 * Guide, "Tunnel options for your AWS Site-to-Site VPN connection"). Groups 19 to 21 are elliptic curves of 256 to 521 bits.
 */
const STRONG = {
  ikeVersions: ["ikev2"],
  encryptionAlgorithms: ["AES256-GCM-16"],
  integrityAlgorithms: ["SHA2-256", "SHA2-384", "SHA2-512"],
  dhGroupNumbers: [19, 20, 21],
};

/** Largest ASN that the property `bgpAsn` accepts; a larger one has a property of its own. */
const LARGEST_BGP_ASN = 2 ** 31 - 1;
/** ASN that AWS gives to a device without BGP (Amazon EC2 API Reference, CreateCustomerGateway). */
const DEFAULT_ASN = 65000;

function bgpAsn(asn = DEFAULT_ASN): Pick<aws.ec2.CustomerGatewayArgs, "bgpAsn" | "bgpAsnExtended"> {
  return asn > LARGEST_BGP_ASN ? { bgpAsnExtended: String(asn) } : { bgpAsn: String(asn) };
}
