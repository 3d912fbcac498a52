import type { Estate } from "../model/estate";
import { flowLogsReachTheArchive } from "./flow-logs-reach-the-archive";
import { hubAdmitsTheAddressSpace } from "./hub-admits-the-address-space";
import { networksDoNotOverlap } from "./networks-do-not-overlap";
import { nodesAreInPrivateSubnets } from "./nodes-are-in-private-subnets";
import { privateSubnetsArePrivate } from "./private-subnets-are-private";
import type { Finding, NetworkPromise } from "./promise";
import { spokesAreIsolated } from "./spokes-are-isolated";
import { spokesReachTheHub } from "./spokes-reach-the-hub";
import { workersLeaveInTheirZone } from "./workers-leave-in-their-zone";

/** Every promise, in the order in which they are told. */
export const PROMISES: readonly NetworkPromise[] = [
  spokesReachTheHub,
  spokesAreIsolated,
  privateSubnetsArePrivate,
  workersLeaveInTheirZone,
  nodesAreInPrivateSubnets,
  hubAdmitsTheAddressSpace,
  networksDoNotOverlap,
  flowLogsReachTheArchive,
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
