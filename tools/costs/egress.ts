import { PRIVATE_SERVICES } from "../../components/facts/endpoint-services";
import { HOURS_PER_MONTH } from "./costs";
import type { PerGbPart, PerGbPrice, Prices } from "./price-list";

/** Paths to the internet that a comparison has, by the keys `egress` and `one-nat-per-az`. */
type EgressPath = "zonal" | "zonal, one per AZ" | "regional" | "hub" | "none";

/** What a path to the internet costs a spoke. */
export interface EgressCost {
  readonly path: EgressPath;
  /** US dollars a month in the spoke, before traffic; null: a price is unknown. */
  readonly monthly: number | null;
  /** US dollars a month in the hub, before traffic, which all spokes share; null: a price is unknown. */
  readonly inHub: number | null;
  /** US dollars per GB, in either direction; null: a price is unknown, or the path does not lead to the internet. */
  readonly perGb: number | null;
}

/** The network for which paths are compared. */
export interface EgressShape {
  /** Availability Zones of the spoke. */
  readonly azs: number;
  /** Availability Zones of the hub. */
  readonly hubAzs: number;
  /** Interface endpoints that the hub has. */
  readonly sharedEndpoints: readonly string[];
}

/**
 * What each path to the internet costs. A regional NAT gateway is billed by the hour in each of its AZs, like a zonal one
 * (Amazon VPC Pricing). Nodes are taken to be spread evenly: with a single zonal NAT gateway, the traffic of
 * all AZs but one passes between AZs, which is billed in both. In hub, each GB passes the transit gateway once, whatever its
 * direction. In none, the hub needs the interface endpoints that nodes call and that it does not have.
 */
export function egressCosts(
  { azs, hubAzs, sharedEndpoints }: EgressShape,
  prices: Prices,
  perGb: readonly PerGbPrice[],
) {
  const gateway = sum(prices.natGatewayHour, prices.publicIpv4Hour);
  const gateways = (count: number): number | null => cents(times(count * HOURS_PER_MONTH, gateway));
  const missing = PRIVATE_SERVICES.filter(({ name }) => name !== "s3" && !sharedEndpoints.includes(name)).length;
  const endpoint = sum(times(hubAzs * HOURS_PER_MONTH, prices.interfaceEndpointHour), prices.hostedZoneMonth);
  const price = (part: PerGbPart): number | null => perGb.find((each) => each.part === part)?.price ?? null;
  const nat = price("natGateway");
  const crossing = times((2 * (azs - 1)) / azs, price("betweenAzs"));
  const costs: readonly EgressCost[] = [
    { path: "zonal", monthly: gateways(1), inHub: 0, perGb: sum(nat, crossing) },
    { path: "zonal, one per AZ", monthly: gateways(azs), inHub: 0, perGb: nat },
    { path: "regional", monthly: gateways(azs), inHub: 0, perGb: nat },
    { path: "hub", monthly: 0, inHub: gateways(hubAzs), perGb: sum(nat, price("transitGateway")) },
    { path: "none", monthly: 0, inHub: cents(times(missing, endpoint)), perGb: null },
  ];
  return costs;
}

/** A path that costs least, and the traffic of a spoke from which it does. */
export interface Cheapest {
  readonly path: EgressPath;
  /** GB a month of a spoke, rounded up. */
  readonly fromGb: number;
}

/** The cost of a path by traffic. */
interface Line {
  readonly path: EgressPath;
  readonly fixed: number;
  readonly perGb: number;
}

/** Another line that meets the current one, and the traffic at which it does. */
interface Meeting {
  readonly line: Line;
  readonly at: number;
}

/**
 * The paths to the internet that cost least, by rising traffic. Of two that cost the same, the first counts. A path with an
 * unknown price is left out.
 *
 * @param spokes number of spokes that would share the cost in the hub
 */
export function cheapestPaths(costs: readonly EgressCost[], spokes: number): Cheapest[] {
  const lines: readonly Line[] = costs.flatMap(({ path, monthly, inHub, perGb }) =>
    monthly === null || inHub === null || perGb === null ? [] : [{ path, fixed: monthly + inHub / spokes, perGb }],
  );
  const found: Cheapest[] = [];
  let current = lines.reduce<Line | undefined>(
    (best, line) => (best === undefined || isBefore(line, best) ? line : best),
    undefined,
  );
  let fromGb = 0;
  while (current !== undefined) {
    found.push({ path: current.path, fromGb: Math.ceil(Math.round(fromGb * 1e6) / 1e6) });
    const { fixed, perGb } = current;
    // Where another line, which rises less, meets this one.
    const next = lines
      .filter((line) => line.perGb < perGb)
      .map((line) => ({ line, at: (line.fixed - fixed) / (perGb - line.perGb) }))
      .reduce<Meeting | undefined>(
        (first, each) => (first === undefined || comesFirst(each, first) ? each : first),
        undefined,
      );
    current = next?.line;
    fromGb = next?.at ?? 0;
  }
  return found;
}

/** Whether a line meets the current one before another, or in the same point and rises less. */
function comesFirst(one: Meeting, other: Meeting): boolean {
  return one.at < other.at || (one.at === other.at && one.line.perGb < other.line.perGb);
}

/** Whether a line is below another without traffic. */
function isBefore(one: Line, other: Line): boolean {
  return one.fixed < other.fixed || (one.fixed === other.fixed && one.perGb < other.perGb);
}

type Price = number | null | undefined;

function sum(...prices: readonly Price[]): number | null {
  const known = prices.filter((each) => typeof each === "number");
  return known.length < prices.length ? null : Math.round(known.reduce((a, b) => a + b, 0) * 1e6) / 1e6;
}

function times(factor: number, price: Price): number | null {
  return typeof price === "number" ? factor * price : null;
}

function cents(amount: number | null): number | null {
  return amount === null ? null : Math.round(amount * 100) / 100;
}
