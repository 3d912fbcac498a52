import { isProperties, type Properties } from "../../model/resource";
import { NETWORK_TABLES } from "./network";
import {
  access,
  all,
  assigned,
  chosen,
  counter,
  derived,
  described,
  document,
  elsewhere,
  encryption,
  fixed,
  lifecycle,
  type LiveTable,
  liveTable,
  logs,
  performance,
  reach,
  within,
} from "./rule";

/**
 * Clusters and the launch templates of their nodes.
 *
 * Sources of the defaults: Amazon EKS API Reference, and RequestLaunchTemplateData in the Amazon EC2 API Reference.
 */
const EKS_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:eks/cluster:Cluster": liveTable({
    ...all.reach("outpostConfig remoteNetworkConfig"),
    ...all.access("accessConfig computeConfig roleArn storageConfig"),
    ...all.lifecycle("defaultAddonsToRemoves deletionProtection forceUpdateVersion"),
    ...all.performance("version zonalShiftConfig"),
    ...all.assigned("certificateAuthority clusterId endpoint identities"),
    ...all.counter("createdAt status"),
    encryptionConfig: encryption(),
    enabledClusterLogTypes: logs(),
    name: fixed,
    bootstrapSelfManagedAddons: lifecycle(true),
    controlPlaneScalingConfig: performance({ tier: "standard" }),
    platformVersion: chosen,
    // Tuning of the control plane: EKS sets the values, and has changed them.
    ...all.chosen("kubeApiServerConfig kubeControllerManagerConfig kubeSchedulerConfig"),
    kubernetesNetworkConfig: within(reach(), { serviceIpv4Cidr: chosen, ipFamily: reach("ipv4") }),
    upgradePolicy: performance({ supportType: "EXTENDED" }),
    vpcConfig: within(reach(), {
      clusterSecurityGroupId: assigned,
      controlPlaneEgressMode: reach("AWS_MANAGED"),
      endpointPublicAccess: reach(true),
      publicAccessCidrs: reach(["0.0.0.0/0"]),
      vpcId: assigned,
    }),
  }),
  "aws:eks/nodeGroup:NodeGroup": liveTable({
    ...all.reach("remoteAccess subnetIds"),
    ...all.access("clusterName nodeRoleArn"),
    ...all.performance("instanceTypes labels nodeRepairConfig scalingConfig taints warmPoolConfig"),
    ...all.chosen("amiType diskSize releaseVersion version"),
    ...all.fixed("nodeGroupName nodeGroupNamePrefix"),
    forceUpdateVersion: lifecycle(),
    resources: assigned,
    status: counter,
    capacityType: performance("ON_DEMAND"),
    launchTemplate: within(access(), { id: assigned, name: assigned }),
    updateConfig: within(performance(), { updateStrategy: performance("DEFAULT") }),
  }),
  "aws:eks/addon:Addon": liveTable({
    ...all.access("clusterName configurationValues podIdentityAssociations serviceAccountRoleArn"),
    ...all.lifecycle("preserve resolveConflictsOnCreate resolveConflictsOnUpdate"),
    ...all.counter("createdAt modifiedAt"),
    addonVersion: chosen,
    addonName: fixed,
    namespaceConfig: { ...performance(), isDefault: isOwnNamespace },
  }),
  "aws:eks/accessEntry:AccessEntry": liveTable({
    ...all.access("clusterName principalArn"),
    ...all.counter("createdAt modifiedAt"),
    accessEntryArn: assigned,
    kubernetesGroups: { ...access(), isDefault: isGroupOfNodes },
    type: access("STANDARD"),
    userName: { ...access(), isDefault: isNameOfPrincipal },
  }),
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": liveTable({
    ...all.access("clusterName disableSessionTags namespace policy roleArn serviceAccount targetRoleArn"),
    ...all.assigned("associationArn associationId externalId"),
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": liveTable({
    ...all.reach("networkInterfaces privateDnsNameOptions secondaryInterfaces securityGroupNames vpcSecurityGroupIds"),
    ...all.access("iamInstanceProfile imageId kernelId keyName ramDiskId userData"),
    ...all.lifecycle("disableApiStop disableApiTermination updateDefaultVersion"),
    ...all.performance(`
      capacityReservationSpecification cpuOptions creditSpecification enclaveOptions hibernationOptions
      instanceMarketOptions instanceRequirements instanceType licenseSpecifications monitoring networkPerformanceOptions
      placement tagSpecifications`),
    ...all.counter("defaultVersion latestVersion"),
    ...all.fixed("name namePrefix"),
    blockDeviceMappings: encryption(),
    description: described,
    ebsOptimized: performance("false"),
    instanceInitiatedShutdownBehavior: performance("stop"),
    maintenanceOptions: performance({ autoRecovery: "default" }),
    metadataOptions: within(access(), {
      httpProtocolIpv6: access("disabled"),
      instanceMetadataTags: access("disabled"),
    }),
  }),
};

/**
 * IAM, KMS, EventBridge, SNS, SQS, CloudWatch Logs and parameters.
 *
 * Sources of the defaults: API References of AWS IAM, AWS KMS, Amazon EventBridge, SNS, SQS, CloudWatch Logs and AWS Systems
 * Manager.
 */
const SERVICE_TABLES: Readonly<Record<string, LiveTable>> = {
  "aws:iam/role:Role": liveTable({
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
  "aws:iam/rolePolicy:RolePolicy": liveTable({
    ...all.fixed("name namePrefix"),
    role: access(),
    policy: document("access"),
  }),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": liveTable(all.access("policyArn role")),
  "aws:iam/instanceProfile:InstanceProfile": liveTable({
    ...all.fixed("name namePrefix"),
    role: access(),
    uniqueId: assigned,
    createDate: counter,
    path: access("/"),
  }),
  "aws:kms/key:Key": liveTable({
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
  "aws:kms/alias:Alias": liveTable({
    ...all.fixed("name namePrefix"),
    targetKeyId: encryption(),
    targetKeyArn: derived,
  }),
  "aws:cloudwatch/logGroup:LogGroup": liveTable({
    ...all.lifecycle("deletionProtectionEnabled skipDestroy"),
    ...all.fixed("name namePrefix"),
    kmsKeyId: encryption(),
    retentionInDays: logs(),
    logGroupClass: logs("STANDARD"),
  }),
  "aws:cloudwatch/eventRule:EventRule": liveTable({
    ...all.fixed("name namePrefix"),
    roleArn: access(),
    scheduleExpression: logs(),
    forceDestroy: lifecycle(),
    description: described,
    eventBusName: logs("default"),
    eventPattern: document("logs"),
    isEnabled: logs(true),
    state: logs("ENABLED"),
  }),
  "aws:cloudwatch/eventTarget:EventTarget": liveTable({
    ...all.access(`
      appsyncTarget arn batchTarget deadLetterConfig ecsTarget httpTarget kinesisTarget redshiftTarget roleArn
      runCommandTargets sagemakerPipelineTarget sqsTarget`),
    ...all.logs("input inputPath inputTransformer rule"),
    forceDestroy: lifecycle(),
    targetId: fixed,
    eventBusName: logs("default"),
    retryPolicy: logs({ maximumEventAgeInSeconds: 86400, maximumRetryAttempts: 185 }),
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": liveTable({
    ...all.logs(`
      alarmActions comparisonOperator datapointsToAlarm dimensions evaluationCriteria evaluationInterval evaluationPeriods
      extendedStatistic insufficientDataActions metricName namespace okActions period statistic threshold thresholdMetricId
      unit warmUpConfiguration`),
    actionsEnabled: logs(true),
    evaluateLowSampleCountPercentiles: logs("evaluate"),
    metricQueries: within(logs(), { returnData: logs(false, true) }),
    treatMissingData: logs("missing"),
    alarmDescription: described,
    name: fixed,
  }),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": liveTable({
    ...all.logs("actionsSuppressor alarmActions alarmRule insufficientDataActions okActions"),
    actionsEnabled: logs(true),
    alarmDescription: described,
    alarmName: fixed,
  }),
  "aws:cloudwatch/dashboard:Dashboard": liveTable({
    dashboardArn: assigned,
    dashboardBody: document("other"),
    dashboardName: fixed,
  }),
  "aws:sns/topicSubscription:TopicSubscription": liveTable({
    ...all.access("endpoint protocol subscriptionRoleArn topic"),
    ...all.logs("deliveryPolicy filterPolicy rawMessageDelivery redrivePolicy replayPolicy"),
    ...all.lifecycle("confirmationTimeoutInMinutes endpointAutoConfirms"),
    ...all.assigned("ownerId"),
    ...all.counter("confirmationWasAuthenticated pendingConfirmation"),
    filterPolicyScope: logs("MessageAttributes"),
  }),
  "aws:sns/topic:Topic": liveTable({
    ...all.performance("contentBasedDeduplication deliveryPolicy fifoThroughputScope fifoTopic"),
    ...all.fixed("name namePrefix"),
    kmsMasterKeyId: encryption(),
    archivePolicy: logs(),
    owner: assigned,
    beginningArchiveTime: counter,
    displayName: described,
    ...deliveryLog("application"),
    ...deliveryLog("firehose"),
    ...deliveryLog("http"),
    ...deliveryLog("lambda"),
    ...deliveryLog("sqs"),
    policy: elsewhere("access"),
    // 0 in the provider: SNS does not return the attribute, which means version 1.
    signatureVersion: access(0, 1),
    tracingConfig: logs("PassThrough"),
  }),
  "aws:sns/topicPolicy:TopicPolicy": liveTable({
    arn: access(),
    owner: assigned,
    policy: document("access"),
  }),
  "aws:sqs/queue:Queue": liveTable({
    ...all.access("redriveAllowPolicy redrivePolicy"),
    ...all.performance(`
      contentBasedDeduplication deduplicationScope delaySeconds fifoQueue fifoThroughputLimit receiveWaitTimeSeconds`),
    ...all.fixed("name namePrefix"),
    kmsMasterKeyId: encryption(),
    url: assigned,
    kmsDataKeyReusePeriodSeconds: encryption(300),
    // AWS has raised the default from 256 KiB to 1 MiB (Amazon SQS Developer Guide, "Message quotas").
    maxMessageSize: performance(262144, 1048576),
    messageRetentionSeconds: performance(345600),
    policy: elsewhere("access"),
    sqsManagedSseEnabled: encryption(true),
    visibilityTimeoutSeconds: performance(30),
  }),
  "aws:sqs/queuePolicy:QueuePolicy": liveTable({ queueUrl: access(), policy: document("access") }),
  "aws:ssm/parameter:Parameter": liveTable({
    ...all.encryption("keyId type"),
    ...all.lifecycle("hasValueWo overwrite valueWo valueWoVersion"),
    ...all.performance("allowedPattern value"),
    version: counter,
    name: fixed,
    description: described,
    dataType: performance("text"),
    // The value again, unless it is a SecureString.
    insecureValue: derived,
    tier: performance("Standard"),
  }),
};

/**
 * The log archive in S3 with Glue and Athena, which read it, and image repositories in ECR.
 *
 * Sources of the defaults: Amazon S3, AWS Glue, Amazon Athena and Amazon ECR API References.
 */
const STORAGE_TABLES: Readonly<Record<string, LiveTable>> = {
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

/** For every resource type that the program creates, a rule for each property of the provider's schema. */
export const LIVE_TABLES: ReadonlyMap<string, LiveTable> = new Map(
  Object.entries({ ...NETWORK_TABLES, ...EKS_TABLES, ...SERVICE_TABLES, ...STORAGE_TABLES }),
);

/** Whether it is the group that EKS gives only to nodes (Amazon EKS User Guide, "Create access entries"). */
function isGroupOfNodes(value: unknown, { type }: Properties): boolean {
  return isEc2(type) && Array.isArray(value) && value.length === 1 && value[0] === "system:nodes";
}

/** Whether it is the user name that EKS gives a principal for which none is set. */
function isNameOfPrincipal(value: unknown, { type, principalArn }: Properties): boolean {
  if (isEc2(type)) return value === "system:node:{{EC2PrivateDNSName}}";
  const [, account = "", role = ""] =
    /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(String(principalArn)) ?? [];
  const session = new RegExp(`^arn:aws[\\w-]*:sts::${account}:assumed-role/`);
  return (
    value === principalArn ||
    (role !== "" && session.test(String(value)) && String(value).endsWith(`/${role}/{{SessionName}}`))
  );
}

function isEc2(type: unknown): boolean {
  return typeof type === "string" && type.startsWith("EC2");
}

/** The properties of a topic's delivery log for one protocol. */
function deliveryLog(protocol: string): LiveTable {
  return all.logs(
    `${protocol}FailureFeedbackRoleArn ${protocol}SuccessFeedbackRoleArn ${protocol}SuccessFeedbackSampleRate`,
  );
}

/** Whether it is the namespace in which EKS installs an add-on: kube-system, or one with the name of the add-on. */
function isOwnNamespace(config: unknown, { addonName }: Properties): boolean {
  return isProperties(config) && ["kube-system", addonName].includes(config["namespace"]);
}

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

/** Whether only the owner has access, as in a bucket without grants (Amazon S3 User Guide, "Default ACL"). */
function isOwnersAlone(grants: unknown): boolean {
  if (!Array.isArray(grants) || grants.length > 1) return false;
  return grants.every((grant: unknown) => {
    if (!isProperties(grant)) return false;
    const { type, uri, permissions }: Properties = grant;
    return type === "CanonicalUser" && !uri && JSON.stringify(permissions) === '["FULL_CONTROL"]';
  });
}
