import {
  access,
  all,
  assigned,
  counter,
  derived,
  described,
  document,
  elsewhere,
  encryption,
  lifecycle,
  table,
  type LiveTable,
} from "./rule";

/** Roles and keys. Sources of the defaults: AWS IAM and AWS KMS API References. */
export const IAM_KMS_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:iam/role:Role": table({
    ...all.fixed("name namePrefix"),
    permissionsBoundary: access(),
    forceDetachPolicies: lifecycle(),
    uniqueId: assigned,
    createDate: counter,
    description: described,
    assumeRolePolicy: document("access"),
    inlinePolicies: elsewhere("access"),
    managedPolicyArns: elsewhere("access"),
    maxSessionDuration: access(3600),
    path: access("/"),
  }),
  "aws:iam/rolePolicy:RolePolicy": table({
    ...all.fixed("name namePrefix"),
    role: access(),
    policy: document("access"),
  }),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": table(all.access("policyArn role")),
  "aws:iam/instanceProfile:InstanceProfile": table({
    ...all.fixed("name namePrefix"),
    role: access(),
    uniqueId: assigned,
    createDate: counter,
    path: access("/"),
  }),
  "aws:kms/key:Key": table({
    ...all.encryption("customKeyStoreId enableKeyRotation multiRegion xksKeyId"),
    bypassPolicyLockoutSafetyCheck: access(),
    deletionWindowInDays: lifecycle(),
    keyId: assigned,
    description: described,
    customerMasterKeySpec: encryption("SYMMETRIC_DEFAULT"),
    isEnabled: encryption(true),
    keyUsage: encryption("ENCRYPT_DECRYPT"),
    policy: document("access", isDefaultKeyPolicy),
    rotationPeriodInDays: encryption(365),
  }),
  "aws:kms/alias:Alias": table({
    ...all.fixed("name namePrefix"),
    targetKeyId: encryption(),
    targetKeyArn: derived,
  }),
};

/** Whether it gives access only through IAM policies of the account (AWS KMS Developer Guide, "Default key policy"). */
function isDefaultKeyPolicy(policy: unknown): boolean {
  return (
    typeof policy === "string" &&
    /^\{"Id":"key-[\w-]+","Statement":\[\{"Action":"kms:\*","Effect":"Allow","Principal":\{"AWS":"arn:aws[\w-]*:iam::\d{12}:root"\},"Resource":"\*","Sid":"[\w ]+"\}\],"Version":"2012-10-17"\}$/.test(
      sortedJson(policy),
    )
  );
}

/** The document as text, with the keys of every object sorted. */
function sortedJson(text: string): string {
  const sorted = (_key: string, value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.stringify(JSON.parse(text), sorted);
}
