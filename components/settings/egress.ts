/**
 * Values of the key `egress`: the path from a spoke's private subnets to the internet.
 *
 * - `zonal`: NAT gateways in the spoke's public subnets, one for all AZs or one per AZ (`one-nat-per-az`).
 * - `regional`: one regional NAT gateway in the spoke's VPC, with an Elastic IP address in each AZ.
 * - `hub`: the transit gateway, to the NAT gateways of the hub.
 * - `none`: no path.
 */
export const EGRESS = ["zonal", "regional", "hub", "none"] as const;
export type Egress = (typeof EGRESS)[number];

/** The keys of a spoke that decide its NAT gateways. */
export interface EgressChoices {
  readonly egress: Egress;
  readonly oneNatPerAz: boolean;
}

/** The zonal NAT gateways of a spoke: none, one in the first AZ for all, or one per AZ. */
export function zonalNatGateways({ egress, oneNatPerAz }: EgressChoices): "None" | "Single" | "OnePerAz" {
  if (egress !== "zonal") return "None";
  return oneNatPerAz ? "OnePerAz" : "Single";
}

/**
 * Warnings about `one-nat-per-az` where it changes nothing. It is no fault, so that a switch to another `egress`, and the
 * way back, is a change of one key.
 */
export function egressWarnings({ egress, oneNatPerAz }: EgressChoices): string[] {
  if (egress === "zonal" || !oneNatPerAz) return [];
  return [`one-nat-per-az is true, which changes nothing: egress is ${egress}, and only zonal uses it`];
}
