import type { Faults, Rule } from "./faults";
import type { Fields } from "./fields";
import type { DnsFirewall } from "./settings";

/** Values of the key `dns-firewall`. */
const MODES = ["off", "alert", "block"] as const;

/**
 * Id of a domain list, as AWS writes those of its managed lists. AWS documents no form; the API allows 64 characters
 * (Amazon Route 53 API Reference, CreateFirewallRule).
 */
const listRule: Rule = (text) =>
  /^rslvr-fdl-[0-9a-f]{1,54}$/.test(text)
    ? undefined
    : "must be the id of a domain list, such as rslvr-fdl-0a1b2c3d4e5f6071";

/**
 * A domain, or all names below one (Amazon Route 53 Developer Guide, "Managing your own domain lists"): an optional
 * asterisk, and labels. At most 254 characters; the program adds the final dot.
 */
const domainRule: Rule = (text) =>
  /^(?=.{1,254}$)(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
    ? undefined
    : "must be a domain in lower case, such as api.example.com, or *.example.com for the names below it";

/**
 * Reads the keys of DNS Firewall.
 *
 * @param region undefined: it has a fault
 * @returns null if DNS Firewall is off; undefined if a key has a fault, which is recorded
 */
export function decodeDnsFirewall(
  fields: Fields,
  region: string | undefined,
  faults: Faults,
): DnsFirewall | null | undefined {
  const mode = fields.choice("dns-firewall", MODES);
  const domainLists = fields.list("dns-firewall-domain-lists", listRule);
  const allowedDomains = fields.list("dns-firewall-allowed-domains", domainRule);
  if (mode === undefined || domainLists === undefined || allowedDomains === undefined) return undefined;
  if (mode === "off") return null;
  if (domainLists.length === 0) {
    faults.add(
      "dns-firewall",
      mode,
      "needs the ids of AWS's managed domain lists in dns-firewall-domain-lists, which differ by Region: " +
        `aws route53resolver list-firewall-domain-lists --region ${region ?? "REGION"}`,
    );
    return undefined;
  }
  return { mode, domainLists, allowedDomains };
}

/** Priority of the rule for allowed domains: before all others. */
export const ALLOW_PRIORITY = 1;
/**
 * Hexadecimal digits of an id that the priority of its rule comes from, and the range of these priorities. AWS documents no
 * range for rules; it allows rule groups up to 9900 (Amazon Route 53 API Reference, AssociateFirewallRuleGroup).
 */
const DIGITS = 5;
const LOWEST = 100;
const PRIORITIES = 9000;

/**
 * Priorities of the rules for domain lists, by id, all different. They come from the ids, so that a list that joins or
 * leaves moves no other rule: AWS refuses two rules of one priority, even for a moment. If two ids give the same
 * number, the second in alphabetical order takes the next free number.
 */
export function rulePriorities(ids: readonly string[]): ReadonlyMap<string, number> {
  const taken = new Map<number, string>();
  for (const id of [...ids].sort()) {
    let priority = LOWEST + (Number.parseInt(id.slice(-DIGITS).replace(/^.*-/, ""), 16) % PRIORITIES);
    while (taken.has(priority)) priority += 1;
    taken.set(priority, id);
  }
  return new Map([...taken].map(([priority, id]) => [id, priority]));
}
