/**
 * Who deploys: the names that the accounts, their roles and Pulumi's deployments know each other by. Shared by the
 * program that makes the roles (`bootstrap/`) and the one that has them taken (`deploy/`).
 */
import { deploymentRoleName, IAM_PATH, PROJECT } from "../components/deployment-identities";

export { IAM_PATH, PROJECT, roleArn } from "../components/deployment-identities";

/** Issuer of the tokens of Pulumi Deployments, without its scheme, as IAM names it in ARNs and conditions. */
export const PULUMI_ISSUER = "api.pulumi.com/oidc";

/** How long a session of the deployment role lasts, in seconds: a first update with a cluster takes about one hour. */
export const DEPLOYMENT_SESSION_SECONDS = 7200;

/** What Pulumi Deployments run (Pulumi Docs, "OIDC Setup for Pulumi Deployments", custom claims). */
export type Operation = "preview" | "update" | "refresh" | "destroy";

/** Operations that change something in AWS. A refresh, and a search for drift, only read. */
export const CHANGING: readonly Operation[] = ["update", "destroy"];

/** Names of one stack's own pieces in its account. */
export interface DeploymentNames {
  /** Role of {@link CHANGING} operations. */
  readonly deploymentRole: string;
  /** Role of all operations: it reads. */
  readonly previewRole: string;
  /** Policy that bounds the roles which the stack makes. */
  readonly boundary: string;
}

export function deploymentNames(stack: string): DeploymentNames {
  return {
    deploymentRole: deploymentRoleName(stack),
    previewRole: `${PROJECT}-${stack}-preview`,
    boundary: `${PROJECT}-${stack}-boundary`,
  };
}

export function policyArn(account: string, policy: string): string {
  return `arn:aws:iam::${account}:policy${IAM_PATH}${policy}`;
}

export function issuerArn(account: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${PULUMI_ISSUER}`;
}

/** Subject of a deployment's token. `*` stands for every operation. */
export function subject(organization: string, stack: string, operation: Operation | "*"): string {
  return `pulumi:deploy:org:${organization}:project:${PROJECT}:stack:${stack}:operation:${operation}:scope:write`;
}
