import { isAbout, type IamCondition, type IamStatement } from "./document";
import { hasWildcard, like, operatorOf, SYMBOL } from "./matching";

/** Only wildcards and separators. */
const ANYTHING = /^[*?:/]*$/;

/**
 * Whether a resource pattern is as wide as `*`: it matches any service, everything in a service (`arn:aws:s3:::*`), or a
 * whole resource type in every account (`arn:aws:iam::*:role/*`). A subset of a type, or a type in one account, such as
 * `arn:aws:ec2:REGION:ACCOUNT:instance/*`, does not count.
 */
export function isEveryResource(pattern: string): boolean {
  // In a plan, the placeholder of an ARN is a name.
  if (!hasWildcard(pattern) || SYMBOL.test(pattern)) return false;
  if (ANYTHING.test(pattern)) return true;
  const [, , service = "", , account = "", ...rest] = pattern.split(":");
  // A wildcard in an ARN with fewer than six parts also matches the missing parts.
  if (rest.length === 0 || hasWildcard(service)) return true;
  const resource = rest.join(":");
  if (ANYTHING.test(resource)) return hasWildcard(resource);
  return hasWildcard(account) && /^[^*?:/]*[:/][*?:/]*\*[*?:/]*$/.test(resource);
}

/**
 * Actions that allow privilege escalation or grant access to others, by service (AWS Security Blog and
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

/** Dangerous actions that an action pattern matches: `iam:PassRole` for `iam:P*`. */
export function dangerousActions(pattern: string): readonly string[] {
  return Object.entries(DANGEROUS).flatMap(([service, names]) =>
    names.map((name) => `${service}:${name}`).filter((action) => like(pattern.toLowerCase(), action.toLowerCase())),
  );
}

/**
 * Whether a condition excludes everyone whom it does not name: the request must have a value, and not every value matches.
 * `StringNotEquals` excludes only those it names; `...IfExists` and `ForAllValues` match if the request lacks the key,
 * unless another condition requires the key (IAM User Guide, "IAM JSON policy elements: Condition operators",
 * "Set operators for multivalued context keys").
 */
export function restricts(condition: IamCondition, { conditions }: Pick<IamStatement, "conditions">): boolean {
  const operator = operatorOf(condition.operator);
  if (operator === undefined || operator.isNegated === true || operator.name === "Null") return false;
  if (operator.hasWildcards === true && condition.values.some(isEveryValue)) return false;
  const holdsWithoutKey = operator.isIfExists || operator.quantifier === "ForAllValues";
  return !holdsWithoutKey || conditions.some((other) => needsKey(other, condition.key));
}

/** Whether a condition fails if the request lacks the key. */
function needsKey(condition: IamCondition, key: string): boolean {
  const operator = operatorOf(condition.operator);
  if (operator === undefined || !isAbout(condition, key)) return false;
  if (operator.name === "Null") return condition.values.every((value) => value.toLowerCase() === "false");
  return operator.isNegated !== true && !operator.isIfExists && operator.quantifier !== "ForAllValues";
}

/** Whether a pattern matches every value of its form: `*`, `?*`, or an ARN of only these. */
function isEveryValue(pattern: string): boolean {
  return /\*/.test(pattern) && /^(?:arn(?=:))?[*?:/]*$/.test(pattern);
}

/** Condition keys that restrict a statement, as written. */
export function restrictingKeys(statement: Pick<IamStatement, "conditions">): readonly string[] {
  return statement.conditions.filter((each) => restricts(each, statement)).map(({ key }) => key);
}
