import { STAND_IN } from "./per-gb";
import table from "./prices.json";

/** List prices of a region. A price that no source gives is absent. */
export interface Prices {
  readonly natGatewayHour?: number;
  readonly publicIpv4Hour?: number;
  readonly transitGatewayAttachmentHour?: number;
  /** An hour in one Availability Zone. */
  readonly interfaceEndpointHour?: number;
  readonly resolverAddressHour?: number;
  /** Each of the first 25 of an account. */
  readonly hostedZoneMonth?: number;
  /** Each further one. */
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
  /** Sentences: the region and month of the prices, and whether that is the region asked for. */
  readonly notes: readonly string[];
}

/** The prices of a region, or those of {@link STAND_IN} where the table has none. */
export function priceList(region: string, { currency, sources, everywhere, regions }: PriceTable = table): PriceList {
  const used = regions[region] === undefined ? STAND_IN : region;
  const { source = "", ...own } = regions[used] ?? { instanceHour: {} };
  const notes = [`List prices of ${used}, ${sources[source]?.asOf ?? "undated"}, in ${currency}, before taxes.`];
  return {
    prices: { ...everywhere, ...own },
    notes:
      used === region
        ? notes
        : [...notes, `tools/costs/prices.json has no prices for ${region}; expect most to be higher there.`],
  };
}
