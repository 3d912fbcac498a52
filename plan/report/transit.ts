import type { Plan } from "../plan";
import { transitTables } from "../view/transit";
import { counted } from "../view/words";
import { indented, section, WIDTH, wrapped } from "./lines";
import type { Paint } from "./paint";

/** The transit gateway's tables: who reads each, and where it leads. */
export function transitSection(plan: Plan, paint: Paint): string[] {
  const lines = transitTables(plan).flatMap(({ name, readBy, routes }) => {
    const width = Math.max(0, ...routes.map(({ destination }) => destination.length));
    return [
      `Table ${name}, ${counted(routes.length, "route")}`,
      ...indented(
        wrapped(readBy, ",", WIDTH - 12).map((line, index) => (index === 0 ? `read by ${line}` : `        ${line}`)),
      ),
      ...indented(
        routes.map(
          ({ destination, network, origin }) =>
            `${destination.padEnd(width)}  → ${network ?? "dropped (blackhole)"}, ${origin}`,
        ),
      ),
    ];
  });
  return section("Routes of the transit gateway", lines, paint);
}
