import table from "./prices.json";

/** Traffic and logs that AWS bills by the GB, in the order in which they are shown. */
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

/** A list price per GB in US dollars, and where it is from. */
export interface PerGbPrice {
  readonly part: PerGbPart;
  /** Null: no source gives a price, neither for the Region nor for the one that stands in for it. */
  readonly price: number | null;
  /** Region that the price is for: the one asked for, or {@link STAND_IN}; null: AWS has one price for all Regions. */
  readonly region: string | null;
  /** Month of the source, `2026-08`, or `undated`. */
  readonly asOf: string;
  /** What the price was read from. */
  readonly source: string;
}

/** A price of the table. */
interface Priced {
  readonly price: number;
  readonly source: string;
}

/** Prices per GB of regions, and where they are from. */
export interface PerGbTable {
  readonly sources: Readonly<Record<string, { readonly asOf: string; readonly of: readonly string[] }>>;
  /** Prices that AWS gives once for all Regions. */
  readonly everywhere: Readonly<Partial<Record<PerGbPart, Priced>>>;
  readonly regions: Readonly<Record<string, Readonly<Partial<Record<PerGbPart, Priced>>>>>;
}

/** Region whose price stands in where the Region's own is unknown; most others are higher. */
export const STAND_IN = "us-east-1";

/** What a GB costs in a Region: its own price, the price of all Regions, or that of {@link STAND_IN}. */
export function pricesPerGb(region: string, given: PerGbTable = table.perGb): PerGbPrice[] {
  return PER_GB_PARTS.map((part) => {
    const candidates: readonly (readonly [string | null, Priced | undefined])[] = [
      [region, given.regions[region]?.[part]],
      [null, given.everywhere[part]],
      [STAND_IN, given.regions[STAND_IN]?.[part]],
    ];
    const [of, found] = candidates.find(([, each]) => each !== undefined) ?? [STAND_IN, undefined];
    const source = given.sources[found?.source ?? ""];
    return {
      ...{ part, price: found?.price ?? null, region: of },
      ...{ asOf: source?.asOf ?? "undated", source: source?.of.join("; ") ?? "" },
    };
  });
}
