import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { SpokeRoleArns } from "../hub-contract";
import { hubRoleNames } from "../names";
import { type PolicyDocument, policyDocument } from "../policy-document";

export interface SpokeRolesArgs {
  /** Prefix of the roles' names. */
  readonly prefix: string;
  /** Name of the spoke's network. */
  readonly spoke: string;
  /** Account of the spoke, which takes the roles. */
  readonly spokeAccount: string;
  /** Account of the hub, which owns them. */
  readonly account: string;
  readonly region: string;
  /** Hosted zones that the spoke's VPC is associated with: the shared domain, its own, those of the endpoints. */
  readonly zoneArns: readonly pulumi.Input<string>[];
  /** Hosted zone of the spoke's own domain. */
  readonly ownZoneArn: pulumi.Input<string>;
}

/**
 * What one spoke's account may do in the hub's, a role for each purpose: associate its VPC with hosted zones
 * (`access`), read that (`preview`), write records in its own zone (`records`).
 *
 * Every spoke has roles of its own, so that a compromised account reaches the names of no other spoke.
 */
export class SpokeRoles extends pulumi.ComponentResource {
  readonly arns: { readonly [Role in keyof SpokeRoleArns]: pulumi.Output<string> };

  constructor(name: string, args: SpokeRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:hub:SpokeRoles", name, {}, opts);
    const { prefix, spoke, region, zoneArns, ownZoneArn } = args;
    const zones = pulumi.all([...zoneArns]);
    const names = hubRoleNames(prefix, spoke);
    this.arns = {
      access: this.role(`${name}-access`, args, {
        roleName: names.access,
        description: `Authorizes the VPC of ${spoke} to associate with the hosted zones that it reads`,
        actions: ["sts:AssumeRole"],
        policy: zones.apply((arns) => authorizePolicy(arns, region)),
      }),
      preview: this.role(`${name}-preview`, args, {
        roleName: names.preview,
        description: `Reads the VPC associations of ${spoke}, for previews`,
        actions: ["sts:AssumeRole"],
        policy: zones.apply(readAuthorizationsPolicy),
      }),
      records: this.role(`${name}-records`, args, {
        roleName: names.records,
        description: `Writes records in the hosted zone of ${spoke}`,
        // EKS Pod Identity tags the session (Amazon EKS User Guide, "Access AWS resources using EKS Pod Identity target
        // IAM roles").
        actions: ["sts:AssumeRole", "sts:TagSession"],
        policy: pulumi.output(ownZoneArn).apply(writeRecordsPolicy),
      }),
    };
    this.registerOutputs({ arns: this.arns });
  }

  private role(
    name: string,
    { account, spokeAccount }: SpokeRolesArgs,
    purpose: {
      readonly roleName: string;
      readonly description: string;
      readonly actions: readonly string[];
      readonly policy: pulumi.Output<PolicyDocument>;
    },
  ): pulumi.Output<string> {
    const mine = { parent: this };
    const role = new aws.iam.Role(
      name,
      {
        name: purpose.roleName,
        description: purpose.description,
        assumeRolePolicy: JSON.stringify(accountTrust(spokeAccount, purpose.actions)),
      },
      mine,
    );
    const policy = new aws.iam.RolePolicy(
      name,
      { role: role.name, policy: purpose.policy.apply((document) => JSON.stringify(document)) },
      mine,
    );
    // The ARN is known once the role has its policy, because a spoke may use the role as soon as it knows the ARN.
    return pulumi.all([role.name, policy.id]).apply(([roleName]) => `arn:aws:iam::${account}:role/${roleName}`);
  }
}

/** Trusts one account, whose own IAM policies decide which of its principals may assume the role. */
function accountTrust(account: string, actions: readonly string[]): PolicyDocument {
  return policyDocument({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: actions,
  });
}

/** Authorizes VPCs of a Region for hosted zones, and removes authorizations. It reads and changes no record. */
function authorizePolicy(zoneArns: readonly string[], region: string): PolicyDocument {
  return policyDocument({
    Sid: "AuthorizeVpcs",
    Effect: "Allow",
    Action: [
      "route53:CreateVPCAssociationAuthorization",
      "route53:DeleteVPCAssociationAuthorization",
      "route53:ListVPCAssociationAuthorizations",
    ],
    Resource: zoneArns,
    // A list request has no VPC in it, and passes (Amazon Route 53 Developer Guide, "Using IAM policy conditions for
    // fine-grained access control"). No condition key names the account that owns a VPC.
    Condition: { "ForAllValues:StringLike": { "route53:VPCs": `VPCId=*,VPCRegion=${region}` } },
  });
}

/** Reads which VPCs are authorized for hosted zones, for a preview or a refresh. */
function readAuthorizationsPolicy(zoneArns: readonly string[]): PolicyDocument {
  return policyDocument({
    Sid: "ReadAuthorizations",
    Effect: "Allow",
    Action: "route53:ListVPCAssociationAuthorizations",
    Resource: zoneArns,
  });
}

/** Writes records in one hosted zone: the calls of external-dns (its documentation, "AWS", IAM policy). */
function writeRecordsPolicy(zoneArn: string): PolicyDocument {
  return policyDocument(
    {
      Sid: "WriteRecords",
      Effect: "Allow",
      Action: ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"],
      Resource: zoneArn,
    },
    {
      Sid: "FindZone",
      Effect: "Allow",
      Action: "route53:ListHostedZones",
      // The action has no resource (Service Authorization Reference, Amazon Route 53). It shows names and ids of zones.
      Resource: "*",
    },
  );
}
