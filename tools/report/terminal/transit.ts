import type { Plan } from "../../planner/plan";
import { transitTables } from "../view/transit";
import { counted } from "../view/words";
import { aligned, indented, section } from "./lines";
import { fitted, type Screen } from "./screen";

/** The transit gateway's route tables: the attachments that use each, and its routes. */
export function transitSection(plan: Plan, screen: Screen): string[] {
  const lines = transitTables(plan).flatMap(({ name, readBy, routes }) => [
    `Route table ${name}, ${counted(routes.length, "route")}; associated: ${readBy.join(", ")}`,
    ...indented(
      aligned(
        routes.map(({ destination, network, origin }) => [
          destination,
          `→ ${network ?? "dropped (blackhole)"}, ${origin}`,
        ]),
        [{}, {}],
      ),
    ),
  ]);
  return section("Routes of the transit gateway", fitted(lines, { ...screen, width: screen.width - 2 }), screen.paint);
}
