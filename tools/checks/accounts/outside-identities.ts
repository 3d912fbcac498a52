import type { StackResources } from "../../model/stacks";
import { inShort, type IamStatement } from "../../model/iam/document";
import { hasWildcard } from "../../model/iam/matching";
import { restricts } from "../../model/iam/breadth";
import type { PlacedPolicy } from "../policy-documents";
import { identityKey } from "./identity-keys";
import type { Ours } from "./ours";
import { isOurs } from "./strangers";

/** A service that needs no condition on the source account, and the reason. */
interface Unconditional {
  readonly service: string;
  /** Type of the resource that has the policy. */
  readonly type: string;
  /** Its logical name, without the network's name as prefix. */
  readonly name: RegExp;
  readonly sid: string;
  readonly action: string;
  readonly reason: string;
}

const ROLE = "aws:iam/role:Role";

const UNCONDITIONAL: readonly Unconditional[] = [
  {
    service: "ec2.amazonaws.com",
    type: ROLE,
    name: /^-(?:karpenter-)?node$/,
    sid: "",
    action: "sts:AssumeRole",
    reason: "EC2 uses a role only for instances of its own account, through an instance profile",
  },
  {
    service: "eks.amazonaws.com",
    type: ROLE,
    name: /^-eksRole-role$/,
    sid: "",
    action: "sts:AssumeRole,sts:TagSession",
    reason:
      "created by @pulumi/eks; roles are passed to services only within their account (IAM User Guide, iam:PassRole)",
  },
  {
    service: "events.amazonaws.com",
    type: "aws:sns/topicPolicy:TopicPolicy",
    name: /^-events$/,
    sid: "PublishFromTheHub",
    action: "sns:Publish",
    reason: "EventBridge sends no condition key to SNS (Amazon EventBridge User Guide, troubleshooting)",
  },
];

/**
 * Faults of the AWS services and identity providers that a statement allows. A service acts on behalf of any customer, so
 * a condition must restrict the source (IAM User Guide, "The confused deputy problem"). A provider authenticates all its
 * users, so a condition must restrict the subject.
 */
export function outsideIdentities(
  stack: StackResources,
  { resource }: PlacedPolicy,
  statement: IamStatement,
  ours: Ours,
): string[] {
  const { principals } = statement;
  if (principals === undefined || principals.isExcept) return [];
  return principals.list.flatMap(({ kind, value }) => {
    if (kind === "Service") return serviceFaults(stack, resource, statement, value, ours);
    return kind === "Federated" ? providerFaults(statement, value, ours) : [];
  });
}

function serviceFaults(
  stack: StackResources,
  { type, name }: PlacedPolicy["resource"],
  statement: IamStatement,
  service: string,
  ours: Ours,
): string[] {
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/.test(service)) {
    return [`allows ${inShort(service)}, which is not an AWS service`];
  }
  const isReviewed = UNCONDITIONAL.some(
    (each) =>
      each.service === service &&
      each.type === type &&
      name.startsWith(stack.name) &&
      each.name.test(name.slice(stack.name.length)) &&
      each.sid === statement.sid &&
      each.action === statement.actions.list.join(",") &&
      !statement.actions.isExcept,
  );
  if (isReviewed || isForOurs(statement, ours)) return [];
  return [`allows ${service} on behalf of any account`];
}

/** Whether a condition restricts the service to known accounts. */
function isForOurs(statement: IamStatement, ours: Ours): boolean {
  return statement.conditions.some((condition) => {
    const key = identityKey(condition);
    return (
      key?.side === "Source" &&
      restricts(condition, statement) &&
      condition.values.every((value) => isOurs(key, value, ours))
    );
  });
}

const GITHUB = "token.actions.githubusercontent.com";

/**
 * GitHub is the only known provider: its subject must name one repository and workflow context, and not pull requests,
 * which anyone with write access can open (GitHub Docs, "OpenID Connect reference").
 */
function providerFaults(statement: IamStatement, provider: string, ours: Ours): string[] {
  if (!ours.hasArn(provider))
    return [`allows identities of ${inShort(provider)}, which is not a provider of a known account`];
  const valuesOf = (key: string): readonly string[] =>
    statement.conditions
      .filter((each) => each.key.toLowerCase() === key && restricts(each, statement))
      .flatMap(({ values }) => values);
  const audiences = valuesOf(`${GITHUB}:aud`);
  const subjects = valuesOf(`${GITHUB}:sub`);
  const wide = subjects.filter((subject) => !isOneWorkflow(subject));
  return [
    ...(audiences.length === 0 || audiences.some(hasWildcard) ? ["allows identities for any audience"] : []),
    ...(subjects.length === 0 ? ["allows every identity of the provider"] : []),
    ...(wide.length > 0 ? [`allows ${wide.map(inShort).join(", ")}, which is not one workflow`] : []),
  ];
}

function isOneWorkflow(subject: string): boolean {
  const [, claim = ""] = /^repo:[^*?/:]+\/[^*?/:]+:(.+)$/.exec(subject) ?? [];
  return claim !== "" && !/^[*?]/.test(claim) && claim !== "pull_request";
}
