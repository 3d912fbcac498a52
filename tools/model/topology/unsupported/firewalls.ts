import { text } from "../../resource";
import type { Resources } from "../resources";
import type { Unsupported } from "./coverage";

const DOMAIN_LIST = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList";

/**
 * Rules of DNS Firewall that block the names of a domain list of our own: names of the network may be among them, and the
 * model answers queries without DNS Firewall. AWS's managed lists contain names that are known to be malicious.
 */
export function blockedByOwnLists(resources: Resources): Unsupported[] {
  return resources.ofType("aws:route53/resolverFirewallRule:ResolverFirewallRule").flatMap((resource) => {
    const list = resources.byId(text(resource, "firewallDomainListId"));
    if (text(resource, "action") !== "BLOCK" || list?.type !== DOMAIN_LIST) return [];
    return [{ resource, why: `blocks the names in ${list.name}, which may be names of the network` }];
  });
}
