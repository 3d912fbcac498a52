import type { types } from "@pulumi/eks";

/** Everything in the cluster (Amazon EKS User Guide, "Review access policy permissions"). */
export const ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/**
 * Access entries of the administrators, by a key that names the role and nothing else does: its account and its name
 * with the path. The key is in the names of resources, so who joins or leaves moves nobody else.
 *
 * @param admins ARNs of IAM roles
 */
export function adminAccessEntries(admins: readonly string[]): Record<string, types.input.AccessEntryArgs> {
  return Object.fromEntries(
    admins.map((principalArn) => [
      accessKey(principalArn),
      { principalArn, accessPolicies: { admin: { policyArn: ADMIN_POLICY, accessScope: { type: "cluster" } } } },
    ]),
  );
}

/** `ACCOUNT/PATH/NAME` of a role's ARN. */
export function accessKey(roleArn: string): string {
  const [, , , , account = "", ...resource] = roleArn.split(":");
  return `${account}/${resource.join(":").replace(/^role\//, "")}`;
}
