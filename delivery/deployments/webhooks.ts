import type * as pulumi from "@pulumi/pulumi";
import * as pulumiservice from "@pulumi/pulumiservice";

const { UpdateSucceeded } = pulumiservice.WebhookFilters;

/** A stack of the organization in Pulumi Cloud. */
interface StackName {
  readonly project: string;
  readonly stack: string;
}

/** Starts the update of a stack whenever another one was updated. Pulumi Cloud requires settings of both stacks. */
export function startAfter(
  name: string,
  args: {
    readonly organization: string;
    readonly from: StackName;
    readonly to: StackName;
    readonly displayName: string;
  },
  opts: pulumi.CustomResourceOptions,
): void {
  const { organization, from, to, displayName } = args;
  new pulumiservice.Webhook(
    name,
    {
      organizationName: organization,
      projectName: from.project,
      stackName: from.stack,
      displayName,
      format: pulumiservice.WebhookFormat.PulumiDeployments,
      payloadUrl: `${to.project}/${to.stack}`,
      // Only the event of a successful update: a second one would start the next stack twice.
      filters: [UpdateSucceeded],
      active: true,
    },
    opts,
  );
}

/** Sends events of a stack to Slack. */
export function tellSlack(
  name: string,
  args: StackName & {
    readonly organization: string;
    readonly slackWebhook: pulumi.Input<string>;
    readonly filters: pulumiservice.WebhookFilters[];
  },
  opts: pulumi.CustomResourceOptions,
): void {
  const { organization, project, stack, slackWebhook, filters } = args;
  new pulumiservice.Webhook(
    name,
    {
      organizationName: organization,
      projectName: project,
      stackName: stack,
      displayName: "Tell Slack",
      format: pulumiservice.WebhookFormat.Slack,
      payloadUrl: slackWebhook,
      filters,
      active: true,
    },
    opts,
  );
}
