import type { Side } from "../../../components/members";
import { isAbout, type IamCondition } from "../../model/iam/document";

/** A condition key that identifies the account or organization of one side of a request. */
export interface IdentityKey {
  readonly name: string;
  readonly side: Side;
  readonly names: "account" | "organization" | "path" | "arn";
}

/**
 * Condition keys that identify accounts (IAM User Guide, "AWS global condition context keys"; Service Authorization
 * Reference). Default policies of SNS topics use `aws:SourceOwner`; EKS Pod Identity passes the cluster as a session tag
 * (Amazon EKS User Guide, "Grant Pods access to AWS resources based on tags").
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

/** The identity key of a condition, if it has one. */
export function identityKey(condition: IamCondition): IdentityKey | undefined {
  return KEYS.find(({ name }) => isAbout(condition, name));
}
