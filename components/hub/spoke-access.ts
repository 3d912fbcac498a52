import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../policy-document";
import { PREFIX } from "../tags";

export interface SpokeAccessArgs {
  /** Accounts whose stacks take the role. */
  readonly accounts: readonly string[];
  /** Zones that it may authorise VPCs for. */
  readonly zoneArns: readonly pulumi.Input<string>[];
  readonly region: string;
  /** ARN of the policy that bounds the role; undefined: none does. */
  readonly permissionsBoundary: string | undefined;
}

/**
 * The role of a spoke's stack in the hub: to authorise its VPC for the hub's zones, and to take that back. It can read
 * and change nothing else, no record among it.
 */
export class SpokeAccess extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;

  constructor(
    name: string,
    { accounts, zoneArns, region, permissionsBoundary }: SpokeAccessArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:SpokeAccess", name, {}, opts);
    const mine = { parent: this };
    const role = new aws.iam.Role(
      name,
      {
        name: `${PREFIX}-spoke-access`,
        description: "Lets the spokes' stacks associate their VPCs with the hub's private zones",
        assumeRolePolicy: JSON.stringify(trustPolicy(accounts)),
        permissionsBoundary,
      },
      mine,
    );
    const policy = new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: pulumi.all([...zoneArns]).apply((arns) => JSON.stringify(authorisePolicy(arns, region))),
      },
      mine,
    );
    // A spoke that knows the role may use it: it is told of it once the policy stands.
    this.roleArn = pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

function trustPolicy(accounts: readonly string[]): object {
  return policyDocument({
    Effect: "Allow",
    // "*" and a condition: a list of principals would pass the 2,048 characters of a trust policy at some 40 accounts,
    // this one at some 110 (IAM User Guide, "IAM and AWS STS quotas").
    Principal: { AWS: "*" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:PrincipalAccount": accounts } },
  });
}

function authorisePolicy(zoneArns: readonly string[], region: string): object {
  return policyDocument({
    Sid: "AuthoriseVpcs",
    Effect: "Allow",
    Action: [
      "route53:CreateVPCAssociationAuthorization",
      "route53:DeleteVPCAssociationAuthorization",
      "route53:ListVPCAssociationAuthorizations",
    ],
    Resource: zoneArns,
    // VPCs of our region (Amazon Route 53 Developer Guide, "Using IAM policy conditions for fine-grained access
    // control"); a list has no VPC in its request, and passes. Which account a VPC belongs to is in no condition key.
    Condition: { "ForAllValues:StringLike": { "route53:VPCs": `VPCId=*,VPCRegion=${region}` } },
  });
}
