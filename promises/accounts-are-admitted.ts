import type { Estate, EstateStack } from "../model/estate";
import { text } from "../model/resource";
import { conditionValues, policiesOf } from "./policy-documents";
import { finding, type NetworkPromise } from "./promise";

/** Keys by which policies list accounts. */
const KEYS = ["aws:PrincipalAccount", "aws:SourceAccount"] as const;

/** What is for its own network's account alone. */
const OWN: readonly string[] = ["Gateway"];

export const accountsAreAdmitted: NetworkPromise = {
  name: "accounts-are-admitted",
  sentence: "What is shared by account is shared with every network's account, and no stranger's.",
  check(stack, all) {
    const lists = policiesOf(stack.resources).flatMap(({ resource, document }) =>
      document.Statement.flatMap((statement) =>
        KEYS.flatMap((key) => {
          const values = conditionValues(statement, key).filter((value) => /^\d{12}$/.test(value));
          const isShared = stack.isHub && !OWN.includes(text(resource, "vpcEndpointType"));
          return values.length === 0 ? [] : [{ place: `${resource.name} ${statement.Sid ?? key}`, values, isShared }];
        }),
      ),
    );
    if (lists.length === 0) return undefined;
    return finding([...lists, ...shareOf(stack, all)].map((list) => judged(list, all)).concat(unshared(stack)));
  },
};

/** The share of the transit gateway, of hand-listed accounts: an organization's members are not known here. */
function shareOf({ name, isHub, resources }: EstateStack, { register }: Estate): AccountList[] {
  const principals = resources
    .filter(({ type }) => type === "aws:ram/principalAssociation:PrincipalAssociation")
    .map((each) => text(each, "principal"));
  const own = register.find((network) => network.name === name)?.account;
  if (!isHub || own === undefined || principals.some((each) => each.startsWith("arn:"))) return [];
  return [{ place: "the share of the transit gateway", values: [own, ...principals], isShared: true }];
}

/** Repositories that have no policy, so that no other account pulls from them. */
function unshared({ resources }: EstateStack) {
  const policies = resources.filter(({ type }) => type === "aws:ecr/repositoryPolicy:RepositoryPolicy");
  const open = policies.map((policy) => text(policy, "repository"));
  return resources
    .filter(({ type }) => type === "aws:ecr/repository:Repository")
    .filter((repository) => ![repository.id, text(repository, "name")].some((each) => open.includes(each)))
    .map(({ name }) => ({ holds: false, evidence: `${name} is shared with no account` }));
}

interface AccountList {
  readonly place: string;
  readonly values: readonly string[];
  /** Whether it must list every network's account. */
  readonly isShared: boolean;
}

function judged({ place, values, isShared }: AccountList, { register }: Estate) {
  const strangers = values.filter((value) => !register.some(({ account }) => account === value));
  const names = isShared ? register.filter(({ account }) => !values.includes(account)).map(({ name }) => name) : [];
  const faults = [
    ...(names.length > 0 ? [`leaves out ${names.join(", ")}`] : []),
    ...(strangers.length > 0 ? [`lists ${strangers.join(", ")}, of no network`] : []),
  ];
  const evidence = faults.length === 0 ? `lists ${String(values.length)} of our accounts` : faults.join(" and ");
  return { holds: faults.length === 0, evidence: `${place} ${evidence}` };
}
