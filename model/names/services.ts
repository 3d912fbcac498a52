import { endpointService, ENDPOINT_SERVICES } from "../../components/endpoint-services";
import type { Network, Topology } from "../topology/topology";
import { resolve } from "./resolve";

/** Where the name of an AWS service leads to, in a network. */
export interface ServiceAnswer {
  readonly kind: "private" | "public" | "no such name";
  /** Name that a client asks for. */
  readonly name: string;
  /** Interface endpoint that the private answer leads to. */
  readonly endpointId: string | undefined;
}

/** Account in the example of a registry's name: which one makes no difference, the zone's record is a wildcard. */
const ANY_ACCOUNT = "000000000000";

/** The name that clients call a service by: of the registry that of an account's, which image references begin with. */
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

/** The endpoint that has one of these names. */
export function endpointOf({ endpoints }: Topology, values: readonly string[]): string | undefined {
  return endpoints.find(({ dnsNames }) => dnsNames.some((each) => values.some((value) => sameName(each, value))))?.id;
}

/** Route 53 writes an alias with a dot at its end, and where it is one of Amazon's own with `dualstack` before it. */
function sameName(one: string, other: string): boolean {
  const plain = (name: string): string =>
    name
      .replace(/\.$/, "")
      .replace(/^dualstack\./, "")
      .toLowerCase();
  return plain(one) === plain(other);
}
