import { AWS_REGISTRIES } from "../../../components/facts/registries";
import { type IamStatement, inShort, type Principal } from "../../model/iam/document";
import { hasWildcard, operatorOf } from "../../model/iam/matching";
import { restricts } from "../../model/iam/permissions";
import type { StackResources } from "../../model/resource";
import { accountInArn, identityKey, isKnown, type KnownAccounts, type LocatedPolicy } from "../shared/policies";

/** Faults of an Allow statement, each as part of a sentence: what it grants to unknown accounts, services or identities. */
export function statementFaults(
  stack: StackResources,
  { resource }: LocatedPolicy,
  statement: IamStatement,
  known: KnownAccounts,
): string[] {
  return [
    ...conditionFaults(statement, known),
    ...accountFaults(statement, known),
    ...resourceFaults(statement, known),
    ...identityFaults(stack, resource, statement, known),
  ];
}

function conditionFaults(statement: IamStatement, known: KnownAccounts): string[] {
  return statement.conditions.flatMap((condition) => {
    const key = identityKey(condition);
    if (key === undefined || operatorOf(condition.operator)?.name === "Null") return [];
    if (key.names === "arn") {
      const accounts = condition.values.map(accountInArn).filter((each) => each !== undefined);
      return namingFault(accounts.filter((account) => !known.hasAccount(account)));
    }
    const fault = namingFault(condition.values.filter((value) => !isKnown(key, value, known)));
    if (fault.length > 0 || restricts(condition, statement)) return fault;
    return [`compares ${condition.key} with ${condition.operator}, which does not exclude other accounts`];
  });
}

function accountFaults({ principals }: IamStatement, known: KnownAccounts): string[] {
  if (principals === undefined || principals.isExcept) return [];
  return principals.list.flatMap((principal) => {
    switch (principal.kind) {
      case "AWS":
        return namingFault(isKnownPrincipal(principal, known) ? [] : [principal.value]);
      case "CanonicalUser":
        return [`names the canonical user ${inShort(principal.value)}, whose account is unknown`];
      default:
        return [];
    }
  });
}

/** Whether a principal is a known account, or an ARN in one; "*" is checked by `wildcards-are-allowlisted`. */
function isKnownPrincipal({ value }: Principal, known: KnownAccounts): boolean {
  if (/^\d{12}$/.test(value)) return known.hasAccount(value);
  return !hasWildcard(value) && known.hasArn(value);
}

/** AWS's own registries in all Regions, which have the images of add-ons and agents. */
const REGISTRIES = new Set(
  AWS_REGISTRIES.flatMap(({ accounts, elsewhere }) => [...Object.values(accounts), elsewhere ?? ""]),
);

/** The only third-party resources that policies may name are AWS's own registries. */
function resourceFaults({ resources }: IamStatement, known: KnownAccounts): string[] {
  const unknown = (resources?.list ?? [])
    .map((arn) => ({ arn, account: accountInArn(arn) ?? "" }))
    .filter(({ account }) => account !== "" && !known.hasAccount(account))
    .filter(({ arn, account }) => !(/^arn:[^:]*:ecr:/.test(arn) && REGISTRIES.has(account)));
  return [...new Set(unknown.map(({ account }) => account))].map(
    (account) => `allows access to resources of ${account}, which is not in the account map`,
  );
}

function namingFault(unknown: readonly string[]): string[] {
  const distinct = [...new Set(unknown)];
  return distinct.length === 0 ? [] : [`names ${distinct.map(unquoted).join(", ")}, which is not in the account map`];
}

/** Without quotes unless they are needed. */
function unquoted(value: string): string {
  return /^[\w:/.@*-]{1,80}$/.test(value) ? value : inShort(value);
}

/** A service that needs no condition on the source account, and the reason. */
interface UnconditionalService {
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

const UNCONDITIONAL_SERVICES: readonly UnconditionalService[] = [
  {
    service: "ec2.amazonaws.com",
    type: ROLE,
    name: /^-(?:auto-|karpenter-)?node$/,
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
function identityFaults(
  stack: StackResources,
  resource: LocatedPolicy["resource"],
  statement: IamStatement,
  known: KnownAccounts,
): string[] {
  const { principals } = statement;
  if (principals === undefined || principals.isExcept) return [];
  return principals.list.flatMap(({ kind, value }) => {
    if (kind === "Service") return serviceFaults(stack, resource, statement, value, known);
    return kind === "Federated" ? providerFaults(statement, value, known) : [];
  });
}

function serviceFaults(
  stack: StackResources,
  { type, name }: LocatedPolicy["resource"],
  statement: IamStatement,
  service: string,
  known: KnownAccounts,
): string[] {
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/.test(service)) {
    return [`allows ${inShort(service)}, which is not an AWS service`];
  }
  const isReviewed = UNCONDITIONAL_SERVICES.some(
    (each) =>
      each.service === service &&
      each.type === type &&
      name.startsWith(stack.name) &&
      each.name.test(name.slice(stack.name.length)) &&
      each.sid === statement.sid &&
      each.action === statement.actions.list.join(",") &&
      !statement.actions.isExcept,
  );
  if (isReviewed || restrictsSource(statement, known)) return [];
  return [`allows ${service} on behalf of any account`];
}

/** Whether a condition restricts a service to requests on behalf of known accounts. */
function restrictsSource(statement: IamStatement, known: KnownAccounts): boolean {
  return statement.conditions.some((condition) => {
    const key = identityKey(condition);
    return (
      key?.side === "Source" &&
      restricts(condition, statement) &&
      condition.values.every((value) => isKnown(key, value, known))
    );
  });
}

const GITHUB = "token.actions.githubusercontent.com";

/**
 * GitHub is the only known provider: its subject must name one repository and workflow context, and not pull requests,
 * which anyone with write access can open (GitHub Docs, "OpenID Connect reference").
 */
function providerFaults(statement: IamStatement, provider: string, known: KnownAccounts): string[] {
  if (!known.hasArn(provider))
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
