import type { AllStacks } from "../model/resource";
import { cidrsDoNotOverlap } from "./cidrs-do-not-overlap";
import { dataAndAccessAreProtected } from "./data-and-access-are-protected";
import { dnsFirewallCoversNetworks } from "./dns-firewall-covers-networks";
import { dnsQueriesAreLogged } from "./dns-queries-are-logged";
import { egressIsInspected } from "./egress-is-inspected";
import { faultsAreAlarmed } from "./faults-are-alarmed";
import { fitsDefaultQuotas } from "./fits-default-quotas";
import { flowLogsReachTheArchive } from "./flow-logs-reach-the-archive";
import { hubAdmitsTheAddressSpace } from "./hub-admits-the-address-space";
import { imagePullsArePrivate } from "./image-pulls-are-private";
import { installedImagesArePrivate } from "./installed-images-are-private";
import { loadBalancersAreInternal } from "./load-balancers-are-internal";
import { namesResolveConsistently } from "./names-resolve-consistently";
import { natGatewayOfTheSameAz } from "./nat-gateway-of-the-same-az";
import { nodesAreInPrivateSubnets } from "./nodes-are-in-private-subnets";
import { notReachableFromTheInternet } from "./not-reachable-from-the-internet";
import { onlyKnownAccountsHaveAccess } from "./only-known-accounts-have-access";
import { pathsAreFullyModeled } from "./paths-are-fully-modeled";
import { podsFitTheirNodes } from "./pods-fit-their-nodes";
import { podsHaveOwnRoles } from "./pods-have-own-roles";
import { privateSubnetsArePrivate } from "./private-subnets-are-private";
import { privateTrafficAvoidsNat } from "./private-traffic-avoids-nat";
import { returnPathsAreSymmetric } from "./return-paths-are-symmetric";
import { s3EndpointAllowsRegistries } from "./s3-endpoint-allows-registries";
import { sharedEndpointsAreReachable } from "./shared-endpoints-are-reachable";
import type { Finding, NetworkCheck } from "./shared/check";
import { sitesReachOnlyNamedSpokes } from "./sites-reach-only-named-spokes";
import { spokesAreIsolated } from "./spokes-are-isolated";
import { spokesReachTheHub } from "./spokes-reach-the-hub";
import { subnetsHaveRoom } from "./subnets-have-room";
import { subnetsReachEachOther } from "./subnets-reach-each-other";
import { transitRoutesIsolateSpokes } from "./transit-routes-isolate-spokes";
import { wildcardsAreAllowlisted } from "./wildcards-are-allowlisted";

/** Every check of deployed or planned stacks, in report order. `growth-replaces-nothing` compares plans instead. */
export const CHECKS: readonly NetworkCheck[] = [
  spokesReachTheHub,
  spokesAreIsolated,
  transitRoutesIsolateSpokes,
  sitesReachOnlyNamedSpokes,
  returnPathsAreSymmetric,
  subnetsReachEachOther,
  pathsAreFullyModeled,
  cidrsDoNotOverlap,
  subnetsHaveRoom,
  natGatewayOfTheSameAz,
  privateTrafficAvoidsNat,
  egressIsInspected,
  sharedEndpointsAreReachable,
  imagePullsArePrivate,
  installedImagesArePrivate,
  s3EndpointAllowsRegistries,
  namesResolveConsistently,
  notReachableFromTheInternet,
  loadBalancersAreInternal,
  privateSubnetsArePrivate,
  nodesAreInPrivateSubnets,
  podsFitTheirNodes,
  hubAdmitsTheAddressSpace,
  flowLogsReachTheArchive,
  dnsQueriesAreLogged,
  dnsFirewallCoversNetworks,
  faultsAreAlarmed,
  onlyKnownAccountsHaveAccess,
  podsHaveOwnRoles,
  wildcardsAreAllowlisted,
  dataAndAccessAreProtected,
  fitsDefaultQuotas,
];

/** The result of a check for one stack. */
export interface CheckResult extends Finding {
  readonly name: string;
  readonly stack: string;
}

/** Runs every check on every stack that it applies to. */
export function runChecks(all: AllStacks): CheckResult[] {
  return CHECKS.flatMap(({ name, check }) =>
    all.stacks.flatMap((stack) => {
      const found = check(stack, all);
      return found === undefined ? [] : [{ name, stack: stack.name, ...found }];
    }),
  );
}
