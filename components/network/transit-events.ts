import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { eventBridgeTrust, publishPolicy, TRANSIT_EVENTS, transitEventPattern } from "../transit-events";

export interface TransitEventsArgs {
  /** SNS topic of the hub. */
  readonly topicArn: pulumi.Input<string>;
  /**
   * Account of the rule where the topic belongs to another one: EventBridge then publishes by a role of this account
   * (Amazon EventBridge User Guide, "Cross-account targets"). Undefined if the topic's policy allows the rule.
   */
  readonly publisherAccount: string | undefined;
}

/** Reports changes to the transit gateway, its attachments and its resource share to the hub's SNS topic, within minutes. */
export class TransitEvents extends pulumi.ComponentResource {
  constructor(name: string, { topicArn, publisherAccount }: TransitEventsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:network:TransitEvents", name, {}, opts);
    const mine = { parent: this };
    const child = `${name}-${TRANSIT_EVENTS}`;
    const rule = new aws.cloudwatch.EventRule(
      child,
      {
        description: "Changes to the transit gateway, its attachments and its resource share",
        eventPattern: JSON.stringify(transitEventPattern()),
      },
      mine,
    );
    const role =
      publisherAccount === undefined
        ? undefined
        : new aws.iam.Role(
            child,
            {
              description: "Publishes transit gateway changes to the hub's SNS topic",
              assumeRolePolicy: JSON.stringify(eventBridgeTrust(publisherAccount)),
            },
            mine,
          );
    const policies =
      role === undefined
        ? []
        : [
            new aws.iam.RolePolicy(
              child,
              { role: role.name, policy: pulumi.output(topicArn).apply((arn) => JSON.stringify(publishPolicy(arn))) },
              mine,
            ),
          ];
    new aws.cloudwatch.EventTarget(
      child,
      { rule: rule.name, arn: topicArn, ...(role === undefined ? {} : { roleArn: role.arn }) },
      { ...mine, dependsOn: policies },
    );
    this.registerOutputs({});
  }
}
