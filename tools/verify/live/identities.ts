import {
  access,
  assigned,
  counter,
  derived,
  document,
  elsewhere,
  encryption,
  fixed,
  handling,
  running,
  spoken,
  table,
} from "./rule";
import type { LiveTable } from "./rule";

/** IAM, KMS and ECR. Defaults: AWS IAM, AWS KMS and Amazon ECR API References. */
export const IDENTITY_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:iam/role:Role": table({
    assumeRolePolicy: document("access"),
    createDate: counter,
    description: spoken,
    forceDetachPolicies: handling(),
    inlinePolicies: elsewhere("access"),
    managedPolicyArns: elsewhere("access"),
    maxSessionDuration: access(3600),
    name: fixed,
    namePrefix: fixed,
    path: access("/"),
    permissionsBoundary: access(),
    uniqueId: assigned,
  }),
  "aws:iam/rolePolicy:RolePolicy": table({
    name: fixed,
    namePrefix: fixed,
    policy: document("access"),
    role: access(),
  }),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": table({ policyArn: access(), role: access() }),
  "aws:iam/instanceProfile:InstanceProfile": table({
    createDate: counter,
    name: fixed,
    namePrefix: fixed,
    path: access("/"),
    role: access(),
    uniqueId: assigned,
  }),
  "aws:kms/key:Key": table({
    bypassPolicyLockoutSafetyCheck: access(),
    customKeyStoreId: encryption(),
    customerMasterKeySpec: encryption("SYMMETRIC_DEFAULT"),
    deletionWindowInDays: handling(),
    description: spoken,
    enableKeyRotation: encryption(),
    isEnabled: encryption(true),
    keyId: assigned,
    keyUsage: encryption("ENCRYPT_DECRYPT"),
    multiRegion: encryption(),
    policy: document("access", isDefaultKeyPolicy),
    rotationPeriodInDays: encryption(365),
    xksKeyId: encryption(),
  }),
  "aws:kms/alias:Alias": table({
    name: fixed,
    namePrefix: fixed,
    targetKeyArn: derived,
    targetKeyId: encryption(),
  }),
  "aws:ecr/repository:Repository": table({
    encryptionConfigurations: encryption(),
    forceDelete: handling(),
    imageScanningConfiguration: running(),
    imageTagMutability: access("MUTABLE"),
    imageTagMutabilityExclusionFilters: access(),
    name: fixed,
    registryId: assigned,
    repositoryUrl: assigned,
  }),
  "aws:ecr/repositoryPolicy:RepositoryPolicy": table({
    policy: document("access"),
    registryId: assigned,
    repository: access(),
  }),
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": table({
    policy: document("other"),
    registryId: assigned,
    repository: running(),
  }),
  "aws:ecr/registryPolicy:RegistryPolicy": table({ policy: document("access"), registryId: assigned }),
  "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": table({
    credentialArn: access(),
    customRoleArn: access(),
    ecrRepositoryPrefix: fixed,
    registryId: assigned,
    upstreamRegistryUrl: access(),
    upstreamRepositoryPrefix: access("ROOT"),
  }),
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": table({
    appliedFors: access(),
    customRoleArn: access(),
    description: spoken,
    encryptionConfigurations: encryption(),
    imageTagMutability: access("MUTABLE"),
    imageTagMutabilityExclusionFilters: access(),
    lifecyclePolicy: document("other"),
    prefix: fixed,
    registryId: assigned,
    repositoryPolicy: document("access"),
    resourceTags: running(),
  }),
};

/** The account's own identities by their policies (AWS KMS Developer Guide, "Default key policy"). */
function isDefaultKeyPolicy(policy: unknown): boolean {
  return (
    typeof policy === "string" &&
    /^\{"Id":"key-[\w-]+","Statement":\[\{"Action":"kms:\*","Effect":"Allow","Principal":\{"AWS":"arn:aws[\w-]*:iam::\d{12}:root"\},"Resource":"\*","Sid":"[\w ]+"\}\],"Version":"2012-10-17"\}$/.test(
      sortedJson(policy),
    )
  );
}

/** The document with the keys of every object in order, so that one text stands for it. */
function sortedJson(text: string): string {
  const sorted = (_key: string, value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.stringify(JSON.parse(text), sorted);
}
