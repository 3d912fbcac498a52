import type { Side } from "../../components/members";
import type { IamCondition, IamStatement } from "../model/iam/document";
import { text } from "../model/resource";
import type { AllStacks, StackResources } from "../model/stacks";
import { observeAccessWithoutPolicy } from "./accounts/access-without-policy";
import { statementFaults } from "./accounts/statements";
import { finding, type NetworkCheck, type Observation } from "./shared/check";
import { identityKey, knownAccountsOf, type KnownAccounts } from "./shared/known-accounts";
import { readPolicies, type LocatedPolicy } from "./shared/policy-documents";

export const onlyKnownAccountsHaveAccess: NetworkCheck = {
  name: "only-known-accounts-have-access",
  sentence: "Everything shared across accounts is shared with all known accounts, and with no others.",
  check(stack, all) {
    const known = knownAccountsOf(all);
    const observations = [
      ...readPolicies(stack.resources).flatMap((policy) => observePolicy(stack, policy, known, all)),
      ...observeAccessWithoutPolicy(stack, all, known),
    ];
    return observations.length === 0 ? undefined : finding(observations);
  },
};

/** A condition with which a statement names accounts or organizations. */
interface NamingCondition {
  readonly statement: IamStatement;
  readonly side: Side;
  readonly condition: IamCondition;
}

/** The accounts that a policy allows by name. A Deny restricts access, so it shares nothing. */
function observePolicy(
  stack: StackResources,
  policy: LocatedPolicy,
  known: KnownAccounts,
  all: AllStacks,
): Observation[] {
  const statements = policy.document.statements.filter(({ effect }) => effect === "Allow");
  const naming = statements.flatMap(namingConditions);
  const faults = [
    ...statements.flatMap((statement) => statementFaults(stack, policy, statement, known)),
    ...(isShared(stack, policy) ? omittedAccounts(naming, known, all) : []),
  ];
  const { name } = policy.resource;
  if (faults.length > 0) return [{ passed: false, evidence: `${name} ${[...new Set(faults)].join(" and ")}` }];
  return naming.length === 0 ? [] : [{ passed: true, evidence: `${name} allows ${inWords(naming)}` }];
}

function namingConditions(statement: IamStatement): NamingCondition[] {
  return statement.conditions.flatMap((condition) => {
    const key = identityKey(condition);
    return key === undefined || key.names === "arn" ? [] : [{ statement, side: key.side, condition }];
  });
}

/** Accounts that a shared policy omits, by action and side, over all of its statements. */
function omittedAccounts(
  naming: readonly NamingCondition[],
  { members }: KnownAccounts,
  { accountMap }: AllStacks,
): string[] {
  const sides = [...new Set(naming.map(({ side }) => side))];
  const actions = [...new Set(naming.flatMap(({ statement }) => statement.actions.list))];
  const omitted = sides.flatMap((side) =>
    actions.flatMap((action) => {
      const concerned = naming.filter((each) => each.side === side && each.statement.actions.list.includes(action));
      const values = new Set(concerned.flatMap(({ condition }) => condition.values));
      return concerned.length === 0 ? [] : members.values.filter((value) => !values.has(value));
    }),
  );
  const names = [...new Set(omitted)].map(
    (value) => accountMap.find(({ account }) => account === value)?.name ?? value,
  );
  return names.length > 0 ? [`does not allow ${names.join(", ")}`] : [];
}

/** Whether a policy must allow all accounts; gateway endpoints serve their own VPC, and roles have specific callers. */
function isShared({ isHub }: StackResources, { resource }: LocatedPolicy): boolean {
  return isHub && resource.type !== "aws:iam/role:Role" && text(resource, "vpcEndpointType") !== "Gateway";
}

function inWords(naming: readonly NamingCondition[]): string {
  const values = [...new Set(naming.flatMap(({ condition }) => condition.values))];
  const accounts = values.filter((value) => /^\d{12}$/.test(value));
  const others = values.filter((value) => !accounts.includes(value));
  return [...(accounts.length > 0 ? [`${String(accounts.length)} accounts of the account map`] : []), ...others].join(
    ", ",
  );
}
