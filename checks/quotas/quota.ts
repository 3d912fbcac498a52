import type { Estate, EstateStack } from "../../model/estate";

/** A default quota of AWS's, and how much of it a stack takes. */
export interface Quota {
  /** What AWS calls it. */
  readonly name: string;
  /** Default number; of a policy, characters. */
  readonly limit: number;
  /** Whether AWS raises it on request. */
  readonly isAdjustable: boolean;
  /** Page of AWS's documentation that has the number. */
  readonly source: string;
  /**
   * Whether only a new account is held to the number, and the first deployment has it raised
   * (`docs/runbooks/first-deployment.md`): passing it is shown, and breaks nothing. @default false
   */
  readonly isRaisedFirst?: boolean;
  /** What the fullest thing of its kind in the stack takes; undefined where there is none. */
  readonly used: (stack: EstateStack, all: Estate) => number | undefined;
}

/** A quota in one stack. */
export interface QuotaUse {
  readonly quota: Quota;
  readonly stack: string;
  readonly used: number;
}

/** A quota that grows with the number of spokes. */
export interface QuotaReach extends QuotaUse {
  /** What each spoke adds. */
  readonly perSpoke: number;
  /** Number of spokes with which it is still kept. */
  readonly spokes: number;
}

/** What every stack takes of every quota. */
export function quotaUses(all: Estate, quotas: readonly Quota[]): QuotaUse[] {
  return all.stacks.flatMap((stack) => quotaUsesOf(stack, all, quotas));
}

/** What one stack takes of every quota that it takes part of. */
export function quotaUsesOf(stack: EstateStack, all: Estate, quotas: readonly Quota[]): QuotaUse[] {
  return quotas.flatMap((quota) => {
    const used = quota.used(stack, all);
    return used === undefined ? [] : [{ quota, stack: stack.name, used }];
  });
}

/**
 * How many spokes each quota allows, from two estates that differ in their number alone. What a spoke adds is the same
 * for each, give or take a digit in a name, so two points tell the line.
 */
export function quotaReaches(smaller: Estate, larger: Estate, quotas: readonly Quota[]): QuotaReach[] {
  const spokes = ({ stacks }: Estate): number => stacks.filter(({ isHub }) => !isHub).length;
  const more = spokes(larger) - spokes(smaller);
  const after = new Map(quotaUses(larger, quotas).map((use) => [`${use.stack} ${use.quota.name}`, use.used]));
  return quotaUses(smaller, quotas).flatMap((use) => {
    const perSpoke = ((after.get(`${use.stack} ${use.quota.name}`) ?? use.used) - use.used) / more;
    const allows = spokes(smaller) + Math.floor((use.quota.limit - use.used) / perSpoke);
    return perSpoke > 0 ? [{ ...use, perSpoke, spokes: allows }] : [];
  });
}
