import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { HALVES } from "../network/egress";

/** Every address; more specific routes win. */
export const EVERYWHERE = "0.0.0.0/0";

/** Where the transit gateway sends traffic of spokes, in addition to the hub's CIDR. */
export interface SpokeRoutesArgs {
  /** The hub, for the internet; undefined: it has no NAT gateways. */
  readonly internet: Target | undefined;
  /** The firewall, for the internet and the hub; undefined: none. */
  readonly firewall: (Target & { /** IPv4 CIDR of the hub's VPC. */ readonly hubCidr: string }) | undefined;
}

interface Target {
  /** Transit gateway attachment. */
  readonly attachmentId: pulumi.Input<string>;
  /** What must exist before a route leads there, so that no packet is lost. */
  readonly ready: readonly pulumi.Resource[];
}

/**
 * Adds these routes to a transit gateway route table of spokes. The blackhole route for the address space is more specific
 * than those for the internet, so they lead to no other network.
 *
 * The routes to the firewall override those to the hub, which stay: two halves are more specific than the default route, and
 * of two routes for the hub's CIDR the static one wins over the propagated one (Amazon VPC Transit Gateways, "How AWS Transit
 * Gateway works"). So switching the firewall on or off replaces no route, and there is one at every moment.
 *
 * @param opts options of the routes. `protect` is for the route to the internet only
 */
export function routeSpokes(
  table: string,
  transitGatewayRouteTableId: pulumi.Input<string>,
  { internet, firewall }: SpokeRoutesArgs,
  opts: pulumi.CustomResourceOptions,
): aws.ec2transitgateway.Route[] {
  const route = (
    name: string,
    destinationCidrBlock: string,
    { attachmentId, ready }: Target,
    protect = false,
  ): aws.ec2transitgateway.Route =>
    new aws.ec2transitgateway.Route(
      `${table}-${name}`,
      { transitGatewayRouteTableId, destinationCidrBlock, transitGatewayAttachmentId: attachmentId },
      // Another firewall has another attachment, and AWS refuses a second route for a CIDR in a table.
      { ...opts, protect, deleteBeforeReplace: true, dependsOn: [...ready] },
    );
  return [
    ...(internet === undefined ? [] : [route("internet", EVERYWHERE, internet, opts.protect)]),
    ...(firewall === undefined
      ? []
      : Object.entries({ hub: firewall.hubCidr, ...HALVES }).map(([to, cidr]) =>
          route(`inspection-${to}`, cidr, firewall),
        )),
  ];
}
