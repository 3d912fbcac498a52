import { ENDPOINT_SERVICES, endpointService } from "../../../components/facts/endpoint-services";
import { dnsName, isAtOrBelow, type DnsRecord, type PrivateZone } from "../topology/endpoints-and-zones";
import type { ResolverRule } from "../topology/resolver-rules";
import type { Topology, VpcNetwork } from "../topology/topology";

/** The answer of a VPC's resolver. */
export interface DnsAnswer {
  /**
   * - `record`: a private hosted zone has the record
   * - `no such name`: a private hosted zone covers the name but has no such record (NXDOMAIN); public DNS is not queried
   * - `forwarded`: a Resolver rule sends the query to DNS servers outside AWS
   * - `public`: no private hosted zone covers the name, so public DNS answers
   */
  readonly kind: "record" | "no such name" | "forwarded" | "public";
  /** Resource of the Resolver rule. */
  readonly rule?: string;
  /** Domain of the private hosted zone. */
  readonly zone?: string;
  /** Resource of the record. */
  readonly record?: string;
  /** Of a record; of a rule, the addresses of its servers. */
  readonly values: readonly string[];
}

/**
 * The answer of the resolver of a network's VPC (Amazon Route 53 Developer Guide, "Considerations when working with a
 * private hosted zone"): the most specific private hosted zone associated with the VPC decides, even if it has no record
 * of the name; public DNS answers if no hosted zone covers the name. Of a Resolver rule and a hosted zone, the more specific one
 * decides, and for the same domain the rule.
 */
export function resolve(topology: Topology, network: VpcNetwork, queried: string, type = "A"): DnsAnswer {
  const name = dnsName(queried);
  const zone = zoneFor(topology, network, name);
  const rule = ruleFor(topology, network, name);
  if (rule !== undefined && rule.domain.length >= (zone?.domain.length ?? 0)) {
    return { kind: "forwarded", rule: rule.resource, values: rule.servers };
  }
  if (zone === undefined) return { kind: "public", values: [] };
  const record = recordFor(zone, name, type);
  if (record === undefined) return { kind: "no such name", zone: zone.domain, values: [] };
  return { kind: "record", zone: zone.domain, record: record.resource, values: record.values };
}

/** Whether two answers are equivalent to a client. */
export function sameAnswer(one: DnsAnswer, other: DnsAnswer): boolean {
  return one.kind === other.kind && one.zone === other.zone && one.record === other.record && one.rule === other.rule;
}

type Zone = Pick<PrivateZone, "domain" | "records">;

function zoneFor(topology: Topology, network: VpcNetwork, name: string): Zone | undefined {
  if (!network.readsPrivateZones) return undefined;
  const own = topology.zones.filter(({ vpcIds }) => vpcIds.has(network.id));
  return [...own, ...zonesOfEndpoints(topology, network)]
    .filter(({ domain }) => isAtOrBelow(name, domain))
    .reduce<Zone | undefined>(
      (best, zone) => (best === undefined || zone.domain.length > best.domain.length ? zone : best),
      undefined,
    );
}

/**
 * The rule for a name: the one with the most specific domain (Amazon Route 53 Developer Guide, "How Resolver determines whether
 * the domain name in a query matches any rules").
 */
function ruleFor({ resolverRules }: Topology, network: VpcNetwork, name: string): ResolverRule | undefined {
  if (!network.hasResolver) return undefined;
  return resolverRules
    .filter(({ vpcIds, domain }) => vpcIds.has(network.id) && isAtOrBelow(name, domain))
    .sort((one, other) => other.domain.length - one.domain.length)[0];
}

/** Hosted zones that AWS manages for endpoints with private DNS, in their own VPC (AWS PrivateLink Guide, "Private DNS"). */
function zonesOfEndpoints(topology: Topology, network: VpcNetwork): Zone[] {
  return topology.endpoints.flatMap(({ name, vpcId, service, privateDns, dnsNames }) => {
    if (!privateDns || vpcId !== network.id || !ENDPOINT_SERVICES.includes(service)) return [];
    return endpointService(service, network.region).zones.map(({ domain, record }) => ({
      domain,
      records: [{ resource: name, name: record === "apex" ? domain : `*.${domain}`, type: "A", values: dnsNames }],
    }));
  });
}

/**
 * The record for a name: its own, or the wildcard below its closest encloser (the nearest ancestor that exists). A name
 * exists if it, or a name below it, has a record of any type (RFC 4592, sections 2.2 and 3.3.1).
 */
function recordFor({ domain, records }: Zone, name: string, type: string): DnsRecord | undefined {
  const exists = (each: string): boolean => records.some((record) => isAtOrBelow(record.name, each));
  let encloser = name;
  while (encloser !== domain && !exists(encloser)) encloser = encloser.slice(encloser.indexOf(".") + 1);
  const at = encloser === name ? name : `*.${encloser}`;
  return records.find((each) => each.name === at && (each.type === type || each.type === "CNAME"));
}

/** How the DNS name of an AWS service resolves in a network. */
interface ServiceAnswer {
  readonly kind: "private" | "public" | "forwarded" | "no such name";
  /** Name that a client queries. */
  readonly name: string;
  /** Interface endpoint that the private answer points to. */
  readonly endpointId: string | undefined;
}

/** Account in the registry's name: any account will do, since the hosted zone's record is a wildcard. */
const ANY_ACCOUNT = "000000000000";

/** The DNS name that clients use for a service; for ECR, an account's registry name, as in image references. */
export function serviceName(service: string, region: string): string {
  const [zone] = ENDPOINT_SERVICES.includes(service) ? endpointService(service, region).zones : [];
  if (zone === undefined) return `${service}.${region}.amazonaws.com`;
  return zone.record === "apex" ? zone.domain : `${ANY_ACCOUNT}.${zone.domain}`;
}

export function resolveService(
  topology: Topology,
  network: VpcNetwork,
  service: string,
  region: string,
): ServiceAnswer {
  const name = serviceName(service, region);
  const answer = resolve(topology, network, name);
  if (answer.kind !== "record") return { kind: answer.kind, name, endpointId: undefined };
  return { kind: "private", name, endpointId: endpointOf(topology, answer.values) };
}

/** The endpoint with one of these DNS names. */
export function endpointOf({ endpoints }: Topology, values: readonly string[]): string | undefined {
  return endpoints.find(({ dnsNames }) => dnsNames.some((each) => values.some((value) => sameName(each, value))))?.id;
}

/** Route 53 ends an alias target with a dot, and prefixes some AWS targets with `dualstack`. */
function sameName(one: string, other: string): boolean {
  const plain = (name: string): string =>
    name
      .replace(/\.$/, "")
      .replace(/^dualstack\./, "")
      .toLowerCase();
  return plain(one) === plain(other);
}
