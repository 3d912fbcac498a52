import type { Json } from "../../tools/planner/engine/resource";
import type { Project } from "../../tools/planner/project/project";
import { withConfig } from "./plans";

/** A Direct Connect gateway. */
export const DIRECT_CONNECT = "01234567-89ab-cdef-0123-456789abcdef";

/** An office with a VPN, for dev. */
export const OFFICE = { cidrs: ["192.168.0.0/16"], spokes: ["dev"], vpn: { address: "203.0.113.10", asn: 65010 } };

/** A data centre with Direct Connect, for prod; one of its CIDRs is in the address space. */
export const DATA_CENTRE = {
  cidrs: ["172.16.0.0/14", "10.128.0.0/9"],
  spokes: ["prod"],
  "direct-connect-gateway": DIRECT_CONNECT,
};

/** A project in which every stack has some sites, and the hub forwards some domains. */
export function withSites(base: Project, sites: Json, forwardDomains: Json = {}): Project {
  return Object.keys(base.stacks).reduce(
    (changed, stack) => withConfig(changed, stack, { sites, "forward-domains": forwardDomains }),
    base,
  );
}
