import type { CheckResult } from "../../checks";
import type { Changes } from "../changes";
import type { Plan } from "../plan";
import type { CostView } from "../view/costs";
import type { QuotaView } from "../view/quotas";
import { kubernetesSupport } from "../view/kubernetes";
import { networksWithoutStack, overview, warnings } from "../view/overview";
import { addressesSection } from "./addresses";
import { changesSection } from "./changes";
import { configurationSection } from "./configuration";
import { costsSection } from "./costs";
import { namesSection } from "./names";
import type { Paint } from "./paint";
import { checksSection } from "./checks";
import { quotasSection } from "./quotas";
import { routesSection } from "./routes";
import { stacksSection } from "./stacks";
import { transitSection } from "./transit";

export interface Reported {
  /** All stacks: what the gateway's tables and the notes are about. */
  readonly plan: Plan;
  /** Names of the stacks to show. */
  readonly shown: readonly string[];
  /** By stack, when there is an earlier plan to compare with. */
  readonly changes: Readonly<Record<string, Changes>> | undefined;
  /** Of all stacks. */
  readonly checks: readonly CheckResult[];
  /** Of all stacks. */
  readonly costs: CostView;
  readonly quotas: readonly QuotaView[];
}

/** The plan for a terminal. */
export function report({ plan, shown, changes, checks, costs, quotas }: Reported, paint: Paint): string {
  const part = plan.filter(({ name }) => shown.includes(name));
  const notes = [...warnings(part), ...kubernetesSupport(part), networksWithoutStack(plan) ?? []].flat();
  const lines = [
    paint("bold", overview(plan)),
    ...stacksSection(part, paint),
    ...(changes === undefined ? [] : changesSection(changes, paint)),
    ...checksSection(
      checks,
      plan.map(({ name }) => name),
      paint,
    ),
    ...addressesSection(part, paint),
    ...routesSection(part, paint),
    ...transitSection(plan, paint),
    ...namesSection(plan, shown, paint),
    ...costsSection(costs, shown, paint),
    ...quotasSection(quotas, paint),
    ...configurationSection(part, paint),
    ...(notes.length === 0 ? [] : ["", ...notes]),
  ];
  return `${lines.join("\n")}\n`;
}
