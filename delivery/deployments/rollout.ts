import { SetupError } from "../account-map";

/** A stack whose update starts that of another. */
interface Edge {
  readonly from: string;
  readonly to: string;
}

/** The order in which stacks are updated after a merge. */
export interface Rollout {
  /** Stacks that are updated automatically one after the other, the hub first. */
  readonly chain: readonly string[];
  /** Stacks that a person updates, after the chain. */
  readonly gated: readonly string[];
  /** Pairs of consecutive stacks of the chain. */
  readonly edges: readonly Edge[];
}

/**
 * The chain is in the order of the account map, without the gated stacks.
 *
 * A push would start all stacks at once, in no order (Pulumi Docs, "Deployment queue": first in, first out within one
 * stack), so it starts only the hub, and each stack starts the next. It is a chain, not a star from the hub, so that a
 * failure in dev does not reach staging.
 *
 * @param networks names in the order of the account map
 * @param gated names of those that a person updates
 * @throws SetupError for a gated stack that is not in the account map, and for a gated hub, on which every spoke
 *   depends
 */
export function rollout(networks: readonly string[], gated: readonly string[], hub: string): Rollout {
  refuseUnknown("gated", gated, networks);
  if (gated.includes(hub))
    throw new SetupError(`gated names ${hub}: every spoke depends on it, so it is updated by every push; remove it`);
  const chain = [hub, ...networks.filter((name) => name !== hub && !gated.includes(name))];
  const edges = chain.slice(1).map((to, index) => ({ from: chain[index] ?? hub, to }));
  return { chain, gated: networks.filter((name) => gated.includes(name)), edges };
}

/** @throws SetupError for a name that is not in the account map */
function refuseUnknown(key: string, names: readonly string[], networks: readonly string[]): void {
  const unknown = names.filter((name) => !networks.includes(name));
  if (unknown.length > 0)
    throw new SetupError(
      `${key} names ${unknown.join(", ")}, which is not in the account map (networks): it has ${networks.join(", ")}`,
    );
}

/** Which stacks pull requests preview, as `delivery/deployments/Pulumi.yaml` configures it. */
export interface PreviewRules {
  readonly hub: string;
  /** Stacks that a person updates. */
  readonly gated: readonly string[];
  /** Further stacks that pull requests do not preview. */
  readonly unpreviewed: readonly string[];
  /** The hub and gated stacks that pull requests preview nevertheless. */
  readonly pullRequestsMayAdminister: readonly string[];
}

/**
 * The stacks that are previewed for pull requests: by default, every spoke that is not gated.
 *
 * A preview runs the unreviewed code of a pull request with a Pulumi Cloud token that administers the stack (Pulumi
 * Docs, "Deployment Permissions"). Previewing a gated stack would let a pull request bypass the gate, and previewing
 * the hub would let it change what every spoke depends on.
 *
 * @param networks names in the order of the account map, which is the order of the result
 * @throws SetupError for a name that is not in the account map, for a stack that may be previewed although it is
 *   neither the hub nor gated, and for one that both lists name
 */
export function previewedStacks(networks: readonly string[], rules: PreviewRules): readonly string[] {
  const { hub, gated, unpreviewed, pullRequestsMayAdminister } = rules;
  refuseUnknown("unpreviewed", unpreviewed, networks);
  refuseUnknown(KEY, pullRequestsMayAdminister, networks);
  const guarded = [hub, ...gated];
  refuse(
    pullRequestsMayAdminister.filter((stack) => !guarded.includes(stack)),
    `only the hub and gated stacks (${guarded.join(", ")}) need it, so remove it`,
  );
  refuse(
    pullRequestsMayAdminister.filter((stack) => unpreviewed.includes(stack)),
    "unpreviewed names it too, so remove it from one of them",
  );
  return networks.filter(
    (stack) => !unpreviewed.includes(stack) && (!guarded.includes(stack) || pullRequestsMayAdminister.includes(stack)),
  );
}

const KEY = "pull-requests-may-administer";

function refuse(stacks: readonly string[], why: string): void {
  if (stacks.length > 0) throw new SetupError(`${KEY} names ${stacks.join(", ")}: ${why}`);
}

/** Minutes between the schedules of two stacks, so that they do not queue for the same workers. */
const MINUTES_APART = 5;

/**
 * Cron schedules of drift detection: once a day, one stack after the other within one hour.
 *
 * @param stacks in the order of the rollout
 * @param hour UTC
 * @throws SetupError for a number outside of 0 to 23
 */
export function driftCrons(stacks: readonly string[], hour: number): Readonly<Record<string, string>> {
  if (hour < 0 || hour > 23) throw new SetupError(`drift-hour is ${String(hour)}: must be a whole number from 0 to 23`);
  const minute = (index: number): string => String((index * MINUTES_APART) % 60);
  return Object.fromEntries(stacks.map((stack, index) => [stack, `${minute(index)} ${String(hour)} * * *`]));
}
