import { keysInPlaceOf, membersOf, type Members, type Side } from "../components/members";
import type { Statement } from "../components/policy-document";
import type { Estate, EstateStack } from "../model/estate";
import { text } from "../model/resource";
import { listed, policiesOf, type PlacedPolicy } from "./policy-documents";
import { finding, type NetworkPromise } from "./promise";

interface Seen {
  readonly holds: boolean;
  readonly evidence: string;
}

/** Sides that a condition may name us on, each by account, by organization or by organization path. */
const SIDES: readonly Side[] = ["Principal", "Source", "Resource"];

/** Operators that compare with whole values; the second is for the many paths of an account. */
const EQUAL: readonly string[] = ["StringEquals", "ForAnyValue:StringLike"];

export const accountsAreAdmitted: NetworkPromise = {
  name: "accounts-are-admitted",
  sentence: "What is shared by account or organization is shared with all of ours, and no stranger.",
  check(stack, all) {
    const ours = oursIn(all);
    const policies = policiesOf(stack.resources).flatMap((policy) => {
      const named = policy.document.Statement.flatMap(namedIn);
      if (named.length === 0) return [];
      const faults = [...strangersIn(named, ours, all), ...(isShared(stack, policy) ? leftOut(named, ours, all) : [])];
      const what = faults.length > 0 ? faults.join(" and ") : `names ${inWords(named)}`;
      return [{ holds: faults.length === 0, evidence: `${policy.resource.name} ${what}` }];
    });
    if (policies.length === 0) return undefined;
    return finding([...policies, ...shareOf(stack, all), ...unshared(stack)]);
  },
};

/** A condition by which a statement names who belongs to us. */
interface Named {
  readonly statement: Statement;
  readonly side: Side;
  readonly operator: string;
  readonly values: readonly string[];
}

/** A Deny that names us is a lock, and shares nothing. */
function namedIn(statement: Statement): Named[] {
  if (statement.Effect === "Deny") return [];
  return SIDES.flatMap((side) =>
    Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      keysInPlaceOf(`aws:${side}Account`).flatMap((key) =>
        keys[key] === undefined ? [] : [{ statement, side, operator, values: listed(keys[key]) }],
      ),
    ),
  );
}

/** Who belongs to us by the configuration. Where the hub is not seen, nothing of it is judged. */
function oursIn({ register, shareWith, stacks }: Estate): Members {
  const hub = register.find(({ name }) => stacks.some((stack) => stack.isHub && stack.name === name))?.account ?? "";
  return membersOf({ shareWith, hub, accounts: register.map(({ account }) => account) });
}

function strangersIn(named: readonly Named[], ours: Members, { register }: Estate): string[] {
  const known = new Set([...ours.values, ...register.map(({ account }) => account)]);
  const strangers = named.flatMap(({ values }) => values.filter((value) => !known.has(value)));
  const loose = named.filter(({ operator }) => !EQUAL.includes(operator)).map(({ operator }) => operator);
  return [
    ...(strangers.length > 0 ? [`names ${[...new Set(strangers)].join(", ")}, of no network`] : []),
    ...(loose.length > 0 ? [`compares by ${[...new Set(loose)].join(", ")}`] : []),
  ];
}

/** What a policy that all share allows to some of us, and not to all: by action and side, over all of its statements. */
function leftOut(named: readonly Named[], ours: Members, { register }: Estate): string[] {
  const actions = [...new Set(named.flatMap(({ statement }) => listed(statement.Action)))];
  const lacking = SIDES.flatMap((side) =>
    actions.flatMap((action) => {
      const on = named.filter((each) => each.side === side && listed(each.statement.Action).includes(action));
      const values = new Set(on.flatMap((each) => each.values));
      return on.length === 0 ? [] : ours.values.filter((value) => !values.has(value));
    }),
  );
  const names = [...new Set(lacking)].map((value) => register.find(({ account }) => account === value)?.name ?? value);
  return names.length > 0 ? [`leaves out ${names.join(", ")}`] : [];
}

/** Whether all of us are to be in a policy: a gateway endpoint is for its own VPC, a role for whom it is made for. */
function isShared({ isHub }: EstateStack, { resource }: PlacedPolicy): boolean {
  return isHub && resource.type !== "aws:iam/role:Role" && text(resource, "vpcEndpointType") !== "Gateway";
}

function inWords(named: readonly Named[]): string {
  const values = [...new Set(named.flatMap((each) => each.values))];
  const accounts = values.filter((value) => /^\d{12}$/.test(value));
  const others = values.filter((value) => !accounts.includes(value));
  return [...(accounts.length > 0 ? [`${String(accounts.length)} of our accounts`] : []), ...others].join(", ");
}

/** The share of the transit gateway: with the accounts of the register, or with what the hub is shared with. */
function shareOf({ name, isHub, resources }: EstateStack, { register, shareWith }: Estate): Seen[] {
  const own = register.find((network) => network.name === name)?.account;
  if (!isHub || own === undefined) return [];
  const principals = resources
    .filter(({ type }) => type === "aws:ram/principalAssociation:PrincipalAssociation")
    .map((each) => text(each, "principal"));
  const wanted =
    shareWith.length > 0 ? shareWith : register.map(({ account }) => account).filter((each) => each !== own);
  const strangers = principals.filter((each) => !wanted.includes(each));
  const lacking = wanted.filter((each) => !principals.includes(each));
  const faults = [
    ...(lacking.length > 0 ? [`leaves out ${lacking.map((each) => nameOf(each, register)).join(", ")}`] : []),
    ...(strangers.length > 0 ? [`names ${strangers.join(", ")}, of no network`] : []),
  ];
  const what = faults.length > 0 ? faults.join(" and ") : `names ${principals.join(", ") || "nobody"}`;
  return [{ holds: faults.length === 0, evidence: `the share of the transit gateway ${what}` }];
}

function nameOf(principal: string, register: Estate["register"]): string {
  return register.find(({ account }) => account === principal)?.name ?? principal;
}

/** Repositories that have no policy, so that no other account pulls from them. */
function unshared({ resources }: EstateStack): Seen[] {
  const policies = resources.filter(({ type }) => type === "aws:ecr/repositoryPolicy:RepositoryPolicy");
  const open = policies.map((policy) => text(policy, "repository"));
  return resources
    .filter(({ type }) => type === "aws:ecr/repository:Repository")
    .filter((repository) => ![repository.id, text(repository, "name")].some((each) => open.includes(each)))
    .map(({ name }) => ({ holds: false, evidence: `${name} is shared with no account` }));
}
