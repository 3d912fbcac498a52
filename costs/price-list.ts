import table from "./prices.json";

/** List prices of a region. What no source gives a price for is absent. */
export interface Prices {
  readonly natGatewayHour?: number;
  readonly publicIpv4Hour?: number;
  readonly transitGatewayAttachmentHour?: number;
  /** An hour in one Availability Zone. */
  readonly interfaceEndpointHour?: number;
  readonly resolverAddressHour?: number;
  /** Each of the first 25 of an account. */
  readonly hostedZoneMonth?: number;
  /** Each beyond these. */
  readonly furtherHostedZoneMonth?: number;
  readonly keyMonth?: number;
  readonly clusterHour?: number;
  /** A GiB of gp3. */
  readonly volumeGibMonth?: number;
  /** By instance type, on demand, Linux. */
  readonly instanceHour: Readonly<Record<string, number>>;
}

/** Prices of regions, and where they are from. */
export interface PriceTable {
  readonly currency: string;
  readonly sources: Readonly<Record<string, { readonly asOf: string; readonly of: readonly string[] }>>;
  /** Prices that are the same in all of these regions. */
  readonly everywhere: Partial<Prices>;
  readonly regions: Readonly<Record<string, Prices & { readonly source: string }>>;
}

export interface PriceList {
  readonly prices: Prices;
  /** In sentences: of which region and month they are, and whether that is the region asked for. */
  readonly notes: readonly string[];
}

/** Region whose prices stand in for one that the table lacks: an order of magnitude, and said to be one. */
const STAND_IN = "us-east-1";

/** The prices of a region, or those of another, and which. */
export function priceList(region: string, { currency, sources, everywhere, regions }: PriceTable = table): PriceList {
  const used = regions[region] === undefined ? STAND_IN : region;
  const { source = "", ...own } = regions[used] ?? { instanceHour: {} };
  const notes = [`List prices of ${used}, ${sources[source]?.asOf ?? "without a date"}, in ${currency}.`];
  return {
    prices: { ...everywhere, ...own },
    notes:
      used === region
        ? notes
        : [...notes, `There are none of ${region} in costs/prices.json; expect most to be higher there.`],
  };
}
