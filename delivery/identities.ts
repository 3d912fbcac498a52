/**
 * Names of the roles and policies with which Pulumi Deployments deploy a stack, for the program that creates the roles
 * (`delivery/bootstrap/`) and the one whose settings refer to them (`delivery/deployments/`).
 */
import { deploymentRoleName, IAM_PATH, MAX_ROLE_NAME } from "../components/names";
import { SetupError } from "./account-map";

/** Issuer of the tokens of Pulumi Deployments, without its scheme, as in IAM ARNs and conditions. */
export const PULUMI_ISSUER = "api.pulumi.com/oidc";

/** Duration of a session of the deployment role, in seconds. A first update with a cluster takes about one hour. */
export const DEPLOYMENT_SESSION_SECONDS = 7200;

/** Operations of Pulumi Deployments (Pulumi Docs, "OIDC Setup for Pulumi Deployments", custom claims). */
export type Operation = "preview" | "update" | "refresh" | "destroy";

/** Operations that change resources in AWS. A refresh and drift detection only read. */
export const CHANGING: readonly Operation[] = ["update", "destroy"];

/** Names of the roles and the policy of one stack in its account. */
export interface DeploymentNames {
  /** Role of {@link CHANGING} operations. */
  readonly deploymentRole: string;
  /** Role of all operations; read-only. */
  readonly previewRole: string;
  /** Permissions boundary of the roles that the stack creates. */
  readonly boundary: string;
}

/** @throws SetupError when the project's name is too long for a role of this stack */
export function deploymentNames(project: string, stack: string): DeploymentNames {
  const deploymentRole = deploymentRoleName(project, stack);
  if (deploymentRole.length > MAX_ROLE_NAME) {
    const most = String(project.length - (deploymentRole.length - MAX_ROLE_NAME));
    throw new SetupError(
      `name in Pulumi.yaml is "${project}": IAM takes ${String(MAX_ROLE_NAME)} characters for the role ${deploymentRole}; ` +
        `choose a name of at most ${most}`,
    );
  }
  return { deploymentRole, previewRole: `${project}-${stack}-preview`, boundary: `${project}-${stack}-boundary` };
}

export function policyArn(account: string, policy: string): string {
  return `arn:aws:iam::${account}:policy${IAM_PATH}${policy}`;
}

export function issuerArn(account: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${PULUMI_ISSUER}`;
}

/** A stack as Pulumi Cloud names it. */
export interface FullStack {
  /** Pulumi organization, in lower case: AWS compares it case-sensitively. */
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
}

/** Subject of a deployment's token, for one operation or with `*` for all. */
export function subject({ organization, project, stack }: FullStack, operation: Operation | "*"): string {
  return `pulumi:deploy:org:${organization}:project:${project}:stack:${stack}:operation:${operation}:scope:write`;
}
