import type { QuotaView } from "../view/quotas";
import { grouped } from "../view/words";
import { section, table, type Column } from "./lines";
import { prose, type Screen } from "./screen";

const COLUMNS: readonly Column[] = [
  { title: "AWS default quota" },
  { title: "stack" },
  { title: "now", align: "right" },
  { title: "limit", align: "right" },
  { title: "per spoke", align: "right" },
  { title: "spokes that fit", align: "right" },
];

/** The number of spokes that fit each quota that grows with them. */
export function quotasSection(quotas: readonly QuotaView[], { paint, width }: Screen): string[] {
  if (quotas.length === 0) return [];
  const rows = quotas.map(({ name, adjustable, stack, used, limit, perSpoke, spokes }) => [
    adjustable ? `${name} *` : name,
    stack,
    grouped(used),
    grouped(limit),
    grouped(perSpoke),
    grouped(spokes),
  ]);
  const isAdjustable = quotas.some(({ adjustable }) => adjustable);
  const legend = prose("* AWS increases it on request", { paint, width }, 2).map((line) => paint("dim", line));
  return section(
    "Quotas that grow with the spokes",
    [...table(COLUMNS, rows, paint, width - 2), ...(isAdjustable ? ["", ...legend] : [])],
    paint,
  );
}
