import type { Changes } from "../../planner/changes/changes";
import type { Plan } from "../../planner/plan";
import type { CheckResult } from "../../checks";
import type { CostView } from "../view/costs";
import type { QuotaView } from "../view/quotas";
import { markup, NOTHING, type Markup } from "./markup";

/** What the page shows. */
export interface Shown {
  readonly plan: Plan;
  /** By stack, when there is an earlier plan to compare with. */
  readonly changes: Readonly<Record<string, Changes>> | undefined;
  readonly costs: CostView;
  readonly checks: readonly CheckResult[];
  readonly quotas: readonly QuotaView[];
}

/** A part of the page under its own heading. */
export interface Section {
  /** Anchor. */
  readonly id: string;
  readonly title: string;
  /** Undefined: nothing to say, and no heading. */
  readonly body: (shown: Shown) => Markup | undefined;
}

/** Cards that are shown unfolded. */
const MOST_OPEN = 8;

/** Attribute of a `details`: unfolded, unless there are so many that a reader looks for one. */
export function openUpTo(count: number): Markup {
  return count > MOST_OPEN ? NOTHING : markup` open`;
}
