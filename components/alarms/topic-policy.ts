import { denyWithoutTls, policyDocument, type PolicyDocument } from "../policy-document";
import { alarmPrefix } from "./names";

export interface AlarmTopicPolicyArgs {
  readonly topicArn: string;
  readonly prefix: string;
  readonly network: string;
  readonly account: string;
  readonly region: string;
}

/**
 * Only alarms of this stack may publish, and nobody without TLS (Amazon Simple Notification Service Developer Guide, "Example
 * cases for Amazon SNS access control").
 */
export function alarmTopicPolicy({ topicArn, prefix, network, account, region }: AlarmTopicPolicyArgs): PolicyDocument {
  return policyDocument(
    {
      Sid: "PublishAlarms",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topicArn,
      // The ARN contains the account, so the condition excludes the alarms of all others.
      Condition: {
        ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:${alarmPrefix(prefix, network)}-*` },
      },
    },
    denyWithoutTls("TlsOnly", "sns:Publish", topicArn),
  );
}
