import { PRIVATE_SERVICES, type Way, wayTo } from "../../../components/facts/endpoint-services";
import { resolveByHub } from "../../model/names/dhcp";
import { resolve, sameAnswer } from "../../model/names/resolve";
import { describePlace, describeReason, type Path } from "../../model/paths/path";
import { trace, tracePaths } from "../../model/paths/trace";
import { HTTPS } from "../../model/topology/packet-filters";
import { inTier, networkOf, type Topology, topologyOf, type VpcNetwork } from "../../model/topology/topology";
import type { Plan, StackPlan } from "../../planner/plan";
import { stacksOfPlan } from "../../planner/stacks";
import type { Entry, Section } from "./section";

/** How a spoke resolves and reaches what it needs by name. */
export interface SpokeNames {
  readonly network: string;
  /** DNS servers of the DHCP options, in their order. */
  readonly servers: readonly string[];
  /** Whether the hub's Resolver endpoint and the VPC's own DNS server give every name below the same answer. */
  readonly alike: boolean;
  readonly paths: readonly NamePath[];
  /** AWS services that the nodes of a cluster need, by the path to them; empty without a cluster. */
  readonly services: Readonly<Partial<Record<Way, readonly string[]>>>;
}

interface NamePath {
  readonly name: string;
  /** Private hosted zone that answers; undefined: public DNS answers. */
  readonly zone: string | undefined;
  /** DNS servers of an external site that answer; undefined: they do not. */
  readonly forwardedTo?: readonly string[] | undefined;
  /** Path to the answer, stop by stop; empty for the domain's own hosted zones, whose records other programs write. */
  readonly stops: readonly string[];
  /** Whether no stop is on the internet. */
  readonly isPrivate: boolean;
}

/** How each spoke resolves and reaches the names of the domain, the registry and the AWS services of its nodes. */
export function dnsSection(plan: Plan, shown: readonly string[]): Section | undefined {
  const spokes = spokeNames(plan).filter(({ network }) => shown.includes(network));
  if (spokes.length === 0) return undefined;
  return {
    id: "names",
    title: "DNS and images, from a spoke's private subnets",
    note: "The private hosted zone that answers each name, and the path to its target. To pull an image, a node gets its authorization from api.ecr, the manifest from dkr.ecr, and the layers from the S3 bucket.",
    cards: spokes.map((spoke) => ({
      title: spoke.network,
      summary: serversInWords(spoke),
      entries: [...spoke.paths.map(pathEntry), ...servicesEntry(spoke)],
    })),
  };
}

function pathEntry(path: NamePath): Entry {
  const words = pathInWords(path);
  return { term: path.name, lines: [path.isPrivate ? words : `${words}, not private`], isWarning: !path.isPrivate };
}

function servicesEntry(spoke: SpokeNames): Entry[] {
  const lines = servicesInWords(spoke);
  return lines.length === 0 ? [] : [{ term: "AWS services that the nodes use", lines }];
}

/** Every spoke's path to the domain's names and to the registry: authorization, manifests and layers. */
export function spokeNames(plan: Plan): SpokeNames[] {
  const topology = topologyOf(stacksOfPlan(plan));
  const hub = plan.find(({ settings }) => settings.role === "hub");
  if (hub === undefined) return [];
  return plan.flatMap((spoke) => {
    const network = networkOf(topology, spoke);
    return spoke === hub || network === undefined ? [] : [namesOf(topology, network, spoke, hub)];
  });
}

function namesOf(topology: Topology, network: VpcNetwork, { settings }: StackPlan, hub: StackPlan): SpokeNames {
  const { domain, region } = settings;
  const names: readonly (readonly [name: string, service?: string])[] = [
    [domain],
    [`${network.name}.${domain}`],
    [`api.ecr.${region}.amazonaws.com`, "ecr.api"],
    [`${hub.settings.network.account}.dkr.ecr.${region}.amazonaws.com`, "ecr.dkr"],
    [`prod-${region}-starport-layer-bucket.s3.${region}.amazonaws.com`, "s3"],
    ...topology.resolverRules.map((rule) => [rule.domain] as const),
  ];
  const [from] = inTier(network, "private");
  return {
    network: network.stack,
    servers: network.servers,
    alike: names.every(([name]) => {
      const hubs = resolveByHub(topology, name);
      return hubs === undefined || sameAnswer(resolve(topology, network, name), hubs);
    }),
    paths: names.map(([name, service]) => {
      const { zone, kind, values } = resolve(topology, network, name);
      if (kind === "forwarded") return { name, zone, forwardedTo: values, stops: [], isPrivate: true };
      if (service === undefined || from === undefined) return { name, zone, stops: [], isPrivate: true };
      const path = trace(topology, from, { kind: "service", service, region }, HTTPS);
      return { name, zone, stops: stopsOf(path), isPrivate: path.end !== "internet" };
    }),
    services: settings.role === "spoke" && settings.cluster ? servicesByWay(topology, network) : {},
  };
}

/** Hops of a packet other than subnets, and the end of the path where it is not the last hop. */
function stopsOf({ hops, end, reason }: Path): string[] {
  const stops = hops
    .filter(({ kind }) => kind !== "subnet")
    .map((hop) => (hop.kind === "transit table" ? `transit gateway (${describePlace(hop)})` : describePlace(hop)));
  switch (end) {
    case "arrives":
      return stops.length > 0 ? stops : ["gateway endpoint"];
    case "internet":
      return [...stops, "internet"];
    case "refused":
    case "dropped":
    case "not modeled":
    case "no route":
      return [...stops, reason === undefined ? end : describeReason(reason)];
  }
}

function servicesByWay(topology: Topology, network: VpcNetwork): SpokeNames["services"] {
  const services: Partial<Record<Way, string[]>> = {};
  const [from] = inTier(network, "private");
  const nat =
    from !== undefined && tracePaths(topology, from, { kind: "internet" }, HTTPS).some(({ end }) => end === "internet");
  const sharedEndpoints = topology.endpoints.map(({ service }) => service);
  for (const { name } of PRIVATE_SERVICES) {
    const way = wayTo(name, { sharedEndpoints, nat });
    services[way] = [...(services[way] ?? []), name];
  }
  return services;
}

/** `private hosted zone → transit gateway (table hub-spokes) → hub-endpoint-ecr.api`. */
export function pathInWords({ zone, forwardedTo, stops }: NamePath): string {
  if (forwardedTo !== undefined)
    return ["Resolver rule", "the hub's outbound endpoint", forwardedTo.join(", ")].join(" → ");
  const answered = zone === undefined ? "public DNS" : "private hosted zone";
  return [answered, ...stops].join(" → ");
}

/** `DNS servers 10.0.0.10, 10.0.64.10, then AmazonProvidedDNS`, and what follows from that. */
export function serversInWords({ servers, alike }: SpokeNames): string {
  const [last = ""] = servers.slice(-1);
  const others = servers.slice(0, -1).join(", ");
  const asked = others === "" ? `DNS server ${last}` : `DNS servers ${others}, then ${last}`;
  if (!alike) return `${asked}; the hub's Resolver endpoint and the VPC's own DNS server give different answers`;
  return others === ""
    ? `${asked}; shared names resolve as in the hub`
    : `${asked}; all give shared names the same answers, and only the last one resolves names of the VPC itself`;
}

/** `through a centralized interface endpoint: ecr.api, ecr.dkr`, a line for each path. */
export function servicesInWords({ services }: SpokeNames): string[] {
  return (Object.entries(services) as [Way, readonly string[]][]).map(
    ([way, names]) => `${PATHS[way]}: ${names.join(", ")}`,
  );
}

const PATHS: Readonly<Record<Way, string>> = {
  "shared endpoint": "through a centralized interface endpoint",
  "gateway endpoint": "through the gateway endpoint",
  "NAT gateway": "through a NAT gateway",
  none: "no path",
};
