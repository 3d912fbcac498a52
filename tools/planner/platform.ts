import { rawConfig } from "../../components/settings/decode";
import { decodePlatformSettings, type PlatformSettings } from "../../platform/settings";
import { cloud } from "./doubles/cloud";
import type { PlannedResource, Properties } from "./engine/resource";
import { type Program, run } from "./engine/run";
import { Memo } from "./memo";
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
 * @param network the project of the spokes, with that of the platforms
 * @param spoke name of the spoke's stack, which is also that of the platform's
 * @throws the program's own error when the configuration is refused
 */
export async function planPlatform(
  { name: network, platform }: Project,
  spoke: string,
  outputs: Properties,
  preview: boolean,
): Promise<PlatformPlan | undefined> {
  if (platform === undefined || !Object.hasOwn(platform.stacks, spoke)) return undefined;
  const config = stackConfig(platform, platform.stacks[spoke] ?? {});
  const key = JSON.stringify([platform.name, network, spoke, preview, config, outputs, process.env]);
  return PLANNED.get(key, async () => {
    const settings = platformSettings(platform, spoke);
    const { resources, outputs: own } = await run(program(settings, network), cloud({ [spoke]: outputs }), {
      ...{ project: platform.name, stack: spoke, organization: ORGANIZATION, preview },
      config: configForProgram(platform, spoke, config),
    });
    return { config, resources, outputs: own };
  });
}

/**
 * The settings of one stack of `platform/`.
 *
 * @throws ConfigurationError that lists every fault
 */
export function platformSettings(platform: Project, stack: string): PlatformSettings {
  const config = stackConfig(platform, platform.stacks[stack] ?? {});
  return decodePlatformSettings(rawConfig(stack, platform.name, configForProgram(platform, stack, config)));
}

/**
 * The program of `platform/` without its first step, which compares the kubeconfig of this machine with the cluster. Only a
 * plan with a platform loads it, because it loads @pulumi/kubernetes.
 */
function program(settings: PlatformSettings, network: string): Program {
  const { deployPlatform } = require("../../platform/program") as typeof import("../../platform/program");
  const { readSpoke } = require("../../platform/spoke-contract") as typeof import("../../platform/spoke-contract");
  return async () => deployPlatform(settings, await readSpoke(settings, network));
}

const PLANNED = new Memo<PlatformPlan>();
