import table from "./prices.json";

/** List prices of a region, in US dollars. */
export interface Prices {
  readonly natGatewayHour: number;
  readonly publicIpv4Hour: number;
  readonly transitGatewayAttachmentHour: number;
  /** An hour in one Availability Zone. */
  readonly interfaceEndpointHour: number;
  readonly resolverAddressHour: number;
  readonly hostedZoneMonth: number;
  readonly keyMonth: number;
  readonly clusterHour: number;
  /** A GiB of gp3. */
  readonly volumeGibMonth: number;
  /** By instance type, on demand, Linux. */
  readonly instanceHour: Readonly<Record<string, number>>;
}

export interface PriceList {
  readonly prices: Prices;
  /** In sentences: of which region and month they are, and whether that is the region asked for. */
  readonly notes: readonly string[];
}

/** Region whose prices stand in for one that the table lacks: an order of magnitude, and said to be one. */
const STAND_IN = "us-east-1";

/** The prices of a region, or those of another, and which. */
export function priceList(region: string): PriceList {
  const regions: Readonly<Record<string, Prices>> = table.regions;
  const own = regions[region];
  const notes = [`List prices of ${own === undefined ? STAND_IN : region}, ${table.asOf}, in ${table.currency}.`];
  if (own !== undefined) return { prices: own, notes };
  return {
    prices: table.regions[STAND_IN],
    notes: [...notes, `There are none of ${region} in costs/prices.json; expect most to be higher there.`],
  };
}
