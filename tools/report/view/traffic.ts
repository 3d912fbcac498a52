import type { BreakEven } from "../../costs/break-even";
import type { PerGbPart, PerGbPrice } from "../../costs/price-list";
import { amount, unitPrice } from "./amounts";
import { grouped, namesShortened } from "./words";

const TITLES: Readonly<Record<PerGbPart, string>> = {
  natGateway: "NAT gateway, data processing",
  transitGateway: "transit gateway, data processing",
  interfaceEndpoint: "interface endpoint, data processing (first PB)",
  betweenAzs: "between AZs, in each direction",
  internet: "out to the internet (first 10 TB)",
  flowLogs: "flow and query logs, delivery to S3 (first 10 TB)",
  clusterLogs: "EKS control plane logs, ingestion into CloudWatch",
};

/** A price per GB as a row: what for, the price, and the Region and month that it is from. */
export function perGbRow({ part, price, region, asOf }: PerGbPrice): readonly [string, string, string] {
  return [
    TITLES[part],
    price === null ? "?" : unitPrice(price),
    price === null ? "no source" : `${region ?? "all Regions"}, ${asOf}`,
  ];
}

/**
 * Each break-even in a sentence; those with the same numbers share one.
 *
 * @param region of the stacks, which the sentence names when the prices per GB are from another
 */
export function breakEvenSentences(all: readonly BreakEven[], region: string): string[] {
  const groups = new Map<string, { names: string[]; one: BreakEven }>();
  for (const one of all) {
    const key = JSON.stringify([one.kind, one.monthly, one.savedPerGb, one.gb, one.perGbOf]);
    const group = groups.get(key) ?? { names: [], one };
    group.names.push(one.name);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ names, one }) => sentence(names, one, region));
}

function sentence(names: readonly string[], { kind, monthly, savedPerGb, gb, perGbOf }: BreakEven, region: string) {
  const isEndpoint = kind === "interface endpoint";
  const subject = isEndpoint
    ? `${namesShortened(names)}: ${names.length === 1 ? "the" : "each"} centralized interface endpoint costs`
    : `${namesShortened(names)}: one NAT gateway per AZ costs`;
  if (monthly === null || savedPerGb === null) {
    return `${subject} an unknown amount: tools/costs/prices.json lacks a price, so there is no break-even.`;
  }
  const others = perGbOf.filter((each) => each !== region);
  const from = others.length === 0 ? "" : ` (at ${others.join(", ")} prices per GB)`;
  const costs = `${subject} ${amount(monthly)} a month ${isEndpoint ? "" : "more than a single one "}`.trimEnd();
  if (gb === null)
    return `${costs}, but a GB through it costs no less than through a NAT gateway${from}: it does not pay.`;
  const saves = isEndpoint
    ? `saves ${unitPrice(savedPerGb)} per GB that would otherwise pass a NAT gateway`
    : `saves ${unitPrice(savedPerGb)} per GB between AZs`;
  return `${costs} and ${saves}: it pays off from ${grouped(gb)} GB a month${from}.`;
}
