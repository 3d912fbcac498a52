import {
  type Except,
  type IamCondition,
  type IamDocument,
  type IamStatement,
  isAbout,
  type Principal,
} from "./document";
import {
  hasWildcard,
  like,
  likeWithVariables,
  type Operator,
  operatorOf,
  resolved,
  type ResolveVariable,
  SYMBOL,
} from "./matching";

/** A request to evaluate. */
export interface IamRequest {
  /** The caller: an ARN or a service name. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request. @default none */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export type IamVerdict = "allowed" | "denied" | "not allowed";

/**
 * The verdict of one policy on a request (IAM User Guide, "Policy evaluation logic"): a Deny wins, then an Allow;
 * otherwise the request is not allowed. Signatures and other policies are not considered.
 */
export function evaluate({ version, statements }: IamDocument, request: IamRequest): IamVerdict {
  const context = new Map(
    Object.entries(request.context ?? {}).map(([key, value]) => [key.toLowerCase(), listed(value)]),
  );
  const matching = statements.filter((statement) => matches(statement, request, version, context));
  if (matching.some(({ effect }) => effect === "Deny")) return "denied";
  return matching.some(({ effect }) => effect === "Allow") ? "allowed" : "not allowed";
}

/** Values by key, in lower case. */
type Context = ReadonlyMap<string, readonly string[]>;

function matches(
  { principals, actions, resources, conditions }: IamStatement,
  { principal, action, resource }: IamRequest,
  version: IamDocument["version"],
  context: Context,
): boolean {
  const resolve: ResolveVariable = (variable) => context.get(variable.toLowerCase())?.[0];
  const fits = (pattern: string): boolean =>
    version === "2012-10-17" ? likeWithVariables(pattern, resource, resolve) : like(pattern, resource);
  return (
    isIn(principals, (each) => isCaller(each, principal)) &&
    isIn(actions, (pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
    isIn(resources, fits) &&
    conditions.every((condition) => holds(condition, context, version))
  );
}

function isIn<T>(element: Except<T> | undefined, test: (each: T) => boolean): boolean {
  return element === undefined || element.list.some(test) !== element.isExcept;
}

/** An account as a principal stands for every identity that the account itself allows (same guide, "Principal"). */
function isCaller({ kind, value }: Principal, who: string): boolean {
  if (kind === "Everybody") return true;
  if (kind !== "AWS" || value === who) return value === who;
  const account = accountOfPrincipal(value);
  return account !== undefined && account === /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(who)?.[1];
}

/** The account, if a principal is a whole account: its id, or the ARN of its root. */
function accountOfPrincipal(value: string): string | undefined {
  return /^(\d{12})$/.exec(value)?.[1] ?? /^arn:[^:]*:iam::(\d{12}):root$/.exec(value)?.[1];
}

/** Whether one condition matches (same guide, "Condition operators" and "Set operators for multivalued context keys"). */
function holds(condition: IamCondition, context: Context, version: IamDocument["version"]): boolean {
  const operator = operatorOf(condition.operator);
  // Documents with an unknown operator are rejected when they are read.
  if (operator === undefined) return false;
  const actual = context.get(condition.key.toLowerCase()) ?? [];
  if (operator.name === "Null") {
    return condition.values.some((value) => operator.compare(value, String(actual.length === 0)));
  }
  if (actual.length === 0) return holdsWithoutKey(operator);
  const fits = (value: string): boolean => {
    const isEqual = condition.values.some((expected) => compares(operator, expected, value, context, version));
    return operator.isNegated === true ? !isEqual : isEqual;
  };
  // Without a quantifier, one matching value is enough, except for negated operators.
  const needsAll = operator.quantifier === "ForAllValues" || (operator.quantifier === undefined && operator.isNegated);
  return needsAll === true ? actual.every(fits) : actual.some(fits);
}

function holdsWithoutKey({ quantifier, isIfExists, isNegated }: Operator): boolean {
  if (quantifier === "ForAllValues" || isIfExists) return true;
  return quantifier === undefined && isNegated === true;
}

function compares(
  { compare, hasWildcards }: Operator,
  expected: string,
  actual: string,
  context: Context,
  version: IamDocument["version"],
): boolean {
  if (version === "2008-10-17" || !expected.includes("${")) return compare(expected, actual);
  const resolve: ResolveVariable = (variable) => context.get(variable.toLowerCase())?.[0];
  if (hasWildcards === true) return likeWithVariables(expected, actual, resolve);
  const text = resolved(expected, resolve);
  return text !== undefined && compare(text, actual);
}

function listed(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

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

/** Dangerous actions that an action pattern matches: `iam:PassRole` for `iam:P*`. */
export function dangerousActions(pattern: string): readonly string[] {
  return Object.entries(DANGEROUS).flatMap(([service, names]) =>
    names.map((name) => `${service}:${name}`).filter((action) => like(pattern.toLowerCase(), action.toLowerCase())),
  );
}

/** Condition keys that restrict a statement, as written. */
export function restrictingKeys(statement: Pick<IamStatement, "conditions">): readonly string[] {
  return statement.conditions.filter((each) => restricts(each, statement)).map(({ key }) => key);
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

/**
 * Actions that allow privilege escalation or grant access to others, by service (AWS Security Blog and
 * IAM User Guide, "Privilege escalation" in Access Analyzer's checks; Service Authorization Reference, access level
 * "Permissions management").
 */
const DANGEROUS: Readonly<Record<string, readonly string[]>> = {
  iam: [
    ...["PassRole", "CreateRole", "UpdateAssumeRolePolicy", "CreateServiceLinkedRole"],
    ...["AttachRolePolicy", "AttachUserPolicy", "AttachGroupPolicy"],
    ...["PutRolePolicy", "PutUserPolicy", "PutGroupPolicy"],
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
