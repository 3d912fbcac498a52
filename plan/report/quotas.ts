import type { QuotaView } from "../view/quotas";
import { grouped } from "../view/words";
import { section, table, type Column } from "./lines";
import type { Paint } from "./paint";

const COLUMNS: readonly Column[] = [
  { title: "AWS's default quota" },
  { title: "stack" },
  { title: "now", align: "right" },
  { title: "of", align: "right" },
  { title: "a spoke adds", align: "right" },
  { title: "up to spokes", align: "right" },
];

/** With how many spokes each quota is still kept that grows with them. */
export function quotasSection(quotas: readonly QuotaView[], paint: Paint): string[] {
  if (quotas.length === 0) return [];
  const rows = quotas.map(({ name, adjustable, stack, used, limit, perSpoke, spokes }) => [
    adjustable ? `${name} *` : name,
    stack,
    grouped(used),
    grouped(limit),
    grouped(perSpoke),
    grouped(spokes),
  ]);
  const legend = paint("dim", "* AWS raises it on request");
  return section("Quotas that grow with the spokes", [...table(COLUMNS, rows, paint), "", legend], paint);
}
