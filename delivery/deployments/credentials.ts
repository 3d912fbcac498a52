import { CHANGING } from "../bootstrap/identities";
import { during } from "./operations";

export interface DeploymentRole {
  readonly account: string;
  /** Name, which is in the ARN of every session of it. */
  readonly roleName: string;
  readonly roleArn: string;
  readonly region: string;
  readonly sessionSeconds: number;
}

/** File whose `NAME=VALUE` lines are variables of what comes after (Pulumi Docs, "Environment Variables", PULUMI_ENV). */
export const ENVIRONMENT_FILE = "/PULUMI_ENV";

/**
 * Shell lines that take the deployment role in an operation that changes something, and do nothing in any other.
 *
 * The settings of a stack name one role for all its operations, so that role only reads. AWS decides who gets more, and
 * not these lines: the deployment role trusts tokens of updates and destroys alone, and a preview, which runs the code
 * of a pull request, has neither.
 *
 * @param file where the credentials go; another one in tests
 */
export function credentialCommands(role: DeploymentRole, file: string = ENVIRONMENT_FILE): string[] {
  return [takeRole(role, file), refuseOthers(role)].map((command) => during(CHANGING, command));
}

/** By the deployment's own token (Pulumi Docs, "OIDC Setup for Pulumi Deployments", AWS: PULUMI_OIDC_TOKEN). */
function takeRole({ roleArn, region, sessionSeconds }: DeploymentRole, file: string): string {
  const take = [
    `aws sts assume-role-with-web-identity --region ${region} --role-arn ${roleArn}`,
    '--role-session-name "$PULUMI_CI_STACK-$PULUMI_CI_OPERATION-$PULUMI_CI_BUILD_NUMBER"',
    `--duration-seconds ${String(sessionSeconds)} --web-identity-token "$PULUMI_OIDC_TOKEN"`,
    "--query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text",
  ].join(" ");
  const names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
  const write = `printf '${names.map((name) => `${name}=%s\\n`).join("")}' $credentials >> ${file}`;
  // Two steps: a pipe would hide that the role was refused, and the operation would go on without it.
  return `credentials=$(${take}) && ${write}`;
}

/**
 * Each line runs in a shell of its own, and sees what the operation will see. That the file wins over the credentials
 * that were there before is not documented: an update as the preview role ends here, in words.
 */
function refuseOthers({ account, roleName, region }: DeploymentRole): string {
  const session = `arn:aws:sts::${account}:assumed-role/${roleName}/`;
  const ask = `aws sts get-caller-identity --region ${region} --query Arn --output text`;
  const say = `echo "This $PULUMI_CI_OPERATION does not have the credentials of the role ${roleName}." >&2`;
  return `${ask} | grep -q "^${session}" || { ${say}; exit 1; }`;
}
