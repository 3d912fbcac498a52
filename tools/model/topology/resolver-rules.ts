import { items, text, textIn } from "../resource";
import { dnsName } from "./endpoints-and-zones";
import { groupBy, type Resources } from "./resources";

/** A Resolver rule that forwards the queries for a domain to DNS servers, through a Resolver outbound endpoint. */
export interface ResolverRule {
  readonly id: string;
  /** Logical name of the resource. */
  readonly resource: string;
  /** Name of its stack. */
  readonly stack: string;
  /** In lower case, without a trailing dot. */
  readonly domain: string;
  /** IPv4 addresses of the servers. */
  readonly servers: readonly string[];
  /** Subnets of the outbound endpoint, from which the queries come. */
  readonly subnetIds: readonly string[];
  /** VPCs that are associated with it. */
  readonly vpcIds: ReadonlySet<string>;
}

/** Resolver rules with the VPCs that any stack associates with them. */
export function readResolverRules(resources: Resources): readonly ResolverRule[] {
  const associations = groupBy(
    resources.ofType("aws:route53/resolverRuleAssociation:ResolverRuleAssociation"),
    (association) => text(association, "resolverRuleId"),
  );
  return resources.ofType("aws:route53/resolverRule:ResolverRule").map((rule) => {
    const endpoint = resources.byId(text(rule, "resolverEndpointId"));
    return {
      ...{ id: rule.id, resource: rule.name, stack: resources.stackOf(rule)?.name ?? "" },
      domain: dnsName(text(rule, "domainName")),
      servers: items(rule, "targetIps").map((target) => textIn(target, "ip")),
      subnetIds:
        endpoint === undefined ? [] : items(endpoint, "ipAddresses").map((address) => textIn(address, "subnetId")),
      vpcIds: new Set((associations.get(rule.id) ?? []).map((association) => text(association, "vpcId"))),
    };
  });
}
