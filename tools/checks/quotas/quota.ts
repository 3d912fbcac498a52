import type { AllStacks, StackResources } from "../../model/stacks";

/** An AWS default quota, and its usage by a stack. */
export interface Quota {
  /** Name, in AWS's terms. */
  readonly name: string;
  /** Default value; for policies, in characters. */
  readonly limit: number;
  /** Whether AWS increases it on request. */
  readonly isAdjustable: boolean;
  /** Page of the AWS documentation with the value. */
  readonly source: string;
  /**
   * Whether it is increased before the first deployment (`docs/runbooks/first-deployment.md`), because only new accounts
   * have the default. Exceeding it is reported, but the check passes. @default false
   */
  readonly isRaisedFirst?: boolean;
  /** Usage by the fullest resource of its kind in the stack; undefined if there is none. */
  readonly used: (stack: StackResources, all: AllStacks) => number | undefined;
}

/** The usage of a quota by one stack. */
export interface QuotaUse {
  readonly quota: Quota;
  readonly stack: string;
  readonly used: number;
}

/** A quota that grows with the number of spokes. */
export interface QuotaReach extends QuotaUse {
  /** Usage added by each spoke. */
  readonly perSpoke: number;
  /** Largest number of spokes that fits. */
  readonly spokes: number;
}

/** The usage of every quota by every stack. */
export function quotaUses(all: AllStacks, quotas: readonly Quota[]): QuotaUse[] {
  return all.stacks.flatMap((stack) => quotaUsesOf(stack, all, quotas));
}

/** The usage, by one stack, of every quota that it uses. */
export function quotaUsesOf(stack: StackResources, all: AllStacks, quotas: readonly Quota[]): QuotaUse[] {
  return quotas.flatMap((quota) => {
    const used = quota.used(stack, all);
    return used === undefined ? [] : [{ quota, stack: stack.name, used }];
  });
}

/**
 * How many spokes each quota allows, from two sets of stacks that differ only in the number of spokes. Usage grows linearly
 * with spokes (apart from digits in names), so two points are enough.
 */
export function quotaReaches(smaller: AllStacks, larger: AllStacks, quotas: readonly Quota[]): QuotaReach[] {
  const spokes = ({ stacks }: AllStacks): number => stacks.filter(({ isHub }) => !isHub).length;
  const more = spokes(larger) - spokes(smaller);
  const after = new Map(quotaUses(larger, quotas).map((use) => [`${use.stack} ${use.quota.name}`, use.used]));
  return quotaUses(smaller, quotas).flatMap((use) => {
    const perSpoke = ((after.get(`${use.stack} ${use.quota.name}`) ?? use.used) - use.used) / more;
    const allows = spokes(smaller) + Math.floor((use.quota.limit - use.used) / perSpoke);
    return perSpoke > 0 ? [{ ...use, perSpoke, spokes: allows }] : [];
  });
}
