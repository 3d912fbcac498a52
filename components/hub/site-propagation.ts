import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface SitePropagationArgs {
  /** Transit gateway attachment of the site. */
  readonly attachmentId: pulumi.Output<string>;
  /** Ids of the route tables that must not have routes from the site, by name. */
  readonly routeTableIds: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * Warns while a site's attachment propagates its routes to a route table.
 *
 * AWS propagates a new attachment to the default route table, which is the hub's. For an attachment of a VPC, the provider
 * switches this off. For one of a VPN connection or a Direct Connect gateway, neither AWS's call nor the provider has an option
 * for it. An operator disables it once, with the command in the warning.
 */
export function warnOfPropagation(
  site: string,
  { attachmentId, routeTableIds }: SitePropagationArgs,
  opts: pulumi.InvokeOptions,
): void {
  for (const [table, routeTableId] of Object.entries(routeTableIds)) {
    pulumi.all([routeTableId, attachmentId]).apply(async ([transitGatewayRouteTableId, id]) => {
      const { ids } = await aws.ec2transitgateway.getRouteTablePropagations({ transitGatewayRouteTableId }, opts);
      if (ids.includes(id)) void pulumi.log.warn(propagationWarning(site, table, transitGatewayRouteTableId, id));
    });
  }
}

function propagationWarning(site: string, table: string, tableId: string, attachmentId: string): string {
  return (
    `The site ${site} propagates its routes to the transit gateway route table ${table}: a route that the site announces could ` +
    "draw the hub's traffic to a spoke. Disable it once, and after every replacement of the connection: aws ec2 " +
    `disable-transit-gateway-route-table-propagation --transit-gateway-route-table-id ${tableId} ` +
    `--transit-gateway-attachment-id ${attachmentId}`
  );
}
