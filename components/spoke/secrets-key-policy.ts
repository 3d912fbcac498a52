import { policyDocument, type PolicyDocument } from "../policy-document";

/** What the AWS provider and EKS call to make, change, read and remove the key, its alias and its grant. Not its use. */
export const MANAGE_KEY = [
  "kms:CreateAlias",
  "kms:CreateGrant",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKeyRotation",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
] as const;

/**
 * Policy of the key of a cluster's secrets. The IAM policies of the account decide, as AWS's default key policy has it,
 * and the stack's deployment role manages the key: by this policy, so that the role needs no right on keys by tag, which
 * takes up to five minutes to count (AWS KMS Developer Guide, "ABAC for AWS KMS") and can be put on a stranger's key.
 *
 * @param account 12 digits, of the spoke
 * @param deploymentRoleArn role that deploys the spoke's stack
 */
export function secretsKeyPolicy(account: string, deploymentRoleArn: string): PolicyDocument {
  return policyDocument(
    {
      Sid: "AccountDecides",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      // In a key policy: this key.
      Resource: "*",
    },
    {
      Sid: "DeploymentsManage",
      Effect: "Allow",
      // By condition: KMS refuses a principal that does not exist, and a network that is deployed by hand has no such
      // role. The account as the principal would leave the decision to IAM policies again.
      Principal: { AWS: "*" },
      Action: MANAGE_KEY,
      Resource: "*",
      Condition: {
        StringEquals: { "aws:PrincipalAccount": account },
        ArnEquals: { "aws:PrincipalArn": deploymentRoleArn },
      },
    },
  );
}
