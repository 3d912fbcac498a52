import type { Side } from "../../components/members";
import { type IamCondition, type IamStatement, inShort } from "../model/iam/document";
import { findDocuments } from "../model/iam/find-documents";
import { type AllStacks, attribute, knows, type ModelResource, type StackResources, text } from "../model/resource";
import { statementFaults } from "./accounts/statements";
import { isNetworking } from "./data-and-access-are-protected";
import { finding, type NetworkCheck, type Observation, resourcesOfType } from "./shared/check";
import { identityKey, type KnownAccounts, knownAccountsOf, type LocatedPolicy, readPolicies } from "./shared/policies";

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

const SHARE = "aws:ram/resourceShare:ResourceShare";
const SHARED_WITH = "aws:ram/principalAssociation:PrincipalAssociation";
const SHARED_RESOURCE = "aws:ram/resourceAssociation:ResourceAssociation";
const RESOLVER_RULE = "aws:route53/resolverRule:ResolverRule";
const GATEWAY = "aws:ec2transitgateway/transitGateway:TransitGateway";

/** Access that a stack gives, or fails to give, other accounts without a policy document. */
function observeAccessWithoutPolicy(stack: StackResources, all: AllStacks, known: KnownAccounts): Observation[] {
  const topics = all.alarms?.get(stack.name)?.topics ?? [];
  return [
    ...stack.resources.flatMap((resource) =>
      propertyFaults(resource, known, topics).map((fault) => ({
        passed: false,
        evidence: `${resource.name} ${fault}`,
      })),
    ),
    ...gatewayShare(stack, all),
    ...unsharedGateways(stack),
    ...otherSharedResources(stack),
    ...externalShares(stack),
    ...repositoriesWithoutPolicy(stack),
  ];
}

/** Properties that name an account or a principal. */
const NAMES_ACCOUNT = /^(?:\w*account(?:id)?s?|\w*ownerid|\w*principal|registryid|userids?)$/i;

/** Values of such a property that mean everyone. */
const EVERYBODY = ["*", "all", "public"];

/** Properties of alarms with the topics that they notify. */
const ALARM_ACTIONS: readonly string[] = ["alarmActions", "okActions"];

/** Levels of nesting that are searched; deeper ones are reported by `wildcards-are-allowlisted`. */
const MAX_DEPTH = 50;

/**
 * Faults of a resource, each as part of a sentence: an unknown account in an ARN or in a property for accounts, as in key
 * grants, function permissions, event targets and image copies.
 *
 * @param topics - topics of the configuration, which alarms may notify whatever account they are in
 */
function propertyFaults(resource: ModelResource, known: KnownAccounts, topics: readonly string[]): string[] {
  if (isNetworking(resource.type)) return [];
  const policies = new Set(findDocuments(resource).map(({ path }) => path));
  const faults = new Set<string>();
  const open: { value: unknown; path: readonly string[] }[] = [{ value: resource.inputs, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (path.length > MAX_DEPTH || policies.has(path.join("."))) continue;
    if (typeof value === "string") {
      if (ALARM_ACTIONS.includes(path[0] ?? "") && topics.includes(value)) continue;
      for (const fault of textFaults(value, path, known)) faults.add(fault);
    } else if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value).filter(([name]) => !/^tags(?:All)?$/.test(name));
      open.push(...entries.map(([name, each]) => ({ value: each as unknown, path: [...path, name] })));
    }
  }
  return [...[...faults].sort(), ...permissionFaults(resource, known)];
}

/** Accounts in the ARNs of a text, including JSON. */
const ARNS = /arn:[\w-]*:[\w-]*:[\w-]*:(\d{12}):/g;

function textFaults(value: string, path: readonly string[], known: KnownAccounts): string[] {
  const property = path.filter((name) => !/^\d+$/.test(name)).at(-1) ?? "";
  const namesAccount = NAMES_ACCOUNT.test(property);
  if (namesAccount && EVERYBODY.includes(value.toLowerCase())) return [`names everyone in ${property}`];
  const accounts = [...value.matchAll(ARNS)].map(([, account = ""]) => account);
  if (namesAccount && /^\d{12}$/.test(value)) accounts.push(value);
  return accounts
    .filter((account) => !known.hasAccount(account))
    .map((account) => `names ${account} in ${property}, which is not in the account map`);
}

/** A service calls a function on behalf of any customer, so the source must be restricted, as in a policy. */
function permissionFaults(resource: ModelResource, known: KnownAccounts): string[] {
  if (resource.type !== "aws:lambda/permission:Permission") return [];
  const principal = text(resource, "principal");
  if (!principal.endsWith(".amazonaws.com")) return [];
  const isRestricted = known.hasAccount(text(resource, "sourceAccount")) || known.hasArn(text(resource, "sourceArn"));
  return isRestricted ? [] : [`allows ${inShort(principal)} on behalf of any account`];
}

/** The transit gateway's resource share: with the accounts of the account map, or with the configured organizations. */
function gatewayShare(stack: StackResources, { accountMap, shareWith }: AllStacks): Observation[] {
  const { isHub } = stack;
  const own = accountMap.find(({ name }) => name === stack.name)?.account;
  const principals = resourcesOfType(stack, SHARED_WITH).map((each) => text(each, "principal"));
  if (own === undefined || (!isHub && principals.length === 0)) return [];
  const all =
    shareWith.length > 0 ? shareWith : accountMap.map(({ account }) => account).filter((each) => each !== own);
  // Spokes share nothing.
  const expected = isHub ? all : [];
  const unexpected = principals.filter((each) => !expected.includes(each));
  const missing = expected.filter((each) => !principals.includes(each));
  const faults = [
    ...(missing.length > 0 ? [`does not include ${missing.map((each) => nameOf(each, accountMap)).join(", ")}`] : []),
    ...(unexpected.length > 0 ? [`includes ${unexpected.join(", ")}, which is not in the account map`] : []),
  ];
  const what = faults.length > 0 ? faults.join(" and ") : `includes ${principals.join(", ") || "no account"}`;
  return [{ passed: faults.length === 0, evidence: `the transit gateway's resource share ${what}` }];
}

function nameOf(principal: string, accountMap: AllStacks["accountMap"]): string {
  return accountMap.find(({ account }) => account === principal)?.name ?? principal;
}

/** Transit gateways of the hub in no resource share, so that no other account can attach to them. */
function unsharedGateways(stack: StackResources): Observation[] {
  if (!stack.isHub || resourcesOfType(stack, SHARED_WITH).length === 0) return [];
  const arns = resourcesOfType(stack, SHARED_RESOURCE).map((each) => text(each, "resourceArn"));
  return (
    resourcesOfType(stack, GATEWAY)
      // In a preview, an unknown ARN is the placeholder of its resource, or empty.
      .filter((gateway) => !["", gateway.id, attribute(gateway, "arn")].some((arn) => arns.includes(arn)))
      .map(({ name }) => ({ passed: false, evidence: `transit gateway ${name} is in no resource share` }))
  );
}

/** Shared resources other than the transit gateway and the Resolver rules of forwarded domains. A resource that a preview does not know yet has no ARN. */
function otherSharedResources(stack: StackResources): Observation[] {
  const shared = [GATEWAY, RESOLVER_RULE].flatMap((type) => resourcesOfType(stack, type));
  const known = shared.map((each) => attribute(each, "arn"));
  return resourcesOfType(stack, SHARED_RESOURCE)
    .filter((each) => !["", ...known].includes(text(each, "resourceArn")))
    .map((each) => ({
      passed: false,
      evidence: `${each.name} shares ${text(each, "resourceArn")} with RAM, expected only the transit gateway and Resolver rules`,
    }));
}

/** Resource shares that allow accounts outside the organization. */
function externalShares(stack: StackResources): Observation[] {
  return resourcesOfType(stack, SHARE)
    .filter((each) => knows(each, "allowExternalPrincipals") && each.inputs["allowExternalPrincipals"] !== false)
    .map(({ name }) => ({
      passed: false,
      evidence: `resource share ${name} allows accounts outside the organization`,
    }));
}

/** Repositories without a policy, from which no other account can pull. */
function repositoriesWithoutPolicy(stack: StackResources): Observation[] {
  const shared = resourcesOfType(stack, "aws:ecr/repositoryPolicy:RepositoryPolicy").map((each) =>
    text(each, "repository"),
  );
  return resourcesOfType(stack, "aws:ecr/repository:Repository")
    .filter((repository) => ![repository.id, text(repository, "name")].some((each) => shared.includes(each)))
    .map(({ name }) => ({
      passed: false,
      evidence: `repository ${name} has no policy, so no other account can pull from it`,
    }));
}
