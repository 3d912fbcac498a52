import { PRIVATE_SERVICES, wayTo, type Way } from "../../components/spoke/private-services";
import { resolveByHub } from "../../model/names/dhcp";
import { resolve, sameAnswer } from "../../model/names/resolve";
import type { Path } from "../../model/paths/path";
import { trace } from "../../model/paths/trace";
import { HTTPS } from "../../model/topology/traffic";
import { inTier, networkOf, topologyOf, type Network, type Topology } from "../../model/topology/topology";
import { estateOfPlan } from "../estate";
import type { Plan, StackPlan } from "../plan";

/** How a spoke finds and reaches what it needs by name. */
export interface SpokeNames {
  readonly network: string;
  /** What DHCP hands out, in the order in which it is asked. */
  readonly servers: readonly string[];
  /** Whether the hub's resolver and the VPC's own give every name below the same answer. */
  readonly alike: boolean;
  readonly paths: readonly NamePath[];
  /** AWS services that the nodes of a cluster need, by the way that they are reached; empty without a cluster. */
  readonly services: Readonly<Partial<Record<Way, readonly string[]>>>;
}

export interface NamePath {
  readonly name: string;
  /** Private zone that answers; undefined: public DNS does. */
  readonly zone: string | undefined;
  /** Where the answer leads, stop by stop; empty for a company's own zone, whose records are kept elsewhere. */
  readonly stops: readonly string[];
  /** Whether no stop is on the internet. */
  readonly isPrivate: boolean;
}

/** Every spoke's way to the company's names and to the registry: authorisation, manifests and layers. */
export function spokeNames(plan: Plan): SpokeNames[] {
  const topology = topologyOf(estateOfPlan(plan));
  const hub = plan.find(({ settings }) => settings.role === "hub");
  if (hub === undefined) return [];
  return plan.flatMap((spoke) => {
    const network = networkOf(topology, spoke);
    return spoke === hub || network === undefined ? [] : [namesOf(topology, network, spoke, hub)];
  });
}

function namesOf(topology: Topology, network: Network, { settings }: StackPlan, hub: StackPlan): SpokeNames {
  const { domain, region } = settings;
  const names: readonly (readonly [name: string, service?: string])[] = [
    [domain],
    [`${network.name}.${domain}`],
    [`api.ecr.${region}.amazonaws.com`, "ecr.api"],
    [`${hub.settings.network.account}.dkr.ecr.${region}.amazonaws.com`, "ecr.dkr"],
    [`prod-${region}-starport-layer-bucket.s3.${region}.amazonaws.com`, "s3"],
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
      const { zone } = resolve(topology, network, name);
      if (service === undefined || from === undefined) return { name, zone, stops: [], isPrivate: true };
      const path = trace(topology, from, { kind: "service", service, region }, HTTPS);
      return { name, zone, stops: stopsOf(path), isPrivate: path.end !== "internet" };
    }),
    services: settings.role === "spoke" && settings.cluster ? servicesByWay(topology, network) : {},
  };
}

/** What a packet passes beside subnets, and where it ends when that is not at the last of these. */
function stopsOf({ hops, end, why }: Path): string[] {
  const stops = hops
    .filter(({ kind }) => kind !== "subnet")
    .map(({ kind, at }) => (kind === "transit table" ? `transit gateway, ${at}` : at));
  switch (end) {
    case "arrives":
      return stops.length > 0 ? stops : ["gateway endpoint"];
    case "internet":
      return [...stops, "internet"];
    case "refused":
    case "dropped":
    case "not followed":
    case "no route":
      return [...stops, why ?? end];
  }
}

function servicesByWay(topology: Topology, network: Network): SpokeNames["services"] {
  const services: Partial<Record<Way, string[]>> = {};
  const nat = [...topology.natById.values()].some(
    ({ subnetId }) => topology.subnetById.get(subnetId)?.vpcId === network.id,
  );
  const sharedEndpoints = topology.endpoints.map(({ service }) => service);
  for (const { name } of PRIVATE_SERVICES) {
    const way = wayTo(name, { sharedEndpoints, nat });
    services[way] = [...(services[way] ?? []), name];
  }
  return services;
}

/** `private zone → transit gateway, table hub-spokes → hub-endpoint-ecr.api`. */
export function pathInWords({ zone, stops }: NamePath): string {
  const answered = zone === undefined ? "public name" : "private zone";
  return [answered, ...stops].join(" → ");
}

/** `asks 10.0.0.10, 10.0.64.10, then AmazonProvidedDNS`, and what follows from that. */
export function serversInWords({ servers, alike }: SpokeNames): string {
  const [last = ""] = servers.slice(-1);
  const others = servers.slice(0, -1).join(", ");
  const asked = others === "" ? `asks ${last}` : `asks ${others}, then ${last}`;
  if (!alike) return `${asked}; the hub's resolver and the VPC's own differ`;
  return others === ""
    ? `${asked}; shared names have the hub's answers`
    : `${asked}; all give shared names the same answers, and only the last one knows names of the VPC itself`;
}

/** `by shared endpoint: ecr.api, ecr.dkr`, a line a way. */
export function servicesInWords({ services }: SpokeNames): string[] {
  return Object.entries(services).map(([way, names]) => `by ${way}: ${names.join(", ")}`);
}
