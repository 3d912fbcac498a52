import type { Estate } from "../model/estate";
import { accountsAreAdmitted } from "./accounts-are-admitted";
import { dataAndAccessAreGuarded } from "./data-and-access-are-guarded";
import { fitsDefaultQuotas } from "./fits-default-quotas";
import { flowLogsReachTheArchive } from "./flow-logs-reach-the-archive";
import { hubAdmitsTheAddressSpace } from "./hub-admits-the-address-space";
import { imagePullsArePrivate } from "./image-pulls-are-private";
import { internetReachesNothing } from "./internet-reaches-nothing";
import { namesResolveAlike } from "./names-resolve-alike";
import { networksDoNotOverlap } from "./networks-do-not-overlap";
import { nodesAreInPrivateSubnets } from "./nodes-are-in-private-subnets";
import { privateAddressesStayInside } from "./private-addresses-stay-inside";
import { privateSubnetsArePrivate } from "./private-subnets-are-private";
import type { Finding, NetworkPromise } from "./promise";
import { queriesAreLogged } from "./queries-are-logged";
import { registriesPassTheS3Endpoint } from "./registries-pass-the-s3-endpoint";
import { returnPathsAreSymmetric } from "./return-paths-are-symmetric";
import { sharedServicesAnswer } from "./shared-services-answer";
import { spokesAreIsolated } from "./spokes-are-isolated";
import { spokesReachTheHub } from "./spokes-reach-the-hub";
import { subnetsReachEachOther } from "./subnets-reach-each-other";
import { transitTablesKeepSpokesApart } from "./transit-tables-keep-spokes-apart";
import { waysAreKnown } from "./ways-are-known";
import { wildcardsAreHeld } from "./wildcards-are-held";
import { workersLeaveInTheirZone } from "./workers-leave-in-their-zone";

/** Every promise, in the order in which they are told: ways, names, doors, logs, policies. */
export const PROMISES: readonly NetworkPromise[] = [
  spokesReachTheHub,
  spokesAreIsolated,
  transitTablesKeepSpokesApart,
  returnPathsAreSymmetric,
  subnetsReachEachOther,
  waysAreKnown,
  networksDoNotOverlap,
  workersLeaveInTheirZone,
  privateAddressesStayInside,
  sharedServicesAnswer,
  imagePullsArePrivate,
  registriesPassTheS3Endpoint,
  namesResolveAlike,
  internetReachesNothing,
  privateSubnetsArePrivate,
  nodesAreInPrivateSubnets,
  hubAdmitsTheAddressSpace,
  flowLogsReachTheArchive,
  queriesAreLogged,
  accountsAreAdmitted,
  wildcardsAreHeld,
  dataAndAccessAreGuarded,
  fitsDefaultQuotas,
];

/** A promise held against a stack. */
export interface Kept extends Finding {
  readonly name: string;
  readonly stack: string;
}

/** Every promise against every stack that it concerns. */
export function keptPromises(all: Estate): Kept[] {
  return PROMISES.flatMap(({ name, check }) =>
    all.stacks.flatMap((stack) => {
      const found = check(stack, all);
      return found === undefined ? [] : [{ name, stack: stack.name, ...found }];
    }),
  );
}
