import { HOURS_PER_MONTH, isInterfaceEndpoint, type Costing } from "./costs";
import type { PerGbPart, PerGbPrice, Prices } from "./price-list";

/** The traffic from which a resource saves more on traffic than it costs before traffic. */
export interface BreakEven {
  readonly kind: "interface endpoint" | "one NAT gateway per AZ";
  /** The endpoint's service, `ecr.api`; of NAT gateways, the stack. */
  readonly name: string;
  /** US dollars a month before traffic, in whole cents; null: no price is known. */
  readonly monthly: number | null;
  /** US dollars that each GB saves; null: no price is known. */
  readonly savedPerGb: number | null;
  /** GB a month from which it pays off, rounded up; null: it never does, or a price is unknown. */
  readonly gb: number | null;
  /** Regions of the prices per GB that it was computed with; a price of all Regions belongs to none. */
  readonly perGbOf: readonly string[];
}

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

/**
 * The interface endpoints of the hub. A GB to the service then passes the transit gateway and the endpoint, not a NAT
 * gateway; between AZs neither of the two charges (AWS, "AWS announces data transfer price reduction for AWS
 * PrivateLink, AWS Transit Gateway, and AWS Client VPN services", 2022-04). An endpoint's hosted zones are part of its
 * cost.
 */
export function endpointBreakEvens(hub: readonly Costing[], prices: Prices, perGb: readonly PerGbPrice[]): BreakEven[] {
  return hub
    .filter((each) => each.type === ENDPOINT && isInterfaceEndpoint(each))
    .map((endpoint) => {
      const { interfaceEndpointHour: hour, hostedZoneMonth: zone } = prices;
      const subnets = endpoint.inputs["subnetIds"];
      const azs = Array.isArray(subnets) ? subnets.length : 0;
      const monthly =
        hour === undefined || zone === undefined ? null : azs * hour * HOURS_PER_MONTH + zonesOf(endpoint, hub) * zone;
      const nat = priceOf(perGb, "natGateway");
      const transit = priceOf(perGb, "transitGateway");
      const through = priceOf(perGb, "interfaceEndpoint");
      const saved = nat === null || transit === null || through === null ? null : nat - transit - through;
      const regions = regionsOf(perGb, ["natGateway", "transitGateway", "interfaceEndpoint"]);
      return breakEven("interface endpoint", serviceOf(endpoint), monthly, saved, regions);
    });
}

/**
 * One NAT gateway in each AZ of a spoke, compared with a single one. A single one costs less, but each GB from another AZ
 * is billed twice: out of that AZ and into the gateway's (Amazon EC2 On-Demand Pricing, "Data Transfer within the same
 * AWS Region").
 *
 * @param azs Availability Zones of the spoke
 */
export function natBreakEven(
  stack: string,
  azs: number,
  { natGatewayHour: nat, publicIpv4Hour: address }: Prices,
  perGb: readonly PerGbPrice[],
): BreakEven {
  const monthly = nat === undefined || address === undefined ? null : (azs - 1) * (nat + address) * HOURS_PER_MONTH;
  const direction = priceOf(perGb, "betweenAzs");
  const saved = direction === null ? null : 2 * direction;
  return breakEven("one NAT gateway per AZ", stack, monthly, saved, regionsOf(perGb, ["betweenAzs"]));
}

function breakEven(
  kind: BreakEven["kind"],
  name: string,
  monthly: number | null,
  saved: number | null,
  perGbOf: readonly string[],
): BreakEven {
  const savedPerGb = saved === null ? null : rounded(saved, 1e6);
  const cents = monthly === null ? null : rounded(monthly, 100);
  const gb =
    cents === null || savedPerGb === null || savedPerGb <= 0 ? null : Math.ceil(rounded(cents / savedPerGb, 1e6));
  return { kind, name, monthly: cents, savedPerGb, gb, perGbOf };
}

/** Hosted zones with a record that points to an endpoint. */
function zonesOf({ type, name }: Costing, resources: readonly Costing[]): number {
  const pointing = resources.filter(
    (each) => each.type === "aws:route53/record:Record" && JSON.stringify(each.inputs).includes(`{${type}::${name}.`),
  );
  return new Set(pointing.map(({ inputs }) => inputs["zoneId"])).size;
}

/** `com.amazonaws.REGION.ecr.api` → `ecr.api`. */
function serviceOf({ inputs }: Costing): string {
  return String(inputs["serviceName"]).split(".").slice(3).join(".");
}

function priceOf(perGb: readonly PerGbPrice[], part: PerGbPart): number | null {
  return perGb.find((each) => each.part === part)?.price ?? null;
}

function regionsOf(perGb: readonly PerGbPrice[], parts: readonly PerGbPart[]): string[] {
  return [...new Set(perGb.filter(({ part }) => parts.includes(part)).flatMap(({ region }) => region ?? []))];
}

/** A number without the errors of binary fractions; never -0. */
function rounded(value: number, steps: number): number {
  return Math.round(value * steps) / steps + 0;
}
