import { cloud } from "./doubles/cloud";
import type { PlannedResource, Properties } from "./engine/resource";
import { type Program, run } from "./engine/run";
import { configForProgram, type Project, stackConfig, type StackConfig } from "./project/project";

/** What `pulumi up` in `platform/` would build in the cluster of one spoke. */
export interface PlatformPlan {
  /** Complete configuration, with the defaults. */
  readonly config: StackConfig;
  readonly resources: readonly PlannedResource[];
  readonly outputs: Properties;
}

/** Name of the organization in the CLI, on a backend without organizations. */
export const ORGANIZATION = "organization";

/**
 * Plans the platform of a spoke from the spoke's outputs; undefined for a spoke without one. The same platform is not planned
 * twice: its plan depends only on its configuration, these outputs and the environment.
 *
 * @param platform the project in `platform/`
 * @param spoke name of the spoke's stack, which is also that of the platform's
 * @throws the program's own error when the configuration is refused
 */
export async function planPlatform(
  platform: Project | undefined,
  spoke: string,
  outputs: Properties,
  preview: boolean,
): Promise<PlatformPlan | undefined> {
  const set = platform !== undefined && Object.hasOwn(platform.stacks, spoke) ? platform.stacks[spoke] : undefined;
  if (platform === undefined || set === undefined) return undefined;
  const config = stackConfig(platform, set);
  const key = JSON.stringify([platform.name, spoke, preview, config, outputs, process.env]);
  const known = PLANNED.get(key);
  if (known !== undefined) return known;
  const { resources, outputs: own } = await run(program(), cloud({ [spoke]: outputs }), {
    ...{ project: platform.name, stack: spoke, organization: ORGANIZATION, preview },
    config: configForProgram(platform, spoke, config),
  });
  const planned = { config, resources, outputs: own };
  const [oldest = ""] = PLANNED.size < MOST_PLANNED ? [] : PLANNED.keys();
  PLANNED.delete(oldest);
  PLANNED.set(key, planned);
  return planned;
}

/** The program of `platform/`. Only a plan with a platform loads it, because it loads @pulumi/kubernetes. */
function program(): Program {
  return require("../../platform/index") as Program;
}

/** Plans of platforms, by everything that they depend on. */
const PLANNED = new Map<string, PlatformPlan>();
/** Most plans that are kept: enough for all alternatives of a network with a few spokes. */
const MOST_PLANNED = 40;
