import type { Plan } from "../plan";
import { pathInWords, serversInWords, servicesInWords, spokeNames, type SpokeNames } from "../view/names";
import { indented, section } from "./lines";
import type { Paint } from "./paint";

/** How each spoke resolves and reaches the company's names and the registry. */
export function namesSection(plan: Plan, shown: readonly string[], paint: Paint): string[] {
  const spokes = spokeNames(plan).filter(({ network }) => shown.includes(network));
  if (spokes.length === 0) return [];
  const lines = spokes.flatMap((spoke) => [
    `${spoke.network} ${serversInWords(spoke)}`,
    ...indented(
      spoke.paths.flatMap((path) => [
        path.name,
        ...indented([path.isPrivate ? pathInWords(path) : paint("yellow", `${pathInWords(path)}, not private`)]),
      ]),
    ),
    ...indented(servicesLines(spoke)),
  ]);
  return section("Names and images, from a spoke's private subnets", lines, paint);
}

function servicesLines(spoke: SpokeNames): string[] {
  const ways = servicesInWords(spoke);
  return ways.length === 0 ? [] : ["services that its nodes need", ...indented(ways)];
}
