import { AWS_REGISTRIES } from "../../../components/facts/registries";
import type { IamStatement, Principal } from "../../model/iam/document";
import { inShort } from "../../model/iam/not-understood";
import { operatorOf } from "../../model/iam/operators";
import { hasWildcard } from "../../model/iam/pattern";
import { restricts } from "../../model/iam/restrictions";
import { identityKey, type IdentityKey } from "./identity-keys";
import { accountInArn, type Ours } from "./ours";

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
