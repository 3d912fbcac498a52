import * as pulumi from "@pulumi/pulumi";
import * as pulumiservice from "@pulumi/pulumiservice";
import type { Naming } from "../../components/names";
import type { NetworkToDeploy } from "../account-map";
import type { Rollout } from "./rollout";
import { deploymentSettings, type Source } from "./settings";
import { startAfter, tellSlack } from "./webhooks";

export interface DeploymentsArgs {
  /** Project and prefix of the stacks. */
  readonly naming: Naming;
  readonly source: Source;
  /** Stacks to deploy. Plain values: they decide which resources exist. */
  readonly stacks: readonly NetworkToDeploy[];
  readonly rollout: Rollout;
  /** Stacks that pull requests preview. */
  readonly previewed: readonly string[];
  /** Whether stacks of `platform/` follow their spokes. */
  readonly hasPlatforms: boolean;
  /** Cron schedule of drift detection, by stack. */
  readonly driftCrons: Readonly<Record<string, string>>;
  /** Slack incoming webhook; undefined: no notifications. */
  readonly slackWebhook: pulumi.Input<string> | undefined;
}

const { UpdateSucceeded, DeploymentFailed, DriftDetected } = pulumiservice.WebhookFilters;

/**
 * Deployment settings in Pulumi Cloud: those of each stack, the rollout order, and daily drift detection.
 *
 * They are in a separate stack, so that destroying a network does not remove them.
 */
export class Deployments extends pulumi.ComponentResource {
  constructor(name: string, args: DeploymentsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:deploy:Deployments", name, {}, opts);
    const { naming, source, stacks, rollout, previewed, hasPlatforms, driftCrons, slackWebhook } = args;
    const { project } = naming;
    const { organization } = source;
    const mine = { parent: this };

    const settings = stacks.map(
      (each) =>
        new pulumiservice.DeploymentSettings(
          `${name}-${each.stack}`,
          deploymentSettings(
            {
              ...naming,
              ...each,
              starts: each.stack === rollout.chain[0],
              startsPlatforms: each.stack === rollout.chain[0] && hasPlatforms,
              previewed: previewed.includes(each.stack),
            },
            source,
          ),
          mine,
        ),
    );
    // Pulumi Cloud refuses webhooks to and schedules of a stack without settings.
    const after = { ...mine, dependsOn: settings };

    for (const { from, to } of rollout.edges) {
      startAfter(
        `${name}-${from}-to-${to}`,
        { organization, from: { project, stack: from }, to: { project, stack: to }, displayName: `Update ${to}` },
        after,
      );
    }
    for (const [stack, scheduleCron] of Object.entries(driftCrons)) {
      new pulumiservice.DriftSchedule(
        `${name}-${stack}`,
        {
          organization,
          project,
          stack,
          scheduleCron,
          // Drift in a network is an urgent repair by a person or an attack, so a person decides what to do.
          autoRemediate: false,
        },
        after,
      );
    }
    if (slackWebhook !== undefined) this.notify(name, args, slackWebhook, after);
    this.registerOutputs({});
  }

  private notify(
    name: string,
    { naming, source, stacks, rollout }: DeploymentsArgs,
    slackWebhook: pulumi.Input<string>,
    after: pulumi.CustomResourceOptions,
  ): void {
    const lastOfChain = rollout.gated.length === 0 ? undefined : rollout.chain.at(-1);
    for (const { stack } of stacks) {
      const filters = [
        ...(stack === lastOfChain ? [UpdateSucceeded] : []),
        // Not UpdateFailed: this event also comes when a deployment fails before Pulumi runs, as when AWS denies the role.
        DeploymentFailed,
        DriftDetected,
      ];
      const { organization } = source;
      tellSlack(
        `${name}-${stack}-to-slack`,
        { organization, project: naming.project, stack, slackWebhook, filters },
        after,
      );
    }
  }
}
