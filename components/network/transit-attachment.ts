import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PolicyDocument, policyDocument } from "../policy-document";
import type { Network } from "./network";

export interface TransitAttachmentArgs {
  readonly network: Network;
  readonly transitGatewayId: pulumi.Input<string>;
  /** IPv4 CIDR that the private subnets reach through the transit gateway. */
  readonly destinationCidrBlock: string;
  /** Further CIDRs that they reach through it: those of external sites. @default none */
  readonly siteCidrs?: readonly string[];
  /**
   * Whether the attachment uses the gateway's default route tables. With a gateway that another account shares, AWS
   * allows nothing else, so this must stay true. @default true
   */
  readonly defaultRouteTables?: boolean;
  /**
   * Whether to set the option for security group references. AWS turns it on for an attachment by default, and off for a
   * transit gateway; both must be on (Amazon EC2 API Reference, CreateTransitGatewayVpcAttachmentRequestOptions).
   */
  readonly securityGroupReferences: boolean;
}

/** Attaches a network to the transit gateway in its transit subnets, and routes its private subnets there. */
export class TransitAttachment extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;

  constructor(name: string, args: TransitAttachmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:network:TransitAttachment", name, {}, opts);
    const {
      network,
      transitGatewayId,
      destinationCidrBlock,
      siteCidrs = [],
      defaultRouteTables = true,
      securityGroupReferences,
    } = args;

    const attachment = new aws.ec2transitgateway.VpcAttachment(
      name,
      {
        vpcId: network.vpcId,
        transitGatewayId,
        subnetIds: network.subnetIds("transit"),
        ...(defaultRouteTables
          ? {}
          : { transitGatewayDefaultRouteTableAssociation: false, transitGatewayDefaultRouteTablePropagation: false }),
        ...(securityGroupReferences ? { securityGroupReferencingSupport: "enable" } : {}),
        tags: { Name: name },
      },
      { parent: this },
    );
    this.id = attachment.id;

    network.routeTableIds("private").forEach((routeTableId, zone) => {
      // AWS refuses a route to a gateway that the VPC is not attached to.
      const after = { parent: this, dependsOn: [attachment] };
      const child = `${name}-private-${String(zone + 1)}-transit`;
      new aws.ec2.Route(child, { routeTableId, destinationCidrBlock, transitGatewayId }, after);
      for (const cidr of siteCidrs) {
        const toSite = { routeTableId, destinationCidrBlock: cidr, transitGatewayId };
        new aws.ec2.Route(`${child}-${cidr.replace("/", "-")}`, toSite, after);
      }
    });
    this.registerOutputs({ id: this.id });
  }
}

export interface TransitEventsArgs {
  /** SNS topic of the hub. */
  readonly topicArn: pulumi.Input<string>;
  /**
   * Account of the rule, if the topic belongs to another one: EventBridge then publishes with a role of this account
   * (Amazon EventBridge User Guide, "Cross-account targets"). Undefined if the topic's policy allows the rule.
   */
  readonly publisherAccount: string | undefined;
  /**
   * ARN of the role whose calls are not reported, because it deploys the stack. @default the calls of every role are
   * reported
   */
  readonly deploymentRoleArn?: string | undefined;
}

/**
 * Reports changes to the transit gateway, its attachments and its resource share to the hub's SNS topic, within
 * minutes.
 */
export class TransitEvents extends pulumi.ComponentResource {
  constructor(
    name: string,
    { topicArn, publisherAccount, deploymentRoleArn }: TransitEventsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:network:TransitEvents", name, {}, opts);
    const mine = { parent: this };
    const child = `${name}-${TRANSIT_EVENTS}`;
    const rule = new aws.cloudwatch.EventRule(
      child,
      {
        description: "Changes to the transit gateway, its attachments and its resource share",
        eventPattern: JSON.stringify(transitEventPattern(deploymentRoleArn)),
      },
      mine,
    );
    const publisher =
      publisherAccount === undefined ? undefined : this.createPublisher(child, topicArn, publisherAccount);
    new aws.cloudwatch.EventTarget(
      child,
      { rule: rule.name, arn: topicArn, ...(publisher === undefined ? {} : { roleArn: publisher.role.arn }) },
      { ...mine, dependsOn: publisher === undefined ? [] : [publisher.policy] },
    );
    this.registerOutputs({});
  }

  /** The role with which EventBridge publishes, and its policy, which must exist first. */
  private createPublisher(name: string, topicArn: pulumi.Input<string>, account: string) {
    const mine = { parent: this };
    const role = new aws.iam.Role(
      name,
      {
        description: "Publishes transit gateway changes to the hub's SNS topic",
        assumeRolePolicy: JSON.stringify(eventBridgeTrust(account)),
      },
      mine,
    );
    const policy = new aws.iam.RolePolicy(
      name,
      { role: role.name, policy: pulumi.output(topicArn).apply((arn) => JSON.stringify(publishPolicy(arn))) },
      mine,
    );
    return { role, policy };
  }
}

/**
 * API calls that change which networks reach each other through a transit gateway (Amazon EC2 API Reference; AWS RAM
 * API Reference). Calls that only read are left out.
 */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  "ec2.amazonaws.com": [
    "AcceptTransitGatewayPeeringAttachment",
    "AcceptTransitGatewayVpcAttachment",
    "AssociateTransitGatewayPolicyTable",
    "AssociateTransitGatewayRouteTable",
    "CreateTransitGatewayConnect",
    "CreateTransitGatewayPeeringAttachment",
    "CreateTransitGatewayPrefixListReference",
    "CreateTransitGatewayRoute",
    "CreateTransitGatewayVpcAttachment",
    "CreateVpnConnection",
    "DeleteTransitGatewayPrefixListReference",
    "DeleteTransitGatewayRoute",
    "DeleteTransitGatewayVpcAttachment",
    "DisableTransitGatewayRouteTablePropagation",
    "DisassociateTransitGatewayRouteTable",
    "EnableTransitGatewayRouteTablePropagation",
    "ModifyTransitGateway",
    "ModifyTransitGatewayPrefixListReference",
    "ModifyTransitGatewayVpcAttachment",
    "ReplaceTransitGatewayRoute",
  ],
  "ram.amazonaws.com": [
    "AssociateResourceShare",
    "CreateResourceShare",
    "DeleteResourceShare",
    "DisassociateResourceShare",
    "UpdateResourceShare",
  ],
};

/**
 * Event pattern of those calls, except for those of one role. They reach EventBridge only in an account that has a CloudTrail trail with management
 * events (Amazon EventBridge User Guide, "AWS service events delivered via AWS CloudTrail").
 *
 * `anything-but` matches no event without the field, and the event of an IAM user or of the root user has no role
 * (Amazon EventBridge User Guide, "Comparison operators for use in event patterns in Amazon EventBridge"; AWS CloudTrail
 * User Guide, "CloudTrail userIdentity element").
 */
export function transitEventPattern(deploymentRoleArn?: string): object {
  return {
    source: Object.keys(CALLS).map((service) => service.replace(/^(\w+)\.amazonaws\.com$/, "aws.$1")),
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: Object.keys(CALLS),
      eventName: Object.values(CALLS).flat(),
      ...(deploymentRoleArn === undefined ? {} : { userIdentity: notOfRole(deploymentRoleArn) }),
    },
  };
}

/** Matches the identity of every caller but the sessions of one role. */
function notOfRole(arn: string): object {
  return { sessionContext: { sessionIssuer: { arn: [{ exists: false }, { "anything-but": [arn] }] } } };
}

/** Last part of the names of the EventBridge rules, and of the roles with which spokes publish. */
export const TRANSIT_EVENTS = "transit-events";

/** Lets a spoke's rule publish to the hub's topic. */
function publishPolicy(topicArn: string): PolicyDocument {
  return policyDocument({ Sid: "PublishEvents", Effect: "Allow", Action: "sns:Publish", Resource: topicArn });
}

/**
 * Lets EventBridge assume a role for rules of one account (Amazon EventBridge User Guide, "Cross-service confused
 * deputy prevention").
 */
function eventBridgeTrust(account: string): PolicyDocument {
  return policyDocument({
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  });
}
