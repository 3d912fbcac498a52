import { rangesInWords, THE_INTERNET } from "../model/addresses/words";
import { answersTo } from "../model/paths/answers";
import { arrives, pathInWords, type Way } from "../model/paths/path";
import type { Subnet, Topology } from "../model/topology/topology";
import { requestTo, type Port } from "../model/topology/traffic";

/** One thing that a check has seen. */
export interface Seen {
  readonly passed: boolean;
  readonly evidence: string;
}

/** `dev-private-1: 10.0.0.0/8 → transit gateway; ...: arrives (to 10.0.0.0/18)`. */
export function wayInWords(way: Way): string {
  const to = rangesInWords(way.destinations);
  return `${pathInWords(way)}${to === "" || to === THE_INTERNET ? "" : ` (to ${to})`}`;
}

/** A way as a client needs it: the packets get to where they are meant to go, and every answer finds back. */
export function connection(
  topology: Topology,
  from: Subnet,
  way: Way,
  port: Port,
  isMeant: (way: Way) => boolean = arrives,
): Seen {
  if (!isMeant(way)) return { passed: false, evidence: wayInWords(way) };
  const lost = answersTo(topology, from, way, requestTo(port)).find((answer) => !arrives(answer));
  if (lost === undefined) return { passed: true, evidence: wayInWords(way) };
  return { passed: false, evidence: `${wayInWords(way)}, and the answer is lost: ${wayInWords(lost)}` };
}

/** What was seen, each piece of evidence once. */
export function once(seen: readonly Seen[]): Seen[] {
  return [...new Map(seen.map((each) => [`${String(each.passed)} ${each.evidence}`, each])).values()];
}
