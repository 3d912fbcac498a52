import { type Members, membersOf, type Side } from "../../../components/members";
import {
  type IamCondition,
  type IamDocument,
  type IamStatement,
  isAbout,
  NotUnderstood,
} from "../../model/iam/document";
import { findDocuments } from "../../model/iam/find-documents";
import { like } from "../../model/iam/matching";
import { type AllStacks, attribute, type ModelResource } from "../../model/resource";
import { cached } from "../../model/topology/resources";

/** A policy and its location. */
export interface LocatedPolicy {
  readonly resource: ModelResource;
  /** Path of the property: `policy`, `inlinePolicies.0.policy`. */
  readonly path: string;
  readonly document: IamDocument;
}

/** A policy that cannot be read, and why. */
interface UnreadablePolicy extends Omit<LocatedPolicy, "document"> {
  readonly reason: string;
}

/** Every readable policy of some resources; {@link unreadablePolicies} has the others. */
export function readPolicies(resources: readonly ModelResource[]): LocatedPolicy[] {
  return resources.flatMap((resource) =>
    findDocuments(resource).flatMap(({ path, read }) =>
      read instanceof NotUnderstood ? [] : [{ resource, path, document: read }],
    ),
  );
}

/** Every policy of some resources that cannot be read. */
export function unreadablePolicies(resources: readonly ModelResource[]): UnreadablePolicy[] {
  return resources.flatMap((resource) =>
    findDocuments(resource).flatMap(({ path, read }) =>
      read instanceof NotUnderstood ? [{ resource, path, reason: read.message }] : [],
    ),
  );
}

/**
 * The policy in a property, to check what it allows. Undefined if there is none; a policy that cannot be read allows
 * nothing.
 */
export function readPolicy(resource: ModelResource, property: string): IamDocument | undefined {
  const found = findDocuments(resource).find(({ path }) => path === property);
  if (found === undefined) return undefined;
  return found.read instanceof NotUnderstood ? { version: "2012-10-17", statements: [] } : found.read;
}

/** Whether a policy allows any principal an action unconditionally, and denies it only without TLS. */
export function allowsEverybody({ statements }: IamDocument, action: string, resource: string): boolean {
  const concerned = statements.filter(
    ({ actions, resources }) =>
      includesAction(actions.list, action) !== actions.isExcept &&
      (resources === undefined || includesResource(resources.list, resource) !== resources.isExcept),
  );
  const denies = concerned.filter((statement) => statement.effect === "Deny" && !isDenialWithoutTls(statement));
  return (
    denies.length === 0 &&
    concerned.some(
      (statement) => statement.effect === "Allow" && isEverybody(statement) && statement.conditions.length === 0,
    )
  );
}

/** Whether a statement names any principal, or any principal except a few. */
export function isEverybody({ principals }: Pick<IamStatement, "principals">): boolean {
  return (
    principals !== undefined &&
    (principals.isExcept || principals.list.some(({ kind, value }) => kind === "Everybody" || /[*?]/.test(value)))
  );
}

/**
 * Whether the policy of a resource denies every principal some actions on some resources without TLS. Undefined if a
 * preview does not know the policy yet.
 *
 * @param resources - default: all resources that the policy allows actions on
 */
export function deniesWithoutTls(
  placed: ModelResource,
  actions: readonly string[],
  resources?: readonly string[],
): boolean | undefined {
  const [found] = findDocuments(placed);
  if (found === undefined) return undefined;
  if (found.read instanceof NotUnderstood) return false;
  const { statements } = found.read;
  const denials = statements.filter(isDenialWithoutTls);
  const targets =
    resources ?? statements.flatMap((each) => (each.effect === "Allow" ? (each.resources?.list ?? []) : []));
  if (denials.length === 0) return false;
  return actions.every((action) =>
    targets.every((resource) =>
      denials.some(
        (denial) =>
          !denial.actions.isExcept &&
          includesAction(denial.actions.list, action) &&
          denial.resources?.isExcept === false &&
          includesResource(denial.resources.list, resource),
      ),
    ),
  );
}

/** Whether a statement denies every principal requests without TLS, on no other condition. */
function isDenialWithoutTls({ effect, principals, conditions }: IamStatement): boolean {
  const [only, ...others] = conditions;
  return (
    effect === "Deny" &&
    others.length === 0 &&
    only !== undefined &&
    /^bool(?:ifexists)?$/i.test(only.operator) &&
    only.key.toLowerCase() === "aws:securetransport" &&
    only.values.every((value) => value.toLowerCase() === "false") &&
    principals?.isExcept === false &&
    principals.list.some(({ kind }) => kind === "Everybody")
  );
}

function includesAction(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()));
}

function includesResource(patterns: readonly string[], resource: string): boolean {
  return patterns.some((pattern) => like(pattern, resource));
}

/** The known accounts and organizations, from the configuration. */
export interface KnownAccounts {
  /** The members, as the program's own policies name them. */
  readonly members: Members;
  /** Whether an account is in the account map. */
  readonly hasAccount: (account: string) => boolean;
  /** Whether the hub is shared with a whole organization. */
  readonly hasOrganization: (id: string) => boolean;
  /** Whether the hub is shared with an organization path, or with every path that a pattern matches. */
  readonly hasPath: (path: string) => boolean;
  /** Whether an ARN, or its placeholder in a plan, belongs to a known account. */
  readonly hasArn: (arn: string) => boolean;
}

/** The known accounts. Without the hub's configuration, no organization is known. */
export const knownAccountsOf = cached(({ accountMap, shareWith, stacks }: AllStacks): KnownAccounts => {
  const accounts = accountMap.map(({ account }) => account);
  const hub = accountMap.find(({ name }) => stacks.some((stack) => stack.isHub && stack.name === name))?.account ?? "";
  const members = membersOf({ shareWith, hub, accounts });
  const hasAccount = (account: string): boolean => accounts.includes(account);
  const shared = members.kind === "accounts" ? [] : members.values;
  const paths = shared.map((each) => (each.includes("/") ? each : `${each}/*`));
  const placeholders = new Set(
    stacks.flatMap(({ resources }) => resources.flatMap((each) => [each.id, attribute(each, "arn")])),
  );
  return {
    members,
    hasAccount,
    hasOrganization: (id) => paths.includes(`${id}/*`),
    // The value may be a pattern: its wildcards match only a wildcard of the shared path.
    hasPath: (path) => paths.some((pattern) => like(pattern, path)),
    hasArn: (arn) => {
      const account = accountInArn(arn);
      if (account !== undefined) return hasAccount(account);
      return placeholders.has(arn) || placeholders.has(withoutAttribute(arn));
    },
  };
});

/** The account in an ARN; undefined if it has none or a wildcard, or is not an ARN. */
export function accountInArn(arn: string): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}

/** The placeholder of a resource's id, `${TYPE::NAME}`, from that of one of its attributes, `${TYPE::NAME.ATTRIBUTE}`. */
function withoutAttribute(placeholder: string): string {
  return placeholder.replace(/^(\$\{[^{}]+?)(?:\.\w+)?\}$/, "$1}");
}

/** A condition key that identifies the account or organization of one side of a request. */
interface IdentityKey {
  readonly name: string;
  readonly side: Side;
  /** Kind of its values. */
  readonly names: "account" | "organization" | "path" | "arn";
}

/**
 * Condition keys that identify accounts (IAM User Guide, "AWS global condition context keys"; Service Authorization
 * Reference). Default policies of SNS topics use `aws:SourceOwner`; EKS Pod Identity passes the cluster as a session tag
 * (Amazon EKS User Guide, "Grant Pods access to AWS resources based on tags").
 */
const KEYS: readonly IdentityKey[] = [
  { name: "aws:PrincipalAccount", side: "Principal", names: "account" },
  { name: "aws:PrincipalOrgID", side: "Principal", names: "organization" },
  { name: "aws:PrincipalOrgPaths", side: "Principal", names: "path" },
  { name: "aws:PrincipalArn", side: "Principal", names: "arn" },
  { name: "kms:CallerAccount", side: "Principal", names: "account" },
  { name: "aws:SourceOwner", side: "Principal", names: "account" },
  { name: "aws:SourceAccount", side: "Source", names: "account" },
  { name: "aws:SourceOrgID", side: "Source", names: "organization" },
  { name: "aws:SourceOrgPaths", side: "Source", names: "path" },
  { name: "aws:SourceArn", side: "Source", names: "arn" },
  { name: "aws:RequestTag/eks-cluster-arn", side: "Source", names: "arn" },
  { name: "aws:ResourceAccount", side: "Resource", names: "account" },
  { name: "aws:ResourceOrgID", side: "Resource", names: "organization" },
  { name: "aws:ResourceOrgPaths", side: "Resource", names: "path" },
  { name: "s3:ResourceAccount", side: "Resource", names: "account" },
  { name: "s3:DataAccessPointAccount", side: "Resource", names: "account" },
];

/** The identity key of a condition, if it has one. */
export function identityKey(condition: IamCondition): IdentityKey | undefined {
  return KEYS.find(({ name }) => isAbout(condition, name));
}

/** Whether a value of an identity key names only known accounts. */
export function isKnown({ names }: Pick<IdentityKey, "names">, value: string, known: KnownAccounts): boolean {
  switch (names) {
    case "account":
      return known.hasAccount(value);
    case "organization":
      return known.hasOrganization(value);
    case "path":
      return known.hasPath(value);
    case "arn":
      return known.hasArn(value);
  }
}
