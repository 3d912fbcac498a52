import type { Side } from "../../components/members";
import { isAbout, type Condition } from "../../model/iam/document";

/** A condition key that names whose account a side is of. */
export interface IdentityKey {
  readonly name: string;
  readonly side: Side;
  readonly names: "account" | "organization" | "path" | "arn";
}

/**
 * Keys by which a policy tells accounts apart (IAM User Guide, "AWS global condition context keys"; Service Authorization
 * Reference). `aws:SourceOwner` is what the default policies of SNS topics have, and EKS Pod Identity gives the cluster as
 * a session tag (Amazon EKS User Guide, "Grant Pods access to AWS resources based on tags").
 */
const KEYS: readonly IdentityKey[] = [
  { name: "aws:PrincipalAccount", side: "Principal", names: "account" },
  { name: "aws:PrincipalOrgID", side: "Principal", names: "organization" },
  { name: "aws:PrincipalOrgPaths", side: "Principal", names: "path" },
  { name: "aws:PrincipalArn", side: "Principal", names: "arn" },
  { name: "kms:CallerAccount", side: "Principal", names: "account" },
  { name: "aws:SourceOwner", side: "Principal", names: "account" },
  { name: "aws:SourceAccount", side: "Source", names: "account" },
  { name: "aws:SourceOrgID", side: "Source", names: "organization" },
  { name: "aws:SourceOrgPaths", side: "Source", names: "path" },
  { name: "aws:SourceArn", side: "Source", names: "arn" },
  { name: "aws:RequestTag/eks-cluster-arn", side: "Source", names: "arn" },
  { name: "aws:ResourceAccount", side: "Resource", names: "account" },
  { name: "aws:ResourceOrgID", side: "Resource", names: "organization" },
  { name: "aws:ResourceOrgPaths", side: "Resource", names: "path" },
  { name: "s3:ResourceAccount", side: "Resource", names: "account" },
  { name: "s3:DataAccessPointAccount", side: "Resource", names: "account" },
];

/** The identity key that a condition is about, if it is one. */
export function identityKey(condition: Condition): IdentityKey | undefined {
  return KEYS.find(({ name }) => isAbout(condition, name));
}
