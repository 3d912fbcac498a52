import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { IAM_PATH } from "../../components/names";
import type { PolicyDocument } from "../../components/policy-document";
import { DEPLOYMENT_SESSION_SECONDS, deploymentNames, PULUMI_ISSUER } from "../identities";
import { boundaryPolicy } from "./boundary";
import {
  type Deployment,
  deploymentPolicies,
  deploymentTrust,
  previewPolicies,
  previewTrust,
} from "./deployment-policy";

export interface AccountArgs {
  readonly deployment: Deployment;
  /** Pulumi organization, in lower case. */
  readonly organization: string;
  /** Whether the account already has the OIDC provider of Pulumi Cloud. */
  readonly issuerExists: boolean;
}

interface RoleArgs {
  readonly name: string;
  readonly description: string;
  readonly trust: PolicyDocument;
  readonly policies: readonly PolicyDocument[];
  readonly sessionSeconds: number;
  readonly after: readonly pulumi.Resource[];
}

/** Shortest session that IAM allows, in seconds. */
const ONE_HOUR = 3600;

/**
 * Prepares an account for Pulumi Deployments of a stack: an OIDC provider, a role for updates, a read-only role, and
 * the permissions boundary of the stack's roles.
 *
 * An administrator creates it, never a deployment: a principal that can change these policies can grant itself
 * anything.
 */
export class Account extends pulumi.ComponentResource {
  readonly deploymentRoleArn: pulumi.Output<string>;
  readonly previewRoleArn: pulumi.Output<string>;

  constructor(name: string, args: AccountArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:bootstrap:Account", name, {}, opts);
    const { deployment, organization, issuerExists } = args;
    const { project, stack, account } = deployment;
    const names = deploymentNames(project, stack);
    const trust = { organization, project, stack, account };

    const issuer = issuerExists
      ? []
      : [
          new aws.iam.OpenIdConnectProvider(
            name,
            { url: `https://${PULUMI_ISSUER}`, clientIdLists: [organization] },
            { parent: this },
          ),
        ];
    // A deployment may exchange its token at the global endpoint of AWS STS, whose session tokens are valid in opt-in
    // Regions only in version 2 (IAM User Guide, "Manage AWS STS in an AWS Region"). This setting is for the whole
    // account, and no role may change it.
    new aws.iam.SecurityTokenServicePreferences(name, { globalEndpointTokenVersion: "v2Token" }, { parent: this });
    const boundary = new aws.iam.Policy(
      `${name}-boundary`,
      {
        name: names.boundary,
        path: IAM_PATH,
        description: `The most that a role may do which the stack ${stack} makes`,
        policy: JSON.stringify(boundaryPolicy(deployment)),
      },
      { parent: this },
    );
    this.deploymentRoleArn = this.role(`${name}-deployment`, {
      name: names.deploymentRole,
      description: `Updates and destroys the stack ${stack}`,
      trust: deploymentTrust(trust),
      policies: deploymentPolicies(deployment),
      sessionSeconds: DEPLOYMENT_SESSION_SECONDS,
      // The boundary of the roles that it creates must exist before it is used.
      after: [...issuer, boundary],
    });
    this.previewRoleArn = this.role(`${name}-preview`, {
      name: names.previewRole,
      description: `Reads the resources of the stack ${stack}, for previews and refreshes`,
      trust: previewTrust(trust),
      policies: previewPolicies(deployment),
      sessionSeconds: ONE_HOUR,
      after: issuer,
    });
    this.registerOutputs({ deploymentRoleArn: this.deploymentRoleArn, previewRoleArn: this.previewRoleArn });
  }

  private role(
    name: string,
    { name: roleName, description, trust, policies, sessionSeconds, after }: RoleArgs,
  ): pulumi.Output<string> {
    const mine = { parent: this };
    const role = new aws.iam.Role(
      name,
      {
        name: roleName,
        path: IAM_PATH,
        description,
        assumeRolePolicy: JSON.stringify(trust),
        maxSessionDuration: sessionSeconds,
      },
      { ...mine, dependsOn: [...after] },
    );
    policies.forEach((document, index) => {
      const number = String(index + 1);
      const policy = new aws.iam.Policy(
        `${name}-${number}`,
        { name: `${roleName}-${number}`, path: IAM_PATH, description, policy: JSON.stringify(document) },
        mine,
      );
      new aws.iam.RolePolicyAttachment(`${name}-${number}`, { role: role.name, policyArn: policy.arn }, mine);
    });
    return role.arn;
  }
}
