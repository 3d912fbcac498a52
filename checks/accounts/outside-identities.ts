import type { EstateStack } from "../../model/estate";
import type { IamStatement } from "../../model/iam/document";
import { inShort } from "../../model/iam/not-understood";
import { hasWildcard } from "../../model/iam/pattern";
import { restricts } from "../../model/iam/restrictions";
import type { PlacedPolicy } from "../policy-documents";
import { identityKey } from "./identity-keys";
import type { Ours } from "./ours";
import { isOurs } from "./strangers";

/** A service that may act on no condition of whose resource it acts for, and why. */
interface Unconditional {
  readonly service: string;
  /** Type of the resource that the policy is in. */
  readonly type: string;
  /** Its name, without the network's in front. */
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
    reason: "EC2 takes a role for instances of the role's own account, by an instance profile of it",
  },
  {
    service: "eks.amazonaws.com",
    type: ROLE,
    name: /^-eksRole-role$/,
    sid: "",
    action: "sts:AssumeRole,sts:TagSession",
    reason: "made by @pulumi/eks; a role is passed to a service within its account (IAM User Guide, iam:PassRole)",
  },
  {
    service: "events.amazonaws.com",
    type: "aws:sns/topicPolicy:TopicPolicy",
    name: /^-events$/,
    sid: "PublishFromTheHub",
    action: "sns:Publish",
    reason: "EventBridge gives SNS no condition key (Amazon EventBridge User Guide, troubleshooting)",
  },
];

/**
 * What is wrong with the AWS services and identity providers that a statement lets in. A service acts for whoever asks it
 * to, so a condition must say for whose resources (IAM User Guide, "The confused deputy problem"). A provider vouches for
 * everybody who is registered with it, so a condition must say which of them.
 */
export function outsideIdentities(
  stack: EstateStack,
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
  stack: EstateStack,
  { type, name }: PlacedPolicy["resource"],
  statement: IamStatement,
  service: string,
  ours: Ours,
): string[] {
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/.test(service)) {
    return [`admits ${inShort(service)}, which is no service of AWS's`];
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
  return [`admits ${service} for resources of any account`];
}

/** Whether a condition says that the service acts for us. */
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
 * GitHub is the provider that is known: its subject must name a repository and which of its workflows, and not pull
 * requests, which anybody with write access opens (GitHub Docs, "OpenID Connect reference").
 */
function providerFaults(statement: IamStatement, provider: string, ours: Ours): string[] {
  if (!ours.hasArn(provider)) return [`admits identities of ${inShort(provider)}, which is no provider of ours`];
  const valuesOf = (key: string): readonly string[] =>
    statement.conditions
      .filter((each) => each.key.toLowerCase() === key && restricts(each, statement))
      .flatMap(({ values }) => values);
  const audiences = valuesOf(`${GITHUB}:aud`);
  const subjects = valuesOf(`${GITHUB}:sub`);
  const wide = subjects.filter((subject) => !isOneWorkflow(subject));
  return [
    ...(audiences.length === 0 || audiences.some(hasWildcard) ? ["admits identities for any audience"] : []),
    ...(subjects.length === 0 ? ["admits every identity of the provider"] : []),
    ...(wide.length > 0 ? [`admits ${wide.map(inShort).join(", ")}`] : []),
  ];
}

function isOneWorkflow(subject: string): boolean {
  const [, claim = ""] = /^repo:[^*?/:]+\/[^*?/:]+:(.+)$/.exec(subject) ?? [];
  return claim !== "" && !/^[*?]/.test(claim) && claim !== "pull_request";
}
