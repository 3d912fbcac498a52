import table from "./prices.json";

/** List prices of a region. A price that no source gives is absent. */
export interface Prices {
  readonly natGatewayHour?: number;
  readonly publicIpv4Hour?: number;
  readonly transitGatewayAttachmentHour?: number;
  readonly vpnConnectionHour?: number;
  /** An hour in one Availability Zone. */
  readonly interfaceEndpointHour?: number;
  readonly resolverAddressHour?: number;
  /** Each of the first 25 of an account. */
  readonly hostedZoneMonth?: number;
  /** Each further one. */
  readonly furtherHostedZoneMonth?: number;
  readonly keyMonth?: number;
  /** A metric that an alarm of standard resolution reads. */
  readonly alarmMetricMonth?: number;
  readonly compositeAlarmMonth?: number;
  readonly dashboardMonth?: number;
  readonly clusterHour?: number;
  /** A GiB of gp3. */
  readonly volumeGibMonth?: number;
  /** By instance type, on demand, Linux. */
  readonly instanceHour: Readonly<Record<string, number>>;
}

/** Prices of regions, with their sources. */
export interface PriceTable {
  readonly currency: string;
  readonly sources: Readonly<Record<string, { readonly asOf: string; readonly of: readonly string[] }>>;
  /** Prices that are the same in all of these regions. */
  readonly everywhere: Partial<Prices>;
  readonly regions: Readonly<Record<string, Prices & { readonly source: string }>>;
}

export interface PriceList {
  readonly prices: Prices;
  /** Sentences: the region and month of the prices, and whether these are prices of another Region. */
  readonly notes: readonly string[];
}

/** The prices of a region, or those of {@link FALLBACK_REGION} where the table has none. */
export function priceList(region: string, { currency, sources, everywhere, regions }: PriceTable = table): PriceList {
  const used = regions[region] === undefined ? FALLBACK_REGION : region;
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

/** Traffic and logs that AWS bills by the GB, in report order. */
export const PER_GB_PARTS = [
  "natGateway",
  "transitGateway",
  "interfaceEndpoint",
  "betweenAzs",
  "internet",
  "flowLogs",
  "clusterLogs",
] as const;
export type PerGbPart = (typeof PER_GB_PARTS)[number];

/** A list price per GB in US dollars, with its source. */
export interface PerGbPrice {
  readonly part: PerGbPart;
  /** Null: no source gives a price, neither for the Region nor for {@link FALLBACK_REGION}. */
  readonly price: number | null;
  /** Region of the price: the requested one, or {@link FALLBACK_REGION}; null: AWS has one price for all Regions. */
  readonly region: string | null;
  /** Month of the source, `2026-08`, or `undated`. */
  readonly asOf: string;
  /** Documents that have the price. */
  readonly source: string;
}

/** A price of the table. */
interface Priced {
  readonly price: number;
  readonly source: string;
}

/** Prices per GB of regions, with their sources. */
export interface PerGbTable {
  readonly sources: Readonly<Record<string, { readonly asOf: string; readonly of: readonly string[] }>>;
  /** Prices that AWS gives once for all Regions. */
  readonly everywhere: Readonly<Partial<Record<PerGbPart, Priced>>>;
  readonly regions: Readonly<Record<string, Readonly<Partial<Record<PerGbPart, Priced>>>>>;
}

/** The fee of EKS Auto Mode for an instance, as a share of the instance's on-demand price, with its source. */
export interface AutoModeFee {
  readonly share: number;
  /** Month of the newest price that it was computed from. */
  readonly asOf: string;
  /** Prices that it was computed from. */
  readonly of: readonly string[];
}

export const AUTO_MODE_FEE: AutoModeFee = table.autoMode;

/** Region whose prices replace unknown ones; most other Regions are more expensive. */
const FALLBACK_REGION = "us-east-1";

/** The price of a GB in a Region: its own price, the price of all Regions, or that of {@link FALLBACK_REGION}. */
export function pricesPerGb(region: string, given: PerGbTable = table.perGb): PerGbPrice[] {
  return PER_GB_PARTS.map((part) => {
    const candidates: readonly (readonly [string | null, Priced | undefined])[] = [
      [region, given.regions[region]?.[part]],
      [null, given.everywhere[part]],
      [FALLBACK_REGION, given.regions[FALLBACK_REGION]?.[part]],
    ];
    const [of, found] = candidates.find(([, each]) => each !== undefined) ?? [FALLBACK_REGION, undefined];
    const source = given.sources[found?.source ?? ""];
    return {
      ...{ part, price: found?.price ?? null, region: of },
      ...{ asOf: source?.asOf ?? "undated", source: source?.of.join("; ") ?? "" },
    };
  });
}
