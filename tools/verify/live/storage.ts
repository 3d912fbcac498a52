import { isProperties, type Properties } from "../../model/resource";
import {
  access,
  assigned,
  chosen,
  document,
  elsewhere,
  encryption,
  fixed,
  logs,
  handling,
  running,
  reach,
  spoken,
  table,
  within,
  type LiveTable,
} from "./rule";

/** S3 blocks customer-provided keys in new buckets (S3's documentation of the provider, `blockedEncryptionTypes`). */
const DEFAULT_ENCRYPTION: LiveTable = { blockedEncryptionTypes: encryption(["SSE-C"], ["NONE"]) };

/** S3, and what reads it: Glue and Athena. Defaults: Amazon S3, AWS Glue and Amazon Athena API References. */
export const STORAGE_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:s3/bucket:Bucket": table({
    accelerationStatus: reach("Suspended"),
    acl: access("private"),
    bucket: fixed,
    bucketDomainName: assigned,
    bucketNamespace: fixed,
    bucketPrefix: fixed,
    bucketRegion: fixed,
    bucketRegionalDomainName: assigned,
    corsRules: access(),
    forceDestroy: handling(),
    grants: { ...access(), isDefault: isOwnersAlone },
    hostedZoneId: assigned,
    lifecycleRules: elsewhere("logs"),
    logging: logs(),
    objectLockConfiguration: elsewhere("logs"),
    objectLockEnabled: elsewhere("logs"),
    policy: elsewhere("access"),
    replicationConfiguration: access(),
    requestPayer: access("BucketOwner"),
    serverSideEncryptionConfiguration: elsewhere("encryption"),
    versioning: elsewhere("logs"),
    website: access(),
    websiteDomain: access(),
    websiteEndpoint: access(),
  }),
  "aws:s3/bucketPolicy:BucketPolicy": table({ bucket: access(), policy: document("access") }),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": table({
    blockPublicAcls: access(),
    blockPublicPolicy: access(),
    bucket: access(),
    ignorePublicAcls: access(),
    restrictPublicBuckets: access(),
    skipDestroy: handling(),
  }),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": table({ bucket: access(), rule: access() }),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": table({
    bucket: encryption(),
    expectedBucketOwner: handling(),
    rules: within(encryption(), DEFAULT_ENCRYPTION),
  }),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": table({
    bucket: logs(),
    expectedBucketOwner: handling(),
    rules: within(logs(), { id: chosen }),
    transitionDefaultMinimumObjectSize: handling("all_storage_classes_128K"),
  }),
  "aws:s3/bucketVersioning:BucketVersioning": table({
    bucket: logs(),
    expectedBucketOwner: handling(),
    mfa: handling(),
    versioningConfiguration: within(logs(), { mfaDelete: logs("Disabled") }),
  }),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": table({
    bucket: logs(),
    expectedBucketOwner: handling(),
    objectLockEnabled: logs("Enabled"),
    rule: logs(),
    token: handling(),
  }),
  "aws:glue/catalogDatabase:CatalogDatabase": table({
    catalogId: assigned,
    // What IAM allows (AWS Lake Formation Developer Guide, "Changing the default settings for your data lake").
    createTableDefaultPermissions: access([
      { permissions: ["ALL"], principal: { dataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" } },
    ]),
    description: spoken,
    federatedDatabase: access(),
    locationUri: access(),
    name: fixed,
    parameters: running(),
    targetDatabase: access(),
  }),
  "aws:glue/catalogTable:CatalogTable": table({
    catalogId: assigned,
    databaseName: fixed,
    description: spoken,
    name: fixed,
    openTableFormatInput: access(),
    owner: running(),
    parameters: logs(),
    partitionIndices: running(),
    partitionKeys: logs(),
    retention: running(),
    storageDescriptor: within(access(), { numberOfBuckets: running(-1, 0) }),
    tableType: logs(),
    targetTable: access(),
    viewDefinition: access(),
    viewExpandedText: access(),
    viewOriginalText: access(),
  }),
  "aws:athena/workgroup:Workgroup": table({
    configuration: within(access(), {
      enforceWorkgroupConfiguration: access(true),
      engineVersion: chosen,
      publishCloudwatchMetricsEnabled: running(true),
    }),
    description: spoken,
    forceDestroy: handling(),
    name: fixed,
    state: running("ENABLED"),
  }),
  "aws:athena/namedQuery:NamedQuery": table({
    database: access(),
    description: spoken,
    name: fixed,
    query: access(),
    workgroup: access(),
  }),
};

/** A bucket without grants is its owner's alone (Amazon S3 User Guide, "Default ACL"). */
function isOwnersAlone(grants: unknown): boolean {
  if (!Array.isArray(grants) || grants.length > 1) return false;
  return grants.every((grant: unknown) => {
    if (!isProperties(grant)) return false;
    const { type, uri, permissions }: Properties = grant;
    return type === "CanonicalUser" && !uri && JSON.stringify(permissions) === '["FULL_CONTROL"]';
  });
}
