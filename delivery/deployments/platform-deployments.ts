import * as pulumi from "@pulumi/pulumi";
import * as pulumiservice from "@pulumi/pulumiservice";
import type { Platform } from "./platforms";
import { platformSettings, type Source } from "./settings";
import { startAfter, tellSlack } from "./webhooks";

export interface PlatformDeploymentsArgs {
  /** Project of the spokes. */
  readonly networkProject: string;
  /** Project of the program in `platform/`. */
  readonly project: string;
  /** Plain values: they decide which resources exist. */
  readonly platforms: readonly Platform[];
  readonly source: Source;
  /** Slack incoming webhook; undefined: no notifications. */
  readonly slackWebhook: pulumi.Input<string> | undefined;
}

/**
 * Deployment settings of the stacks in `platform/`, each of which follows its spoke: a successful update of the spoke
 * starts it. It is no part of the chain, so a platform that fails does not stop the next spoke.
 */
export class PlatformDeployments extends pulumi.ComponentResource {
  constructor(name: string, args: PlatformDeploymentsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:deploy:PlatformDeployments", name, {}, opts);
    const { networkProject, project, platforms, source, slackWebhook } = args;
    const { organization } = source;
    for (const platform of platforms) {
      const { stack } = platform;
      const child = `${name}-${stack}`;
      const settings = new pulumiservice.DeploymentSettings(child, platformSettings(project, platform, source), {
        parent: this,
      });
      // Pulumi Cloud refuses webhooks to and of a stack without settings.
      const after = { parent: this, dependsOn: [settings] };
      startAfter(
        child,
        {
          organization,
          from: { project: networkProject, stack },
          to: { project, stack },
          displayName: `Update the platform of ${stack}`,
        },
        after,
      );
      if (slackWebhook === undefined) continue;
      const filters = [pulumiservice.WebhookFilters.DeploymentFailed];
      tellSlack(`${child}-to-slack`, { organization, project, stack, slackWebhook, filters }, after);
    }
    this.registerOutputs({});
  }
}
