import { isProperties, type Properties } from "../../model/resource";
import {
  access,
  all,
  assigned,
  chosen,
  described,
  document,
  elsewhere,
  encryption,
  fixed,
  lifecycle,
  logs,
  performance,
  reach,
  liveTable,
  within,
  type LiveTable,
} from "./rule";

/**
 * The log archive in S3 with Glue and Athena, which read it, and image repositories in ECR.
 *
 * Sources of the defaults: Amazon S3, AWS Glue, Amazon Athena and Amazon ECR API References.
 */
export const STORAGE_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:s3/bucket:Bucket": liveTable({
    ...all.access("corsRules replicationConfiguration website websiteDomain websiteEndpoint"),
    ...all.assigned("bucketDomainName bucketRegionalDomainName hostedZoneId"),
    ...all.fixed("bucket bucketNamespace bucketPrefix bucketRegion"),
    logging: logs(),
    forceDestroy: lifecycle(),
    accelerationStatus: reach("Suspended"),
    acl: access("private"),
    grants: { ...access(), isDefault: isOwnersAlone },
    lifecycleRules: elsewhere("logs"),
    objectLockConfiguration: elsewhere("logs"),
    objectLockEnabled: elsewhere("logs"),
    policy: elsewhere("access"),
    requestPayer: access("BucketOwner"),
    serverSideEncryptionConfiguration: elsewhere("encryption"),
    versioning: elsewhere("logs"),
  }),
  "aws:s3/bucketPolicy:BucketPolicy": liveTable({ bucket: access(), policy: document("access") }),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": liveTable({
    ...all.access("blockPublicAcls blockPublicPolicy bucket ignorePublicAcls restrictPublicBuckets"),
    skipDestroy: lifecycle(),
  }),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": liveTable(all.access("bucket rule")),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": liveTable({
    bucket: encryption(),
    expectedBucketOwner: lifecycle(),
    // S3 blocks customer-provided keys in new buckets (documentation of the provider, `blockedEncryptionTypes`).
    rules: within(encryption(), { blockedEncryptionTypes: encryption(["SSE-C"], ["NONE"]) }),
  }),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": liveTable({
    bucket: logs(),
    expectedBucketOwner: lifecycle(),
    rules: within(logs(), { id: chosen }),
    transitionDefaultMinimumObjectSize: lifecycle("all_storage_classes_128K"),
  }),
  "aws:s3/bucketVersioning:BucketVersioning": liveTable({
    ...all.lifecycle("expectedBucketOwner mfa"),
    bucket: logs(),
    versioningConfiguration: within(logs(), { mfaDelete: logs("Disabled") }),
  }),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": liveTable({
    ...all.logs("bucket rule"),
    ...all.lifecycle("expectedBucketOwner token"),
    objectLockEnabled: logs("Enabled"),
  }),
  "aws:glue/catalogDatabase:CatalogDatabase": liveTable({
    ...all.access("federatedDatabase locationUri targetDatabase"),
    parameters: performance(),
    catalogId: assigned,
    name: fixed,
    description: described,
    // IAM policies decide (AWS Lake Formation Developer Guide, "Changing the default settings for your data lake").
    createTableDefaultPermissions: access([
      { permissions: ["ALL"], principal: { dataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" } },
    ]),
  }),
  "aws:glue/catalogTable:CatalogTable": liveTable({
    ...all.access("openTableFormatInput targetTable viewDefinition viewExpandedText viewOriginalText"),
    ...all.logs("parameters partitionKeys tableType"),
    ...all.performance("owner partitionIndices retention"),
    ...all.fixed("databaseName name"),
    catalogId: assigned,
    description: described,
    storageDescriptor: within(access(), { numberOfBuckets: performance(-1, 0) }),
  }),
  "aws:athena/workgroup:Workgroup": liveTable({
    forceDestroy: lifecycle(),
    name: fixed,
    description: described,
    configuration: within(access(), {
      enforceWorkgroupConfiguration: access(true),
      engineVersion: chosen,
      publishCloudwatchMetricsEnabled: performance(true),
    }),
    state: performance("ENABLED"),
  }),
  "aws:athena/namedQuery:NamedQuery": liveTable({
    ...all.access("database query workgroup"),
    name: fixed,
    description: described,
  }),
  "aws:ecr/repository:Repository": liveTable({
    ...all.assigned("registryId repositoryUrl"),
    imageTagMutabilityExclusionFilters: access(),
    encryptionConfigurations: encryption(),
    forceDelete: lifecycle(),
    imageScanningConfiguration: performance(),
    name: fixed,
    imageTagMutability: access("MUTABLE"),
  }),
  "aws:ecr/repositoryPolicy:RepositoryPolicy": liveTable({
    repository: access(),
    registryId: assigned,
    policy: document("access"),
  }),
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": liveTable({
    repository: performance(),
    registryId: assigned,
    policy: document("other"),
  }),
  "aws:ecr/registryPolicy:RegistryPolicy": liveTable({ registryId: assigned, policy: document("access") }),
  "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": liveTable({
    ...all.access("credentialArn customRoleArn upstreamRegistryUrl"),
    registryId: assigned,
    ecrRepositoryPrefix: fixed,
    upstreamRepositoryPrefix: access("ROOT"),
  }),
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": liveTable({
    ...all.access("appliedFors customRoleArn imageTagMutabilityExclusionFilters"),
    encryptionConfigurations: encryption(),
    resourceTags: performance(),
    registryId: assigned,
    prefix: fixed,
    description: described,
    imageTagMutability: access("MUTABLE"),
    lifecyclePolicy: document("other"),
    repositoryPolicy: document("access"),
  }),
};

/** Whether only the owner has access, as in a bucket without grants (Amazon S3 User Guide, "Default ACL"). */
function isOwnersAlone(grants: unknown): boolean {
  if (!Array.isArray(grants) || grants.length > 1) return false;
  return grants.every((grant: unknown) => {
    if (!isProperties(grant)) return false;
    const { type, uri, permissions }: Properties = grant;
    return type === "CanonicalUser" && !uri && JSON.stringify(permissions) === '["FULL_CONTROL"]';
  });
}
