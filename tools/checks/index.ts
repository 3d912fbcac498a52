import type { AllStacks } from "../model/stacks";
import { onlyKnownAccountsHaveAccess } from "./only-known-accounts-have-access";
import { dataAndAccessAreProtected } from "./data-and-access-are-protected";
import { fitsDefaultQuotas } from "./fits-default-quotas";
import { flowLogsReachTheArchive } from "./flow-logs-reach-the-archive";
import { hubAdmitsTheAddressSpace } from "./hub-admits-the-address-space";
import { imagePullsArePrivate } from "./image-pulls-are-private";
import { notReachableFromTheInternet } from "./not-reachable-from-the-internet";
import { namesResolveConsistently } from "./names-resolve-consistently";
import { cidrsDoNotOverlap } from "./cidrs-do-not-overlap";
import { nodesAreInPrivateSubnets } from "./nodes-are-in-private-subnets";
import { privateTrafficAvoidsNat } from "./private-traffic-avoids-nat";
import { privateSubnetsArePrivate } from "./private-subnets-are-private";
import type { Finding, NetworkCheck } from "./check";
import { dnsQueriesAreLogged } from "./dns-queries-are-logged";
import { s3EndpointAllowsRegistries } from "./s3-endpoint-allows-registries";
import { returnPathsAreSymmetric } from "./return-paths-are-symmetric";
import { sharedEndpointsAreReachable } from "./shared-endpoints-are-reachable";
import { spokesAreIsolated } from "./spokes-are-isolated";
import { spokesReachTheHub } from "./spokes-reach-the-hub";
import { subnetsReachEachOther } from "./subnets-reach-each-other";
import { transitRoutesIsolateSpokes } from "./transit-routes-isolate-spokes";
import { pathsAreFullyModeled } from "./paths-are-fully-modeled";
import { wildcardsAreAllowlisted } from "./wildcards-are-allowlisted";
import { natGatewayOfTheSameAz } from "./nat-gateway-of-the-same-az";

/** Every check, in report order: paths, DNS, access from outside, logs, policies. */
export const CHECKS: readonly NetworkCheck[] = [
  spokesReachTheHub,
  spokesAreIsolated,
  transitRoutesIsolateSpokes,
  returnPathsAreSymmetric,
  subnetsReachEachOther,
  pathsAreFullyModeled,
  cidrsDoNotOverlap,
  natGatewayOfTheSameAz,
  privateTrafficAvoidsNat,
  sharedEndpointsAreReachable,
  imagePullsArePrivate,
  s3EndpointAllowsRegistries,
  namesResolveConsistently,
  notReachableFromTheInternet,
  privateSubnetsArePrivate,
  nodesAreInPrivateSubnets,
  hubAdmitsTheAddressSpace,
  flowLogsReachTheArchive,
  dnsQueriesAreLogged,
  onlyKnownAccountsHaveAccess,
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
