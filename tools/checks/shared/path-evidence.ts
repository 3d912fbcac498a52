import { describeRanges } from "../../model/addresses/ranges";
import {
  arrives,
  describeHop,
  describeOutcome,
  describePlace,
  describeRule,
  type Hop,
  type PacketPath,
} from "../../model/paths/path";
import { traceReplies } from "../../model/paths/trace";
import type { Subnet, Topology } from "../../model/topology/topology";
import { requestTo, type Port } from "../../model/topology/traffic";
import type { Observation } from "./check";

/** Checks a path as a client needs it: packets reach the intended end, and every reply has a return path. */
export function observeConnection(
  topology: Topology,
  from: Subnet,
  way: PacketPath,
  port: Port,
  isIntended: (way: PacketPath) => boolean = arrives,
): Observation {
  if (!isIntended(way)) return { passed: false, evidence: routesInWords(way, from) };
  const lost = traceReplies(topology, from, way, requestTo(port)).find((answer) => !arrives(answer));
  if (lost === undefined) return { passed: true, evidence: hopsInWords(way, from) };
  return { passed: false, evidence: `${hopsInWords(way, from)}; one-way, the reply is lost: ${routesInWords(lost)}` };
}

/** Every route of a path: `dev-private-1 → 10.0.0.0/18: 10.0.0.0/8 → transit gateway; ...; delivered`. */
export function routesInWords(way: PacketPath, from?: Subnet): string {
  const [first, ...others] = way.hops;
  const routes = [...(first === undefined ? [] : [describeRule(first)]), ...others.map(describeHop)];
  return `${endsInWords(way, from)}: ${[...routes, describeOutcome(way)].join("; ")}`;
}

/** The hops of a path: `dev-private-1 → 10.0.0.0/18: transit gateway, hub-spokes, delivered`. */
export function hopsInWords(way: PacketPath, from?: Subnet): string {
  return `${endsInWords(way, from)}: ${[...way.hops.flatMap(hopInWords), describeOutcome(way)].join(", ")}`;
}

function endsInWords({ hops: [first], destinations }: PacketPath, from: Subnet | undefined): string {
  const source = first === undefined ? from?.name : describePlace(first);
  const to = describeRanges(destinations);
  if (source === undefined) return `to ${to}`;
  return to === "" ? source : `${source} → ${to}`;
}

function hopInWords(hop: Hop): string[] {
  if (hop.kind !== "subnet") return [hop.kind === "transit table" ? hop.name : describePlace(hop)];
  const { target } = hop.route;
  // The next hop names the NAT gateway.
  if (target === "NAT gateway") return [];
  return [target === "local" ? "local route" : target === "other" ? describeRule(hop) : target];
}
