import type { Plan } from "../../planner/plan";
import { pathInWords, serversInWords, servicesInWords, spokeNames, type SpokeNames } from "../view/names";
import { indented, section } from "./lines";
import { fitted, type Screen } from "./screen";

/** How each spoke resolves and reaches the names of the domain, the registry and the AWS services of its nodes. */
export function dnsSection(plan: Plan, shown: readonly string[], screen: Screen): string[] {
  const spokes = spokeNames(plan).filter(({ network }) => shown.includes(network));
  if (spokes.length === 0) return [];
  const lines = spokes.flatMap((spoke) => [
    `${screen.paint("bold", spoke.network)}: ${serversInWords(spoke)}`,
    ...indented([...spoke.paths.map((path) => `${path.name}: ${pathInColour(path, screen)}`), ...servicesLines(spoke)]),
  ]);
  const title = "DNS and images, from a spoke's private subnets";
  return section(title, fitted(lines, { ...screen, width: screen.width - 2 }), screen.paint);
}

function pathInColour(path: SpokeNames["paths"][number], { paint }: Screen): string {
  return path.isPrivate ? pathInWords(path) : paint("yellow", `${pathInWords(path)}, not private`);
}

function servicesLines(spoke: SpokeNames): string[] {
  const ways = servicesInWords(spoke);
  return ways.length === 0 ? [] : ["AWS services that the nodes use", ...indented(ways)];
}
