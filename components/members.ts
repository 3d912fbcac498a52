import type { Condition, Statement } from "./policy-document";

/**
 * The accounts that policies trust: those of `networks`, one by one, or the organizations and OUs in `share-with`,
 * which contain these accounts and stay the same when a network joins.
 */
export type Members = AccountMembers | OrganizationMembers | UnitMembers;

/** AWS accounts, 12 digits each, sorted. */
interface AccountMembers {
  readonly kind: "accounts";
  readonly values: readonly string[];
}

/** Organization ids, `o-a1b2c3d4e5`, sorted. */
interface OrganizationMembers {
  readonly kind: "organizations";
  readonly values: readonly string[];
}

/**
 * Patterns of organization paths, sorted: a whole organization, or an OU with everything below it. The hub may be
 * outside of the OUs that it shares with, so its account is listed separately.
 */
interface UnitMembers {
  readonly kind: "paths";
  readonly values: readonly string[];
  readonly hub: string;
}

/** Whose account a condition checks: the caller's, the one that an AWS service calls for, or the resource owner's. */
export type Side = "Principal" | "Source" | "Resource";

/**
 * Names of the condition keys, after the side (IAM User Guide, "AWS global condition context keys"). A request has the
 * `Source` keys when an AWS service calls for a resource of an account; it has `aws:SourceOrgID` and
 * `aws:SourceOrgPaths` if that account is in an organization.
 */
const KEYS = { accounts: "Account", organizations: "OrgID", paths: "OrgPaths" } as const;

/** Form of the ARNs in `share-with` (AWS Organizations API Reference, `Organization` and `OrganizationalUnit`). */
const SHARED = /:organizations::\d{12}:(?:organization\/(o-[a-z0-9]+)|ou\/(o-[a-z0-9]+)\/(ou-[a-z0-9-]+))$/;

/**
 * Reads the members from the configuration.
 *
 * @throws RangeError for an ARN of anything but an organization or an OU
 */
export function membersOf(config: {
  /** ARNs of organizations and OUs; empty: the members are the accounts themselves. */
  readonly shareWith: readonly string[];
  /** Account of the hub. */
  readonly hub: string;
  /** Accounts of all networks, including the hub's. */
  readonly accounts: readonly string[];
}): Members {
  const { shareWith, hub, accounts } = config;
  if (shareWith.length === 0) return { kind: "accounts", values: distinct(accounts) };
  const shared = shareWith.map(sharedWith);
  return shared.every(({ unit }) => unit === undefined)
    ? { kind: "organizations", values: distinct(shared.map(({ organization }) => organization)) }
    : { kind: "paths", values: distinct(shared.map(pathOf)), hub };
}

/**
 * Principal of a statement of {@link forMembers}, whose condition says who it is. A list of accounts as principals is
 * three times as long, against the size limits of policies. AWS also refuses a policy that names an account which does
 * not exist yet, and knows no organization as a principal.
 */
export const EVERYBODY = "*";

/** The condition that a side is a member. */
export function memberCondition({ kind, values }: Members, side: Side): Condition {
  const key = `aws:${side}${KEYS[kind]}`;
  return kind === "paths"
    ? // A key of many values, though an account has one path (the same page, `aws:PrincipalOrgPaths`).
      { "ForAnyValue:StringLike": { [key]: values } }
    : { StringEquals: { [key]: values } };
}

/**
 * A statement that applies when every side is a member. AWS joins the conditions of a statement by AND, and the hub's
 * account may be outside of the shared OUs. In that case there are further statements for the hub's account, with
 * `OfHub` (the hub calls) or `InHub` (the resource is the hub's) after the `Sid`.
 */
export function forMembers(members: Members, sides: readonly Side[], statement: Statement): Statement[] {
  const [side, ...others] = sides;
  if (side === undefined) return [statement];
  return [{ members, suffix: "" }, ...hubOf(members, side)].flatMap((one) =>
    forMembers(members, others, {
      ...statement,
      ...(statement.Sid === undefined ? {} : { Sid: `${statement.Sid}${one.suffix}` }),
      Condition: both(statement.Condition ?? {}, memberCondition(one.members, side)),
    }),
  );
}

/**
 * The condition keys that can replace the given one: for `aws:PrincipalAccount`, also `aws:PrincipalOrgID` and
 * `aws:PrincipalOrgPaths`.
 */
export function keysInPlaceOf(key: string): readonly string[] {
  const [, side] = /^(aws:(?:Principal|Source|Resource))Account$/.exec(key) ?? [];
  return side === undefined ? [key] : Object.values(KEYS).map((of) => `${side}${of}`);
}

/** The `Sid` that was passed to {@link forMembers}, without the suffix of a statement for the hub. */
export function givenSid(sid: string): string {
  return sid.replace(/(?:OfHub|InHub)+$/, "");
}

function hubOf(members: Members, side: Side): { members: Members; suffix: string }[] {
  if (members.kind !== "paths") return [];
  const hub: Members = { kind: "accounts", values: [members.hub] };
  return [{ members: hub, suffix: side === "Resource" ? "InHub" : "OfHub" }];
}

function sharedWith(arn: string): { organization: string; unit: string | undefined } {
  const [, whole, parent, unit] = SHARED.exec(arn) ?? [];
  const organization = whole ?? parent;
  if (organization === undefined) throw new RangeError(`${arn} is not the ARN of an organization or OU`);
  return { organization, unit };
}

// A path is o-ORG/r-ROOT/ou-ID/ou-ID/, from the organization down to the OU that the account is in.
function pathOf({ organization, unit }: ReturnType<typeof sharedWith>): string {
  return unit === undefined ? `${organization}/*` : `${organization}/*/${unit}/*`;
}

/** One condition that requires both. */
function both(one: Condition, other: Condition): Condition {
  const operators = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...operators].map((operator) => [operator, { ...one[operator], ...other[operator] }]));
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
