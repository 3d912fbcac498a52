import { hasWildcard, like, SYMBOL } from "./pattern";

/** Nothing but wildcards and what parts the rest. */
const ANYTHING = /^[*?:/]*$/;

/**
 * Whether the pattern of a resource is as good as `*`: it leaves the service, or everything of a service, open, as
 * `arn:aws:s3:::*` does; or a whole type in every account, as `arn:aws:iam::*:role/*`. A part of a type, or a type in
 * one account, such as `arn:aws:ec2:REGION:ACCOUNT:instance/*`, is a name for a set.
 */
export function isEveryResource(pattern: string): boolean {
  // In a plan, an ARN that AWS gives out is a name.
  if (!hasWildcard(pattern) || SYMBOL.test(pattern)) return false;
  if (ANYTHING.test(pattern)) return true;
  const [, , service = "", , account = "", ...rest] = pattern.split(":");
  // A wildcard that ends before the sixth part reaches over what is left.
  if (rest.length === 0 || hasWildcard(service)) return true;
  const resource = rest.join(":");
  if (ANYTHING.test(resource)) return hasWildcard(resource);
  return hasWildcard(account) && /^[^*?:/]*[:/][*?:/]*\*[*?:/]*$/.test(resource);
}

/**
 * Actions by which whoever has them takes more rights than he has, or lets others in, by service (AWS Security Blog and
 * IAM User Guide, "Privilege escalation" in Access Analyzer's checks; Service Authorization Reference, access level
 * "Permissions management").
 */
const DANGEROUS: Readonly<Record<string, readonly string[]>> = {
  iam: [
    ...["PassRole", "CreateRole", "UpdateAssumeRolePolicy", "CreateServiceLinkedRole"],
    ...[
      "AttachRolePolicy",
      "AttachUserPolicy",
      "AttachGroupPolicy",
      "PutRolePolicy",
      "PutUserPolicy",
      "PutGroupPolicy",
    ],
    ...["CreatePolicy", "CreatePolicyVersion", "SetDefaultPolicyVersion", "AddUserToGroup", "AddRoleToInstanceProfile"],
    ...["CreateUser", "CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile", "DeactivateMFADevice"],
    ...["DeleteRolePermissionsBoundary", "PutRolePermissionsBoundary", "DeleteUserPermissionsBoundary"],
    ...["PutUserPermissionsBoundary", "CreateOpenIDConnectProvider", "UpdateOpenIDConnectProviderThumbprint"],
    ...["AddClientIDToOpenIDConnectProvider", "CreateSAMLProvider", "UpdateSAMLProvider"],
  ],
  sts: ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot", "GetFederationToken"],
  organizations: [
    "LeaveOrganization",
    "DetachPolicy",
    "DisablePolicyType",
    "MoveAccount",
    "InviteAccountToOrganization",
  ],
  kms: ["CreateGrant", "PutKeyPolicy", "ScheduleKeyDeletion", "DisableKey", "ReplicateKey"],
  s3: [
    ...["PutBucketPolicy", "DeleteBucketPolicy", "PutBucketAcl", "PutObjectAcl", "PutBucketPublicAccessBlock"],
    ...["PutAccountPublicAccessBlock", "PutReplicationConfiguration", "PutBucketOwnershipControls"],
    ...["BypassGovernanceRetention", "PutAccessPointPolicy", "PutBucketObjectLockConfiguration"],
  ],
  sns: ["AddPermission", "SetTopicAttributes"],
  sqs: ["AddPermission", "SetQueueAttributes"],
  ecr: ["SetRepositoryPolicy", "PutRegistryPolicy", "PutReplicationConfiguration", "DeleteRepositoryPolicy"],
  eks: ["CreateAccessEntry", "UpdateAccessEntry", "AssociateAccessPolicy", "CreatePodIdentityAssociation"],
  lambda: ["AddPermission", "CreateFunction", "UpdateFunctionCode", "UpdateFunctionConfiguration", "InvokeFunction"],
  ram: ["CreateResourceShare", "AssociateResourceShare", "UpdateResourceShare"],
  secretsmanager: ["PutResourcePolicy", "GetSecretValue"],
  ssm: ["SendCommand", "StartSession", "PutParameter", "ModifyDocumentPermission", "StartAutomationExecution"],
  ec2: [
    ...["ModifyInstanceAttribute", "ReplaceIamInstanceProfileAssociation", "AssociateIamInstanceProfile"],
    ...["ModifyImageAttribute", "ModifySnapshotAttribute", "ModifyVpcEndpointServicePermissions", "DeleteFlowLogs"],
  ],
  cloudformation: ["CreateStack", "UpdateStack", "SetStackPolicy", "CreateChangeSet"],
  cloudtrail: ["StopLogging", "DeleteTrail", "PutEventSelectors", "UpdateTrail"],
  logs: ["PutResourcePolicy", "PutSubscriptionFilter"],
  events: ["PutPermission"],
  glue: ["PutResourcePolicy", "UpdateDevEndpoint"],
  route53: ["ChangeResourceRecordSets", "AssociateVPCWithHostedZone", "CreateVPCAssociationAuthorization"],
};

/** Dangerous actions that a pattern of actions takes in: `iam:PassRole` of `iam:P*`. */
export function dangerousActions(pattern: string): readonly string[] {
  return Object.entries(DANGEROUS).flatMap(([service, names]) =>
    names.map((name) => `${service}:${name}`).filter((action) => like(pattern.toLowerCase(), action.toLowerCase())),
  );
}
