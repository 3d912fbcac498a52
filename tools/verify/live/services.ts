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
  fixed,
  lifecycle,
  logs,
  performance,
  liveTable,
  type LiveTable,
} from "./rule";

/**
 * IAM, KMS, EventBridge, SNS, SQS, CloudWatch Logs and parameters.
 *
 * Sources of the defaults: API References of AWS IAM, AWS KMS, Amazon EventBridge, SNS, SQS, CloudWatch Logs and AWS Systems
 * Manager.
 */
export const SERVICE_TABLES: Readonly<Record<string, LiveTable>> = {
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

/** The properties of a topic's delivery log for one protocol. */
function deliveryLog(protocol: string): LiveTable {
  return all.logs(
    `${protocol}FailureFeedbackRoleArn ${protocol}SuccessFeedbackRoleArn ${protocol}SuccessFeedbackSampleRate`,
  );
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
