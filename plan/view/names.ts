import { PRIVATE_SERVICES, wayTo, type Way } from "../../components/spoke/private-services";
import { key, type PlannedResource } from "../engine/resource";
import type { Properties } from "../engine/wire";
import type { Plan, StackPlan } from "../plan";
import { ofType, referred, text } from "./resources";
import { routeTables } from "./routes";
import { transitTables } from "./transit";

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
  /** Where the answer leads, hop by hop; empty for a company's own zone, whose records are kept elsewhere. */
  readonly hops: readonly string[];
  /** Whether no hop is on the internet. */
  readonly isPrivate: boolean;
}

/** A private zone's answer. */
interface Answer {
  readonly zone: string;
  /** Interface endpoint that the record points to. */
  readonly endpoint: string | undefined;
}

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** Every spoke's way to the company's names and to the registry: authorisation, manifests and layers. */
export function spokeNames(plan: Plan): SpokeNames[] {
  const hub = plan.find(({ settings }) => settings.role === "hub");
  if (hub === undefined) return [];
  return plan.flatMap((spoke) => (spoke === hub ? [] : [namesOf(spoke, hub, plan)]));
}

function namesOf(spoke: StackPlan, hub: StackPlan, plan: Plan): SpokeNames {
  const { domain, region, network } = spoke.settings;
  const registry = `${hub.settings.network.account}.dkr.ecr.${region}.amazonaws.com`;
  const own = [domain, `${network.name}.${domain}`];
  const images = [`api.ecr.${region}.amazonaws.com`, registry];
  const layers = `prod-${region}-starport-layer-bucket.s3.${region}.amazonaws.com`;

  const byVpc = resolver(spoke, plan);
  const byHub = resolver(hub, plan);
  const [options] = ofType(spoke, "aws:ec2/vpcDhcpOptions:VpcDhcpOptions");
  const paths = [...own, ...images, layers].map((name): NamePath => {
    const answer = byVpc(name);
    const hops = hopsTo(answer, name, { spoke, hub, plan });
    return { name, zone: answer?.zone, hops, isPrivate: !hops.some((hop) => hop.startsWith("NAT gateway")) };
  });
  return {
    network: spoke.name,
    servers: (options?.inputs["domainNameServers"] ?? ["AmazonProvidedDNS"]) as string[],
    alike: paths.every(({ name }) => sameAnswer(byVpc(name), byHub(name))),
    paths,
    services: spoke.settings.role === "spoke" && spoke.settings.cluster ? servicesByWay(spoke, hub) : {},
  };
}

function servicesByWay(spoke: StackPlan, hub: StackPlan): SpokeNames["services"] {
  const services: Partial<Record<Way, string[]>> = {};
  const nat = ofType(spoke, "aws:ec2/natGateway:NatGateway").length > 0;
  const sharedEndpoints = ofType(hub, ENDPOINT)
    .filter((endpoint) => text(endpoint, "vpcEndpointType") === "Interface")
    .map((endpoint) => text(endpoint, "serviceName").split(".").slice(3).join("."));
  for (const { name } of PRIVATE_SERVICES) {
    const way = wayTo(name, { sharedEndpoints, nat });
    services[way] = [...(services[way] ?? []), name];
  }
  return services;
}

function sameAnswer(a: Answer | undefined, b: Answer | undefined): boolean {
  return a?.zone === b?.zone && a?.endpoint === b?.endpoint;
}

/** What the resolver of a network's VPC answers: the most specific private zone that the VPC is associated with. */
function resolver(network: StackPlan, plan: Plan): (name: string) => Answer | undefined {
  const vpcs = ofType(network, "aws:ec2/vpc:Vpc").map((vpc) => `\${${key(vpc)}}`);
  const zones = plan.flatMap((stack) => ofType(stack, "aws:route53/zone:Zone"));
  const records = plan.flatMap((stack) => ofType(stack, "aws:route53/record:Record"));
  const associated = ofType(network, "aws:route53/zoneAssociation:ZoneAssociation").map(
    ({ inputs }) => inputs["zoneId"],
  );
  const readable = zones.filter((zone) => {
    const inline = ((zone.inputs["vpcs"] ?? []) as Properties[]).map(({ vpcId }) => vpcId as string);
    return inline.some((vpc) => vpcs.includes(vpc)) || associated.includes(`\${${key(zone)}}`);
  });
  return (name) => {
    const [zone] = readable
      .filter((each) => name === text(each, "name") || name.endsWith(`.${text(each, "name")}`))
      .sort((a, b) => text(b, "name").length - text(a, "name").length);
    if (zone === undefined) return undefined;
    const record = records.find((each) => each.inputs["zoneId"] === `\${${key(zone)}}` && answers(each, name));
    return { zone: text(zone, "name"), endpoint: record === undefined ? undefined : endpointOf(record) };
  };
}

/** A wildcard stands for one label or more (RFC 4592), and not for the name that it is below. */
function answers(record: PlannedResource, name: string): boolean {
  const own = text(record, "name");
  return own.startsWith("*.") ? name.endsWith(own.slice(1)) : own === name;
}

/** Name of the endpoint whose address an alias record holds. */
function endpointOf({ inputs }: PlannedResource): string | undefined {
  const [alias] = (inputs["aliases"] ?? []) as Properties[];
  const [, name] = /^\$\{[^{}]+::([^{}]+)\.dnsEntries\[0\]\.dnsName\}$/.exec(String(alias?.["name"])) ?? [];
  return name;
}

/** The hops from a spoke's private subnets. */
function hopsTo(
  answer: Answer | undefined,
  name: string,
  { spoke, hub, plan }: { readonly spoke: StackPlan; readonly hub: StackPlan; readonly plan: Plan },
): string[] {
  const [table] = routeTables(spoke).filter((each) => each.name.startsWith(`${spoke.name}-private-`));
  const routes = table?.routes ?? [];
  if (answer !== undefined) {
    const endpoint = ofType(hub, ENDPOINT).find((each) => each.name === answer.endpoint);
    if (endpoint === undefined) return [];
    const toHub = routes.find(
      ({ kind, destination }) => kind === "transit gateway" && destination === hub.settings.network.cidr,
    );
    const transit = transitTables(plan).find(({ readBy }) => readBy.includes(spoke.name));
    const leads = transit?.routes.some(({ network }) => network === hub.name) === true;
    const [subnet] = ([endpoint.inputs["subnetIds"] ?? []].flat() as string[]).map((id) => referred(id)?.name ?? "");
    return toHub !== undefined && transit !== undefined && leads
      ? [`transit gateway, table ${transit.name}`, subnet?.replace(/-\d+$/, "") ?? "", endpoint.name]
      : ["no route to the hub"];
  }
  const s3 = routes.find(({ kind, destination }) => kind === "endpoint" && destination === "S3");
  if (s3 !== undefined && name.includes(".s3.")) return [`gateway endpoint ${s3.target}`];
  const nat = routes.find(({ kind }) => kind === "NAT gateway");
  return nat === undefined ? ["no route"] : [`NAT gateway ${nat.target}`, "internet"];
}

/** `zone api.ecr... → transit gateway → ...`. */
export function pathInWords({ zone, hops }: NamePath): string {
  const answered = zone === undefined ? "public name" : "private zone";
  return [answered, ...hops].join(" → ");
}

/** `asks 10.0.0.10, 10.0.64.10, then AmazonProvidedDNS`. */
export function serversInWords({ servers, alike }: SpokeNames): string {
  const asked =
    servers.length > 1 ? `${servers.slice(0, -1).join(", ")}, then ${servers.at(-1) ?? ""}` : servers.join();
  return `asks ${asked}; ${alike ? "both resolvers answer alike" : "the hub's resolver and the VPC's own differ"}`;
}

/** `by shared endpoint: ecr.api, ecr.dkr`, a line a way. */
export function servicesInWords({ services }: SpokeNames): string[] {
  return Object.entries(services).map(([way, names]) => `by ${way}: ${names.join(", ")}`);
}
