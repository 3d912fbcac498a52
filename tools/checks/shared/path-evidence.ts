import { rangesInWords } from "../../model/addresses/words";
import { answersTo } from "../../model/paths/answers";
import { arrives, outcomeInWords, type Hop, type Way } from "../../model/paths/path";
import type { Subnet, Topology } from "../../model/topology/topology";
import { requestTo, type Port } from "../../model/topology/traffic";
import type { Observation } from "./check";

/** Checks a path as a client needs it: packets reach the intended end, and every reply has a return path. */
export function observeConnection(
  topology: Topology,
  from: Subnet,
  way: Way,
  port: Port,
  isIntended: (way: Way) => boolean = arrives,
): Observation {
  if (!isIntended(way)) return { passed: false, evidence: routesInWords(way, from) };
  const lost = answersTo(topology, from, way, requestTo(port)).find((answer) => !arrives(answer));
  if (lost === undefined) return { passed: true, evidence: hopsInWords(way, from) };
  return { passed: false, evidence: `${hopsInWords(way, from)}; one-way, the reply is lost: ${routesInWords(lost)}` };
}

/** Every route of a path: `dev-private-1 → 10.0.0.0/18: 10.0.0.0/8 → transit gateway; ...; delivered`. */
export function routesInWords(way: Way, from?: Subnet): string {
  const [first, ...others] = way.hops;
  const routes = [...(first === undefined ? [] : [first.rule]), ...others.map(({ at, rule }) => `${at}: ${rule}`)];
  return `${endsInWords(way, from)}: ${[...routes, outcomeInWords(way)].join("; ")}`;
}

/** The hops of a path: `dev-private-1 → 10.0.0.0/18: transit gateway, hub-spokes, delivered`. */
export function hopsInWords(way: Way, from?: Subnet): string {
  return `${endsInWords(way, from)}: ${[...way.hops.flatMap(hopInWords), outcomeInWords(way)].join(", ")}`;
}

function endsInWords({ hops: [first], destinations }: Way, from: Subnet | undefined): string {
  const source = first?.at ?? from?.name;
  const to = rangesInWords(destinations);
  if (source === undefined) return `to ${to}`;
  return to === "" ? source : `${source} → ${to}`;
}

function hopInWords({ kind, at, leadsTo, rule }: Hop): string[] {
  if (kind !== "subnet") return [at.replace(/^table /, "")];
  // The next hop names the NAT gateway.
  if (leadsTo === "NAT gateway") return [];
  return [leadsTo === "local" ? "local route" : leadsTo === "other" ? rule : (leadsTo ?? rule)];
}
