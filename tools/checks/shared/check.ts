import { describeRanges } from "../../model/addresses/ranges";
import {
  arrives,
  describeHop,
  describeOutcome,
  describePlace,
  describeRule,
  type Hop,
  type PacketPath,
  passSameFirewalls,
} from "../../model/paths/path";
import { traceReplies } from "../../model/paths/trace";
import { type AllStacks, knows, type ModelResource, type StackResources } from "../../model/resource";
import { type Port, requestTo } from "../../model/topology/packet-filters";
import type { Subnet, Topology } from "../../model/topology/topology";

/** A guarantee about the network, as an automated check. */
export interface NetworkCheck {
  readonly name: string;
  /** The guarantee, in one sentence. */
  readonly sentence: string;
  /** Runs the check on one stack, among all stacks; undefined: it does not apply to the stack. */
  readonly check: (stack: StackResources, all: AllStacks) => Finding | undefined;
}

export interface Finding {
  readonly passed: boolean;
  /** One line per observation: of a failed check only those that failed, of a passed one all. */
  readonly evidence: readonly string[];
}

/** One observation of a check: whether it passes, and the line of evidence. */
export interface Observation {
  readonly passed: boolean;
  readonly evidence: string;
}

/** The finding from all observations: it fails if any of them fails. */
export function finding(observations: readonly Observation[]): Finding {
  const failed = observations.filter(({ passed }) => !passed);
  const shown = failed.length > 0 ? failed : observations;
  return { passed: failed.length === 0, evidence: shown.map(({ evidence }) => evidence) };
}

/** The observations without duplicates. */
export function distinct(observations: readonly Observation[]): Observation[] {
  return [...new Map(observations.map((each) => [`${String(each.passed)} ${each.evidence}`, each])).values()];
}

/** The resources of a type in a stack. */
export function resourcesOfType(
  { resources }: Pick<StackResources, "resources">,
  type: string,
): readonly ModelResource[] {
  return resources.filter((resource) => resource.type === type);
}

/**
 * The observation about one resource: its faults, or what it does right. Nothing if a preview does not know a property.
 *
 * @param reads - properties that the rule reads
 * @param passes - what the resource does right, as part of a sentence
 */
export function observe(
  resource: ModelResource,
  reads: readonly string[],
  passes: string,
  faults: readonly (string | false | undefined)[],
): Observation[] {
  if (!reads.every((property) => knows(resource, property))) return [];
  const found = faults.filter((fault): fault is string => typeof fault === "string" && fault !== "");
  const passed = found.length === 0;
  return [{ passed, evidence: `${resource.name} ${passed ? passes : found.join(" and ")}` }];
}

/** Checks a path as a client needs it: packets reach the intended end, and every reply has a return path. */
export function observeConnection(
  topology: Topology,
  from: Subnet,
  path: PacketPath,
  port: Port,
  isIntended: (path: PacketPath) => boolean = arrives,
): Observation {
  if (!isIntended(path)) return { passed: false, evidence: routesInWords(path, from) };
  const replies = traceReplies(topology, from, path, requestTo(port));
  const lost = replies.find((reply) => !arrives(reply));
  if (lost !== undefined) {
    return {
      passed: false,
      evidence: `${hopsInWords(path, from)}; one-way, the reply is lost: ${routesInWords(lost)}`,
    };
  }
  // A firewall that sees one direction only rejects the connection.
  const apart = replies.find((reply) => !passSameFirewalls(path, reply));
  if (apart === undefined) return { passed: true, evidence: hopsInWords(path, from) };
  return {
    passed: false,
    evidence: `${hopsInWords(path, from)}; a firewall sees one direction only, the reply: ${routesInWords(apart)}`,
  };
}

/** Every route of a path: `dev-private-1 → 10.0.0.0/18: 10.0.0.0/8 → transit gateway; ...; delivered`. */
export function routesInWords(path: PacketPath, from?: Subnet): string {
  const [first, ...others] = path.hops;
  const routes = [...(first === undefined ? [] : [describeRule(first)]), ...others.map(describeHop)];
  return `${endsInWords(path, from)}: ${[...routes, describeOutcome(path)].join("; ")}`;
}

/** The hops of a path: `dev-private-1 → 10.0.0.0/18: transit gateway, hub-spokes, delivered`. */
export function hopsInWords(path: PacketPath, from?: Subnet): string {
  return `${endsInWords(path, from)}: ${[...path.hops.flatMap(hopInWords), describeOutcome(path)].join(", ")}`;
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

/** A recommendation of AWS for stored data, or for access to it. */
export interface DataRule {
  /** Title of the AWS page with the recommendation. */
  readonly source: string;
  readonly check: (stack: StackResources, all: AllStacks) => readonly Observation[];
}
