/**
 * Names of what `delivery/bootstrap/` prepares an account with, which the network's own policies refer to: the key of a cluster's
 * secrets names the role that deploys it.
 */

/**
 * IAM path of what an account is prepared with. The network's roles have no path, so no pattern that a deployment may
 * change, such as `role/dev-*`, matches one of these, whatever a network is called.
 */
export const IAM_PATH = "/pulumi-deployments/";

/** ARN of a role below {@link IAM_PATH}. */
export function roleArn(account: string, role: string): string {
  return `arn:aws:iam::${account}:role${IAM_PATH}${role}`;
}
