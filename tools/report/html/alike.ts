import { groupsOf, patternOf } from "../../io/words";
import type { Plan } from "../../planner/plan";

/** Stacks that show the same, apart from their own names, accounts and CIDRs. */
interface Alike<T> {
  /** The item of the first stack. */
  readonly example: T;
  readonly stacks: readonly string[];
}

/** Masks what belongs to one stack, so that the texts of two stacks can be compared. */
export type Mask = (stack: string, text: string) => string;

/** What a name, an account or a CIDR ends and begins with: `dev` is not a part of `devices`, nor of `dev2`. */
const BEFORE = "(?<![\\w.])";

const AFTER = "(?![\\w])";

/** Masks the names, account and /16 of a stack, and with `others` also those of the other spokes. */
export function maskOf(plan: Plan, { others }: { readonly others: boolean }): Mask {
  const parts = new Map(
    plan.map(({ name, settings: { role, network } }) => {
      const prefix = network.cidr.split(".").slice(0, 2).join(".");
      return [name, { role, pattern: [name, network.name, network.account, prefix].map(patternOf).join("|") }];
    }),
  );
  const spokes = [...parts.values()].filter(({ role }) => role === "spoke").map(({ pattern }) => pattern);
  const anySpoke = new RegExp(`${BEFORE}(${spokes.join("|")})${AFTER}`, "g");
  const own = new Map(
    [...parts].map(([name, { pattern }]) => [name, new RegExp(`${BEFORE}(${pattern})${AFTER}`, "g")]),
  );
  return (stack, text) => {
    const pattern = own.get(stack);
    const masked = pattern === undefined ? text : text.replace(pattern, "<own>");
    return others && spokes.length > 0 ? masked.replace(anySpoke, "<other>").replace(OTHER_CIDR, "<others>") : masked;
  };
}

/** What stays of other spokes' CIDRs once they are summarized: `10.4.0.0/14`. */
const OTHER_CIDR = /(?<![\w.])\d+\.\d+\.0\.0\/(?:9|1[0-5])(?!\d)(?:, )?/g;

/** Groups stacks whose texts are the same once masked, in the order of their first stacks. */
export function alikeStacks<T extends { readonly stack: string }>(
  items: readonly T[],
  textOf: (item: T) => string,
  mask: Mask,
): Alike<T>[] {
  return groupsOf(items, (item) => mask(item.stack, textOf(item))).map((group) => ({
    example: group[0],
    stacks: group.map(({ stack }) => stack),
  }));
}
