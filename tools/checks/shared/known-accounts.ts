import { membersOf, type Members, type Side } from "../../../components/members";
import { isAbout, type IamCondition } from "../../model/iam/document";
import { like } from "../../model/iam/matching";
import { attribute } from "../../model/resource";
import type { AllStacks } from "../../model/stacks";

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

const computed = new WeakMap<AllStacks, KnownAccounts>();

/** The known accounts. Without the hub's configuration, no organization is known. */
export function knownAccountsOf(all: AllStacks): KnownAccounts {
  const found = computed.get(all) ?? compute(all);
  computed.set(all, found);
  return found;
}

function compute({ accountMap, shareWith, stacks }: AllStacks): KnownAccounts {
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
}

/** The account in an ARN; undefined if it has none or a wildcard, or is not an ARN. */
export function accountInArn(arn: string): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}

/** The placeholder of a resource's id, `${TYPE::NAME}`, from that of one of its attributes, `${TYPE::NAME.ATTRIBUTE}`. */
function withoutAttribute(placeholder: string): string {
  return placeholder.replace(/^(\$\{[^{}]+?)(?:\.\w+)?\}$/, "$1}");
}

/** A condition key that identifies the account or organization of one side of a request. */
export interface IdentityKey {
  readonly name: string;
  readonly side: Side;
  /** Kind of its values. */
  readonly names: "account" | "organization" | "path" | "arn";
}

/**
 * IamCondition keys that identify accounts (IAM User Guide, "AWS global condition context keys"; Service Authorization
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
