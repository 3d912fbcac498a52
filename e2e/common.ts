import { endpointService } from "../components/facts/endpoint-services";
import type { Project } from "../tools/planner/project/project";
import { Refused, type Register } from "./register";

/** What all networks of a run have in common: the project's own defaults, which no stack file of a run changes. */
export interface Common {
  readonly networks: Register;
  readonly region: string;
  readonly addressSpace: string;
  readonly kubernetesServiceCidr: string;
  readonly domain: string;
  /** What names in AWS begin with, and the tag Project. */
  readonly prefix: string;
  /** DNS servers in the DHCP options of the spokes. */
  readonly dnsResolver: "hub" | "vpc";
  /** Services that the hub offers by interface endpoints: `ecr.api`, ... */
  readonly sharedEndpoints: readonly string[];
}

/**
 * Reads it from the project, but for the register.
 *
 * @throws Refused when the hub's stack file names no region
 */
export function commonOf({ declared, stacks }: Project): Omit<Common, "networks"> {
  const region = stacks["hub"]?.["aws:region"];
  if (typeof region !== "string") throw new Refused("Pulumi.hub.yaml has no aws:region; set the Region of the run.");
  return {
    region,
    addressSpace: declared["address-space"]?.default as string,
    kubernetesServiceCidr: declared["kubernetes-service-cidr"]?.default as string,
    domain: declared["domain"]?.default as string,
    prefix: declared["prefix"]?.default as string,
    dnsResolver: declared["dns-resolver"]?.default as Common["dnsResolver"],
    sharedEndpoints: declared["shared-endpoints"]?.default as readonly string[],
  };
}

/** Domains that lead to the shared endpoints. */
export function endpointDomains({ sharedEndpoints, region }: Pick<Common, "sharedEndpoints" | "region">): string[] {
  return sharedEndpoints.flatMap((service) => endpointService(service, region).zones.map(({ domain }) => domain));
}
