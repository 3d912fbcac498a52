import { decodeSettings, rawConfig } from "../../components/settings/decode";
import { HUB } from "../../components/settings/networks";
import type { Settings } from "../../components/settings/settings";
import program from "../../index";
import { cloud } from "./doubles/cloud";
import type { PlannedResource, Properties } from "./engine/resource";
import { run } from "./engine/run";
import { ORGANIZATION, planPlatform, type PlatformPlan } from "./platform";
import { Memo } from "./memo";
import { configForProgram, type Project, type StackConfig, stackConfig } from "./project/project";

/** What `pulumi up` would build in one stack. */
export interface StackPlan {
  readonly name: string;
  /** Complete configuration, with the defaults. */
  readonly config: StackConfig;
  readonly settings: Settings;
  readonly resources: readonly PlannedResource[];
  readonly outputs: Properties;
  /** What `platform/` builds in its cluster; absent: it has no stack there. */
  readonly platform?: PlatformPlan;
}

/** What `pulumi up` would build in all stacks, the hub first. */
export type Plan = readonly StackPlan[];

export interface PlanOptions {
  /** Ids unknown, as in a first `pulumi preview`. @default false */
  readonly preview?: boolean;
  /**
   * AZ names by AZ ID, by stack. Only an account knows them, so by default the AZ ID stands for the name: AZs that the
   * configuration gives by AZ ID are shown by AZ ID. @default none
   */
  readonly zoneNames?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Plans the hub, then every spoke from the hub's outputs, and its platform from the spoke's, without an account, a network or
 * the Pulumi CLI.
 *
 * @throws the program's own error when a stack's configuration is refused.
 */
export async function plan(project: Project, options: PlanOptions = {}): Promise<Plan> {
  const names = Object.keys(project.stacks).sort((a, b) => Number(b === HUB) - Number(a === HUB));
  const plans: StackPlan[] = [];
  let hub: Readonly<Record<string, Properties>> = {};
  for (const name of names) {
    const stack = await planStack(project, name, hub, options);
    // In a preview, too, a spoke reads the outputs of a deployed hub, and a platform those of a deployed spoke.
    const deployed =
      options.preview === true
        ? (await planStack(project, name, hub, { ...options, preview: false })).outputs
        : stack.outputs;
    plans.push(await withPlatform(project, stack, deployed, options));
    if (name === HUB) hub = { [HUB]: deployed };
  }
  const order = plans[0]?.settings.role === "hub" ? [HUB, ...plans[0].settings.spokes.map((spoke) => spoke.name)] : [];
  return plans.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

/**
 * Plans one stack against the outputs of the others. The same stack is not planned twice: its plan depends only on its
 * configuration, these outputs and the environment.
 */
export async function planStack(
  project: Project,
  name: string,
  others: Readonly<Record<string, Properties>>,
  { preview = false, zoneNames = {} }: PlanOptions = {},
): Promise<StackPlan> {
  const config = stackConfig(project, project.stacks[name] ?? {});
  const forProgram = configForProgram(project, name, config);
  const options = { project: project.name, stack: name, organization: ORGANIZATION, config: forProgram, preview };
  const key = JSON.stringify([project.name, name, preview, zoneNames[name], config, others, process.env]);
  return PLANNED.get(key, async () => {
    const settings = (): Settings => decodeSettings(rawConfig(name, project.name, forProgram));
    const spokesIn = (account: string): string[] =>
      settings().networks.flatMap((each) => (each.account === account && each.name !== HUB ? [each.name] : []));
    const zones = (): Record<string, string> => ({
      ...Object.fromEntries(settings().zones.map((zone) => [zone, zone])),
      ...zoneNames[name],
    });
    const { resources, outputs } = await run(program, cloud(others, spokesIn, zones), options);
    return { name, config, settings: settings(), resources, outputs };
  });
}

/**
 * A stack with the plan of its platform. A hub has none, nor has a spoke without a cluster.
 *
 * @param outputs of the stack, which the platform reads
 * @throws the platform's own error when its configuration is refused
 */
export async function withPlatform(
  project: Project,
  stack: StackPlan,
  outputs: Properties,
  { preview = false }: PlanOptions = {},
): Promise<StackPlan> {
  if (stack.settings.role === "hub" || !stack.settings.cluster) return stack;
  const platform = await planPlatform(project, stack.name, outputs, preview);
  return platform === undefined ? stack : { ...stack, platform };
}

/** Every resource of a stack and of its platform. */
export function allResources({ resources, platform }: StackPlan): readonly PlannedResource[] {
  return platform === undefined ? resources : [...resources, ...platform.resources];
}

const PLANNED = new Memo<StackPlan>();
