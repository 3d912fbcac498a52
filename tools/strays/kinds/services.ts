import { aws, quoted, type KindOfThing } from "./kind";

/** Kinds outside networks and clusters; their deletion does not depend on each other. */
export const SERVICES = {
  hostedZone: {
    title: "hosted zone",
    type: "aws:route53/zone:Zone",
    remove: ({ id }, place) => [aws(place, "route53", "delete-hosted-zone", "--id", id)],
  },
  resolverEndpoint: {
    title: "Resolver endpoint",
    type: "aws:route53/resolverEndpoint:ResolverEndpoint",
    remove: ({ id }, place) => [
      aws(place, "route53resolver", "delete-resolver-endpoint", "--resolver-endpoint-id", id),
    ],
  },
  queryLogConfig: {
    title: "Resolver query logging configuration",
    type: "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
    remove: ({ id }, place) => [
      aws(place, "route53resolver", "delete-resolver-query-log-config", "--resolver-query-log-config-id", id),
    ],
  },
  resourceShare: {
    title: "resource share",
    type: "aws:ram/resourceShare:ResourceShare",
    remove: ({ id }, place) => [aws(place, "ram", "delete-resource-share", "--resource-share-arn", id)],
  },
  logGroup: {
    title: "log group",
    type: "aws:cloudwatch/logGroup:LogGroup",
    remove: ({ id }, place) => [aws(place, "logs", "delete-log-group", "--log-group-name", id)],
  },
  queue: {
    title: "SQS queue",
    type: "aws:sqs/queue:Queue",
    remove: ({ id }, place) => [aws(place, "sqs", "delete-queue", "--queue-url", id)],
  },
  eventRule: {
    title: "EventBridge rule",
    type: "aws:cloudwatch/eventRule:EventRule",
    // A rule with targets cannot be deleted.
    remove: ({ id }, place) => [
      `${aws(place, "events", "list-targets-by-rule", "--rule", id, "--query", "Targets[].Id", "--output", "text")} | ` +
        `xargs -r ${aws(place, "events", "remove-targets", "--rule", id)} --ids`,
      aws(place, "events", "delete-rule", "--name", id),
    ],
  },
  topic: {
    title: "SNS topic",
    type: "aws:sns/topic:Topic",
    remove: ({ id }, place) => [aws(place, "sns", "delete-topic", "--topic-arn", id)],
  },
  parameter: {
    title: "SSM parameter",
    type: "aws:ssm/parameter:Parameter",
    remove: ({ id }, place) => [aws(place, "ssm", "delete-parameter", "--name", id)],
  },
  workgroup: {
    title: "Athena workgroup",
    type: "aws:athena/workgroup:Workgroup",
    remove: ({ id }, place) => [aws(place, "athena", "delete-work-group", "--work-group", id)],
  },
  // Both commands fail if it is not empty.
  repository: {
    title: "ECR repository",
    type: "aws:ecr/repository:Repository",
    remove: ({ id }, place) => [aws(place, "ecr", "delete-repository", "--repository-name", id)],
  },
  bucket: {
    title: "S3 bucket",
    type: "aws:s3/bucket:Bucket",
    remove: ({ id }, place) => [aws(place, "s3", "rb", `s3://${id}`)],
  },
  key: {
    title: "KMS key",
    type: "aws:kms/key:Key",
    remove: ({ id }, place) => [aws(place, "kms", "schedule-key-deletion", "--key-id", id)],
  },
  instanceProfile: {
    title: "instance profile",
    type: "aws:iam/instanceProfile:InstanceProfile",
    remove: ({ id }, place) => [
      `${aws(place, "iam", "get-instance-profile", "--instance-profile-name", id, "--query", "InstanceProfile.Roles[].RoleName", "--output", "text")} | ` +
        `xargs -r ${aws(place, "iam", "remove-role-from-instance-profile", "--instance-profile-name", id)} --role-name`,
      aws(place, "iam", "delete-instance-profile", "--instance-profile-name", id),
    ],
  },
  // After its instance profiles, and after detaching its policies.
  role: {
    title: "IAM role",
    type: "aws:iam/role:Role",
    remove: ({ id }, place) => [
      `${aws(place, "iam", "list-attached-role-policies", "--role-name", id, "--query", "AttachedPolicies[].PolicyArn", "--output", "text")} | ` +
        `xargs -rn1 ${aws(place, "iam", "detach-role-policy", "--role-name", id)} --policy-arn`,
      `${aws(place, "iam", "list-role-policies", "--role-name", id, "--query", "PolicyNames[]", "--output", "text")} | ` +
        `xargs -rn1 ${aws(place, "iam", "delete-role-policy", "--role-name", id)} --policy-name`,
      aws(place, "iam", "delete-role", "--role-name", id),
    ],
  },
  other: { title: "other", remove: ({ arn = "" }) => [`# delete by hand: ${quoted(arn)}`] },
} satisfies Readonly<Record<string, KindOfThing>>;
