import { Address4 } from "ip-address";
import type { Faults } from "./faults";
import type { Fields } from "./fields";
import { domainRule } from "./rules";
import type { ForwardDomain, Site } from "./settings";
import { strings } from "./sites";

/** "Maximum target IP addresses per rule" (Amazon Route 53 Developer Guide, "Quotas"). */
const MOST_SERVERS = 6;

/**
 * Domains of AWS's own names (AWS General Reference, "AWS service endpoints"). Forwarding one would send the names of AWS services
 * to the site, such as that of EKS Auth, from which pods get their credentials.
 */
const AWS_DOMAINS = ["amazonaws.com", "api.aws"];

/** What the key `forward-domains` depends on; undefined where a key has a fault itself. */
export interface ForwardContext {
  /** Private DNS domain of all networks. */
  readonly domain: string | undefined;
  readonly sites: readonly Site[] | undefined;
}

/**
 * Reads the key `forward-domains`: domains, each with the DNS servers of a site that resolve it.
 *
 * @returns the domains by name; undefined if the key has a fault, which is recorded
 */
export function decodeForwardDomains(
  fields: Fields,
  context: ForwardContext,
  faults: Faults,
): readonly ForwardDomain[] | undefined {
  const entries = fields.object("forward-domains");
  return entries === undefined
    ? undefined
    : Object.keys(entries)
        .sort()
        .map((domain) => decodeDomain(domain, entries[domain], context, faults));
}

function decodeDomain(domain: string, value: unknown, context: ForwardContext, faults: Faults): ForwardDomain {
  const place = `forward-domains.${domain}`;
  const advice = domainFault(domain, context);
  if (advice !== undefined) faults.add(`the name of ${place}`, domain, advice);
  const servers = strings(place, value, "addresses of DNS servers, such as [192.168.0.53]", faults);
  if (servers?.length === 0 || (servers?.length ?? 0) > MOST_SERVERS) {
    faults.add(place, servers, `must list 1 to ${MOST_SERVERS} DNS servers`);
  }
  servers?.forEach((server, index) => {
    const fault = serverFault(server, context);
    if (fault !== undefined) faults.add(`${place}[${index}]`, server, fault);
  });
  return { domain, servers: servers ?? [] };
}

/**
 * A rule takes precedence over a hosted zone of the same domain (Amazon Route 53 Developer Guide, "Considerations when working
 * with a private hosted zone"). The site's servers would then forward the same names back.
 */
function domainFault(name: string, { domain }: ForwardContext): string | undefined {
  const form = domainRule(name);
  if (form !== undefined) return form;
  const own = [domain, ...AWS_DOMAINS].find(
    (each) => each !== undefined && (isWithin(name, each) || isWithin(each, name)),
  );
  if (own === undefined) return undefined;
  const whose = own === domain ? "the domain of the networks" : "a domain of AWS services";
  return `overlaps ${own}, ${whose}; forward domains of the site alone`;
}

function isWithin(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

function serverFault(server: string, { sites }: ForwardContext): string | undefined {
  if (server.includes("/") || !Address4.isValid(server)) return "must be an IPv4 address, such as 192.168.0.53";
  if (sites === undefined) return undefined;
  const address = new Address4(server);
  const isReached = sites.some(({ cidrs }) => cidrs.some((cidr) => address.isInSubnet(new Address4(cidr))));
  return isReached
    ? undefined
    : "in no CIDR of a site, so the hub does not reach it; add its CIDR to sites, or correct it";
}
