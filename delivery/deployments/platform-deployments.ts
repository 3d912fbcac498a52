import * as pulumi from "@pulumi/pulumi";
import * as pulumiservice from "@pulumi/pulumiservice";
import type { Platform } from "./platforms";
import { platformSettings, type Source } from "./settings";

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
    const { organization: organizationName } = source;
    for (const platform of platforms) {
      const { stack } = platform;
      const child = `${name}-${stack}`;
      const settings = new pulumiservice.DeploymentSettings(child, platformSettings(project, platform, source), {
        parent: this,
      });
      // Pulumi Cloud refuses webhooks to and of a stack without settings.
      const after = { parent: this, dependsOn: [settings] };
      new pulumiservice.Webhook(
        child,
        {
          organizationName,
          projectName: networkProject,
          stackName: stack,
          displayName: `Update the platform of ${stack}`,
          format: pulumiservice.WebhookFormat.PulumiDeployments,
          payloadUrl: `${project}/${stack}`,
          filters: [pulumiservice.WebhookFilters.UpdateSucceeded],
          active: true,
        },
        after,
      );
      if (slackWebhook === undefined) continue;
      new pulumiservice.Webhook(
        `${child}-to-slack`,
        {
          organizationName,
          projectName: project,
          stackName: stack,
          displayName: "Tell Slack",
          format: pulumiservice.WebhookFormat.Slack,
          payloadUrl: slackWebhook,
          filters: [pulumiservice.WebhookFilters.DeploymentFailed],
          active: true,
        },
        after,
      );
    }
    this.registerOutputs({});
  }
}
