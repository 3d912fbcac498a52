import { refuseUnknown } from "./rollout";

/** Which stacks pull requests preview, as `delivery/deployments/Pulumi.yaml` configures it. */
export interface PreviewRules {
  readonly hub: string;
  /** Stacks that a person updates. */
  readonly gated: readonly string[];
  /** Stacks that pull requests do not preview, besides the hub and the gated ones. */
  readonly unpreviewed: readonly string[];
  /** Stacks among the hub and the gated ones that pull requests preview all the same. */
  readonly pullRequestsMayAdminister: readonly string[];
}

/**
 * The stacks that are previewed for pull requests: by default, every spoke that is not gated.
 *
 * A preview runs the unreviewed code of a pull request with a Pulumi Cloud token that administers the stack (Pulumi Docs,
 * "Deployment Permissions"). Previewing a gated stack would let a pull request bypass the gate, and previewing the hub
 * would let it change what every spoke depends on.
 *
 * @param networks names in the register's order, which is the order of the result
 * @throws Error for a name that is not in the register, for a stack that is previewed without being listed, and for one
 *   that both lists name
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
  if (stacks.length > 0) throw new Error(`${KEY} names ${stacks.join(", ")}: ${why}`);
}
