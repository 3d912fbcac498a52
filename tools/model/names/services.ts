import { endpointService, ENDPOINT_SERVICES } from "../../../components/facts/endpoint-services";
import type { Network, Topology } from "../topology/topology";
import { resolve } from "./resolve";

/** How the DNS name of an AWS service resolves in a network. */
export interface ServiceAnswer {
  readonly kind: "private" | "public" | "no such name";
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

export function resolveService(topology: Topology, network: Network, service: string, region: string): ServiceAnswer {
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
