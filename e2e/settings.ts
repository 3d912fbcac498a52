import { readFileSync } from "node:fs";
import { parse, YAMLError } from "yaml";
import { endpointService } from "../components/facts/endpoint-services";
import type { Spaces } from "../components/settings/cidrs";
import { ConfigurationError, Faults } from "../components/settings/faults";
import { isObject } from "../components/settings/fields";
import { decodeNetworks } from "../components/settings/networks";
import type { Network } from "../components/settings/settings";
import { UserError } from "../tools/io/errors";
import type { Project } from "../tools/planner/project/project";

/** Stacks that a run deploys, in this order. The last one is added when the others exist. */
export const STACKS = ["hub", "dev", "prod", "qa"] as const;

/** Networks by name. */
export type AccountMap = Readonly<Record<string, Network>>;

/** Configuration of all stacks of a run: the defaults in `Pulumi.yaml`, and the run's own account map. */
export interface RunSettings {
  readonly networks: AccountMap;
  readonly region: string;
  readonly addressSpace: string;
  readonly kubernetesServiceCidr: string;
  readonly domain: string;
  /** First part of names in AWS, and value of the tag Project. */
  readonly prefix: string;
  /** First DNS server in the DHCP options of the spokes. */
  readonly dnsResolver: "hub" | "vpc";
  /** Services with an interface endpoint in the hub: `ecr.api`, ... */
  readonly sharedEndpoints: readonly string[];
}

/** A reason not to start a run; the message is for the user. */
export class Refused extends UserError {}

/**
 * Reads the defaults in `Pulumi.yaml`, and the Region in `Pulumi.hub.yaml`.
 *
 * @throws Refused if one is missing
 */
export function projectDefaults({ declared, stacks }: Project): Omit<RunSettings, "networks"> {
  const region = stacks["hub"]?.["aws:region"];
  if (typeof region !== "string") throw new Refused("Pulumi.hub.yaml has no aws:region; set the Region of the run.");
  const defaultOf = (key: string): unknown => {
    const value = declared[key]?.default;
    if (value === undefined) throw new Refused(`Pulumi.yaml has no default for ${key}, but the run needs it.`);
    return value;
  };
  return {
    region,
    addressSpace: defaultOf("address-space") as string,
    kubernetesServiceCidr: defaultOf("kubernetes-service-cidr") as string,
    domain: defaultOf("domain") as string,
    prefix: defaultOf("prefix") as string,
    dnsResolver: defaultOf("dns-resolver") as RunSettings["dnsResolver"],
    sharedEndpoints: defaultOf("shared-endpoints") as readonly string[],
  };
}

/**
 * Reads the account map of a run from a YAML file, by the rules of `networks` in `Pulumi.yaml`.
 *
 * @param spaces CIDRs that the networks must lie in or must not overlap
 * @throws Refused with all faults, or if a network is missing that the run deploys
 */
export function readAccountMap(file: string, spaces: Spaces): AccountMap {
  const entries = readYaml(file);
  if (!isObject(entries)) {
    throw new Refused(`${file} is not an account map: it must have lines NAME: { cidr, account }.`);
  }
  const faults = new Faults();
  const networks = decodeNetworks(entries, spaces, faults);
  try {
    faults.refuseOr(file, []);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const lines = error.faults.map((fault) => `  - ${fault}`);
    throw new Refused([`${file} cannot be used as an account map:`, ...lines].join("\n"));
  }
  const accountMap: AccountMap = Object.fromEntries((networks ?? []).map((network) => [network.name, network]));
  const missing = STACKS.filter((name) => accountMap[name] === undefined);
  if (missing.length > 0) throw new Refused(`${file} has no ${missing.join(", ")}, but the run deploys it.`);
  return accountMap;
}

/** Domains of the hosted zones that resolve to the hub's interface endpoints. */
export function endpointDomains({
  sharedEndpoints,
  region,
}: Pick<RunSettings, "sharedEndpoints" | "region">): string[] {
  return sharedEndpoints.flatMap((service) => endpointService(service, region).zones.map(({ domain }) => domain));
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw error instanceof YAMLError ? new Refused(`${file} is not YAML: ${error.message}`) : error;
  }
}
