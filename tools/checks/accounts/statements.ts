import { AWS_REGISTRIES } from "../../../components/facts/aws-registries";
import type { EstateStack } from "../../model/estate";
import type { IamStatement, Principal } from "../../model/iam/document";
import { inShort } from "../../model/iam/not-understood";
import { operatorOf } from "../../model/iam/operators";
import { hasWildcard } from "../../model/iam/pattern";
import { restricts } from "../../model/iam/restrictions";
import { accountInArn, identityKey, type IdentityKey, type Ours } from "../shared/known-accounts";
import type { PlacedPolicy } from "../shared/policy-documents";

/** AWS's own registries in all Regions, which have the images of add-ons and agents. */
const REGISTRIES = new Set(
  AWS_REGISTRIES.flatMap(({ accounts, elsewhere }) => [...Object.values(accounts), elsewhere ?? ""]),
);

/** What an Allow statement grants to accounts outside the account map; empty: nothing. */
export function strangersIn(statement: IamStatement, ours: Ours): string[] {
  return [...inConditions(statement, ours), ...inPrincipals(statement, ours), ...inResources(statement, ours)];
}

/** Whether a value of an identity key names only known accounts. */
export function isOurs({ names }: Pick<IdentityKey, "names">, value: string, ours: Ours): boolean {
  switch (names) {
    case "account":
      return ours.hasAccount(value);
    case "organization":
      return ours.hasOrganization(value);
    case "path":
      return ours.hasPath(value);
    case "arn":
      return ours.hasArn(value);
  }
}

function inConditions(statement: IamStatement, ours: Ours): string[] {
  return statement.conditions.flatMap((condition) => {
    const key = identityKey(condition);
    if (key === undefined || operatorOf(condition.operator)?.name === "Null") return [];
    if (key.names === "arn") {
      const accounts = condition.values.map(accountInArn).filter((each) => each !== undefined);
      return named(accounts.filter((account) => !ours.hasAccount(account)));
    }
    const strangers = named(condition.values.filter((value) => !isOurs(key, value, ours)));
    if (strangers.length > 0 || restricts(condition, statement)) return strangers;
    return [`compares ${condition.key} with ${condition.operator}, which does not exclude other accounts`];
  });
}

function inPrincipals({ principals }: IamStatement, ours: Ours): string[] {
  if (principals === undefined || principals.isExcept) return [];
  return principals.list.flatMap((principal) => {
    switch (principal.kind) {
      case "AWS":
        return named(isOurPrincipal(principal, ours) ? [] : [principal.value]);
      case "CanonicalUser":
        return [`names the canonical user ${inShort(principal.value)}, whose account is unknown`];
      default:
        return [];
    }
  });
}

/** Whether a principal is a known account, or an ARN in one; "*" is checked elsewhere. */
function isOurPrincipal({ value }: Principal, ours: Ours): boolean {
  if (/^\d{12}$/.test(value)) return ours.hasAccount(value);
  return !hasWildcard(value) && ours.hasArn(value);
}

/** The only third-party resources that policies may name are AWS's own registries. */
function inResources({ resources }: IamStatement, ours: Ours): string[] {
  const strangers = (resources?.list ?? [])
    .map((arn) => ({ arn, account: accountInArn(arn) ?? "" }))
    .filter(({ account }) => account !== "" && !ours.hasAccount(account))
    .filter(({ arn, account }) => !(/^arn:[^:]*:ecr:/.test(arn) && REGISTRIES.has(account)));
  return [...new Set(strangers.map(({ account }) => account))].map(
    (account) => `allows access to resources of ${account}, which is not in the account map`,
  );
}

function named(strangers: readonly string[]): string[] {
  const distinct = [...new Set(strangers)];
  return distinct.length === 0 ? [] : [`names ${distinct.map(bare).join(", ")}, which is not in the account map`];
}

/** Without quotes unless they are needed. */
function bare(value: string): string {
  return /^[\w:/.@*-]{1,80}$/.test(value) ? value : inShort(value);
}

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
