import type { Side } from "../../components/members";
import type { AllStacks, StackResources } from "../model/stacks";
import type { IamCondition, IamStatement } from "../model/iam/document";
import { text } from "../model/resource";
import { identityKey } from "./accounts/identity-keys";
import { oursIn, type Ours } from "./accounts/ours";
import { outsideIdentities } from "./accounts/outside-identities";
import { inNoShare, openShares, sharedBesides, shareOf, unshared } from "./accounts/shares";
import { strangersIn } from "./accounts/strangers";
import { strangersWithoutPolicy } from "./accounts/without-policy";
import { policiesOf, type PlacedPolicy } from "./policy-documents";
import { finding, type NetworkCheck, type Seen } from "./check";

export const onlyKnownAccountsHaveAccess: NetworkCheck = {
  name: "only-known-accounts-have-access",
  sentence: "Everything shared across accounts is shared with all known accounts, and with no others.",
  check(stack, all) {
    const ours = oursIn(all);
    const seen = [
      ...policiesOf(stack.resources).flatMap((policy) => admissions(stack, policy, ours, all)),
      ...stack.resources.flatMap((resource) =>
        strangersWithoutPolicy(resource, ours).map((evidence) => ({
          passed: false,
          evidence: `${resource.name} ${evidence}`,
        })),
      ),
      ...shareOf(stack, all),
      ...inNoShare(stack),
      ...sharedBesides(stack),
      ...openShares(stack),
      ...unshared(stack),
    ];
    return seen.length === 0 ? undefined : finding(seen);
  },
};

/** A condition with which a statement names our accounts or organizations. */
interface Named {
  readonly statement: IamStatement;
  readonly side: Side;
  readonly condition: IamCondition;
}

/** The accounts that a policy allows by name. A Deny restricts access, so it shares nothing. */
function admissions(stack: StackResources, policy: PlacedPolicy, ours: Ours, all: AllStacks): Seen[] {
  const statements = policy.document.statements.filter(({ effect }) => effect === "Allow");
  const named = statements.flatMap(namedIn);
  const faults = [
    ...statements.flatMap((each) => [...strangersIn(each, ours), ...outsideIdentities(stack, policy, each, ours)]),
    ...(isShared(stack, policy) ? leftOut(named, ours, all) : []),
  ];
  const { name } = policy.resource;
  if (faults.length > 0) return [{ passed: false, evidence: `${name} ${[...new Set(faults)].join(" and ")}` }];
  return named.length === 0 ? [] : [{ passed: true, evidence: `${name} allows ${inWords(named)}` }];
}

function namedIn(statement: IamStatement): Named[] {
  return statement.conditions.flatMap((condition) => {
    const key = identityKey(condition);
    return key === undefined || key.names === "arn" ? [] : [{ statement, side: key.side, condition }];
  });
}

/** Accounts that a shared policy leaves out, by action and side, over all of its statements. */
function leftOut(named: readonly Named[], { members }: Ours, { accountMap }: AllStacks): string[] {
  const sides = [...new Set(named.map(({ side }) => side))];
  const actions = [...new Set(named.flatMap(({ statement }) => statement.actions.list))];
  const lacking = sides.flatMap((side) =>
    actions.flatMap((action) => {
      const on = named.filter((each) => each.side === side && each.statement.actions.list.includes(action));
      const values = new Set(on.flatMap(({ condition }) => condition.values));
      return on.length === 0 ? [] : members.values.filter((value) => !values.has(value));
    }),
  );
  const names = [...new Set(lacking)].map(
    (value) => accountMap.find(({ account }) => account === value)?.name ?? value,
  );
  return names.length > 0 ? [`does not allow ${names.join(", ")}`] : [];
}

/** Whether a policy must allow all accounts; gateway endpoints serve their own VPC, and roles have specific callers. */
function isShared({ isHub }: StackResources, { resource }: PlacedPolicy): boolean {
  return isHub && resource.type !== "aws:iam/role:Role" && text(resource, "vpcEndpointType") !== "Gateway";
}

function inWords(named: readonly Named[]): string {
  const values = [...new Set(named.flatMap(({ condition }) => condition.values))];
  const accounts = values.filter((value) => /^\d{12}$/.test(value));
  const others = values.filter((value) => !accounts.includes(value));
  return [...(accounts.length > 0 ? [`${String(accounts.length)} accounts of the account map`] : []), ...others].join(
    ", ",
  );
}
