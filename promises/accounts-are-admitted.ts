import type { Estate, EstateStack } from "../model/estate";
import { attribute, text } from "../model/resource";
import { conditionValues, policiesOf } from "./policy-documents";
import { finding, type NetworkPromise } from "./promise";
import type { Seen } from "./ways-in-words";

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
    const shared = [...sharesOf(stack, all), ...notShared(stack)];
    if (lists.length === 0 && shared.length === 0) return undefined;
    return finding([...lists.map((list) => judged(list, all)), ...shared, ...unshared(stack)]);
  },
};

const PRINCIPAL = "aws:ram/principalAssociation:PrincipalAssociation";
const RESOURCE = "aws:ram/resourceAssociation:ResourceAssociation";

/** An organization, or a unit of one: its members are not known here. */
const ORGANIZATION = /^arn:[a-z-]+:organizations:/;

/** Shares of resources. The hub's, that of the transit gateway, is for every network; a spoke has none of its own need. */
function sharesOf({ name, isHub, resources }: EstateStack, all: Estate): Seen[] {
  const principals = resources.filter(({ type }) => type === PRINCIPAL).map((each) => text(each, "principal"));
  const own = all.register.find((network) => network.name === name)?.account;
  const isByOrganization = principals.some((each) => ORGANIZATION.test(each));
  // Roles and users have the account in their ARN.
  const accounts = principals.filter((each) => !ORGANIZATION.test(each)).map((each) => each.split(":")[4] ?? each);
  if (own === undefined || (accounts.length === 0 && (!isHub || isByOrganization))) return [];
  const place = isHub ? "the share of the transit gateway" : "a share of resources";
  return [judged({ place, values: [own, ...accounts], isShared: isHub && !isByOrganization }, all)];
}

/** A share that holds nothing: the transit gateway is in none then, and no other account attaches to it. */
function notShared({ isHub, resources }: EstateStack): Seen[] {
  const gateways = resources.filter(({ type }) => type === "aws:ec2transitgateway/transitGateway:TransitGateway");
  const hasPrincipals = resources.some(({ type }) => type === PRINCIPAL);
  if (!isHub || !hasPrincipals) return [];
  const arns = resources.filter(({ type }) => type === RESOURCE).map((each) => text(each, "resourceArn"));
  return (
    gateways
      // A preview reads an ARN that is not known as the resource that it comes from, or not at all.
      .filter((gateway) => !["", gateway.id, attribute(gateway, "arn")].some((arn) => arns.includes(arn)))
      .map(({ name }) => ({ holds: false, evidence: `the transit gateway ${name} is in no share` }))
  );
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
