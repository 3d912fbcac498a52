import { endpointService, ENDPOINT_SERVICES } from "../../../components/facts/endpoint-services";
import { dnsName, isAtOrBelow } from "../topology/dns-names";
import type { DnsRecord, PrivateZone } from "../topology/private-zones";
import type { Network, Topology } from "../topology/topology";

/** The answer of a VPC's resolver. */
export interface Answer {
  /**
   * - `record`: a private hosted zone has the record
   * - `no such name`: a private hosted zone covers the name but has no such record (NXDOMAIN); public DNS is not queried
   * - `public`: no private hosted zone covers the name, so public DNS answers
   */
  readonly kind: "record" | "no such name" | "public";
  /** Domain of the private hosted zone. */
  readonly zone?: string;
  /** Resource of the record. */
  readonly record?: string;
  readonly values: readonly string[];
}

/**
 * The answer of the resolver of a network's VPC (Amazon Route 53 Developer Guide, "Considerations when working with a
 * private hosted zone"): the most specific private hosted zone associated with the VPC decides, even if it has no record
 * of the name; public DNS answers if no hosted zone covers the name.
 */
export function resolve(topology: Topology, network: Network, asked: string, type = "A"): Answer {
  const name = dnsName(asked);
  const zone = zoneFor(topology, network, name);
  if (zone === undefined) return { kind: "public", values: [] };
  const record = recordFor(zone, name, type);
  if (record === undefined) return { kind: "no such name", zone: zone.domain, values: [] };
  return { kind: "record", zone: zone.domain, record: record.resource, values: record.values };
}

/** Whether two answers are equivalent to a client. */
export function sameAnswer(one: Answer, other: Answer): boolean {
  return one.kind === other.kind && one.zone === other.zone && one.record === other.record;
}

type Zone = Pick<PrivateZone, "domain" | "records">;

function zoneFor(topology: Topology, network: Network, name: string): Zone | undefined {
  if (!network.readsPrivateZones) return undefined;
  const own = topology.zones.filter(({ vpcIds }) => vpcIds.has(network.id));
  return [...own, ...zonesOfEndpoints(topology, network)]
    .filter(({ domain }) => isAtOrBelow(name, domain))
    .reduce<Zone | undefined>(
      (best, zone) => (best === undefined || zone.domain.length > best.domain.length ? zone : best),
      undefined,
    );
}

/** Hosted zones that AWS manages for endpoints with private DNS, in their own VPC (AWS PrivateLink Guide, "Private DNS"). */
function zonesOfEndpoints(topology: Topology, network: Network): Zone[] {
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
