/** A stack that starts another: when the first has been updated, the second is. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** The order in which a merge reaches the stacks. */
export interface Rollout {
  /** Stacks that follow each other without a person, the hub first. */
  readonly chain: readonly string[];
  /** Stacks that a person updates, after the chain. */
  readonly gated: readonly string[];
  /** What links the chain. */
  readonly edges: readonly Edge[];
}

/**
 * The order of the account map, without the gated stacks.
 *
 * A push would start all stacks at once, in no order (Pulumi Docs, "Deployment queue": first in, first out within one
 * stack), so it starts only the hub, and each stack starts the next. It is a chain, not a star from the hub, so that a
 * failure in dev does not reach staging.
 *
 * @param networks names in the register's order
 * @param gated names of those that a person updates
 * @throws Error for a gated stack that is not in the register, and for a gated hub: every spoke waits for it
 */
export function rollout(networks: readonly string[], gated: readonly string[], hub: string): Rollout {
  refuseUnknown("gated", gated, networks);
  if (gated.includes(hub))
    throw new Error(`gated names ${hub}: every spoke depends on it, so it is updated by every push; remove it`);
  const chain = [hub, ...networks.filter((name) => name !== hub && !gated.includes(name))];
  const edges = chain.slice(1).map((to, index) => ({ from: chain[index] ?? hub, to }));
  return { chain, gated: networks.filter((name) => gated.includes(name)), edges };
}

/** @throws Error for a name that is not in the register */
export function refuseUnknown(key: string, names: readonly string[], networks: readonly string[]): void {
  const unknown = names.filter((name) => !networks.includes(name));
  if (unknown.length > 0)
    throw new Error(
      `${key} names ${unknown.join(", ")}, which is not in the account map (networks): it has ${networks.join(", ")}`,
    );
}
