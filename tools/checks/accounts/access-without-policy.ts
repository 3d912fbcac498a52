import type { Estate, EstateStack } from "../../model/estate";
import { findDocuments } from "../../model/iam/find-documents";
import { inShort } from "../../model/iam/not-understood";
import { attribute, knows, type ModelResource, text } from "../../model/resource";
import { isNetworking } from "../data/reviewed-types";
import type { Seen } from "../shared/check";
import type { Ours } from "../shared/known-accounts";

const PRINCIPAL = "aws:ram/principalAssociation:PrincipalAssociation";
const RESOURCE = "aws:ram/resourceAssociation:ResourceAssociation";
const GATEWAY = "aws:ec2transitgateway/transitGateway:TransitGateway";

/** Resource shares that allow accounts outside the organization. */
export function openShares(stack: EstateStack): Seen[] {
  return stack.resources
    .filter(({ type }) => type === "aws:ram/resourceShare:ResourceShare")
    .filter((each) => knows(each, "allowExternalPrincipals") && each.inputs["allowExternalPrincipals"] !== false)
    .map(({ name }) => ({
      passed: false,
      evidence: `resource share ${name} allows accounts outside the organization`,
    }));
}

/** Shared resources other than the transit gateway. A resource that a preview does not know yet has no ARN. */
export function sharedBesides(stack: EstateStack): Seen[] {
  const gateways = stack.resources.filter(({ type }) => type === GATEWAY).map((gateway) => attribute(gateway, "arn"));
  return stack.resources
    .filter(({ type }) => type === RESOURCE)
    .filter((each) => !["", ...gateways].includes(text(each, "resourceArn")))
    .map((each) => ({
      passed: false,
      evidence: `${each.name} shares ${text(each, "resourceArn")} with RAM, expected only the transit gateway`,
    }));
}

/** Transit gateways of the hub in no resource share, so that no other account can attach to them. */
export function inNoShare({ isHub, resources }: EstateStack): Seen[] {
  if (!isHub || !resources.some(({ type }) => type === PRINCIPAL)) return [];
  const arns = resources.filter(({ type }) => type === RESOURCE).map((each) => text(each, "resourceArn"));
  return (
    resources
      .filter(({ type }) => type === GATEWAY)
      // In a preview, an unknown ARN is the placeholder of its resource, or empty.
      .filter((gateway) => !["", gateway.id, attribute(gateway, "arn")].some((arn) => arns.includes(arn)))
      .map(({ name }) => ({ passed: false, evidence: `transit gateway ${name} is in no resource share` }))
  );
}

/** The transit gateway's resource share: with the accounts of the account map, or with the configured organizations. */
export function shareOf({ name, isHub, resources }: EstateStack, { register, shareWith }: Estate): Seen[] {
  const own = register.find((network) => network.name === name)?.account;
  const principals = resources.filter(({ type }) => type === PRINCIPAL).map((each) => text(each, "principal"));
  if (own === undefined || (!isHub && principals.length === 0)) return [];
  const all = shareWith.length > 0 ? shareWith : register.map(({ account }) => account).filter((each) => each !== own);
  // Spokes share nothing.
  const wanted = isHub ? all : [];
  const strangers = principals.filter((each) => !wanted.includes(each));
  const lacking = wanted.filter((each) => !principals.includes(each));
  const faults = [
    ...(lacking.length > 0 ? [`does not include ${lacking.map((each) => nameOf(each, register)).join(", ")}`] : []),
    ...(strangers.length > 0 ? [`includes ${strangers.join(", ")}, which is not in the account map`] : []),
  ];
  const what = faults.length > 0 ? faults.join(" and ") : `includes ${principals.join(", ") || "no account"}`;
  return [{ passed: faults.length === 0, evidence: `the transit gateway's resource share ${what}` }];
}

function nameOf(principal: string, register: Estate["register"]): string {
  return register.find(({ account }) => account === principal)?.name ?? principal;
}

/** Repositories without a policy, from which no other account can pull. */
export function unshared({ resources }: EstateStack): Seen[] {
  const policies = resources.filter(({ type }) => type === "aws:ecr/repositoryPolicy:RepositoryPolicy");
  const open = policies.map((policy) => text(policy, "repository"));
  return resources
    .filter(({ type }) => type === "aws:ecr/repository:Repository")
    .filter((repository) => ![repository.id, text(repository, "name")].some((each) => open.includes(each)))
    .map(({ name }) => ({
      passed: false,
      evidence: `repository ${name} has no policy, so no other account can pull from it`,
    }));
}

/** Properties that name an account or a principal. */
const NAMES_ACCOUNT = /^(?:\w*account(?:id)?s?|\w*ownerid|\w*principal|registryid|userids?)$/i;

/** Values of such a property that mean everyone. */
const EVERYBODY = ["*", "all", "public"];

/** Levels of nesting that are searched; deeper ones are reported by `wildcards-are-allowlisted`. */
const MAX_DEPTH = 50;

/**
 * Access for unknown accounts without a policy document: an unknown account in an ARN or in a property for accounts, as in
 * key grants, function permissions, event targets and image copies.
 */
export function strangersWithoutPolicy(resource: ModelResource, ours: Ours): string[] {
  if (isNetworking(resource.type)) return [];
  const policies = new Set(findDocuments(resource).map(({ path }) => path));
  const strangers = new Set<string>();
  const open: { value: unknown; path: readonly string[] }[] = [{ value: resource.inputs, path: [] }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value, path } = place;
    if (path.length > MAX_DEPTH || policies.has(path.join("."))) continue;
    if (typeof value === "string") {
      for (const stranger of strangersInText(value, path, ours)) strangers.add(stranger);
    } else if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value).filter(([name]) => !/^tags(?:All)?$/.test(name));
      open.push(...entries.map(([name, each]) => ({ value: each as unknown, path: [...path, name] })));
    }
  }
  return [...[...strangers].sort(), ...permissionFaults(resource, ours)];
}

/** Accounts in the ARNs of a text, including JSON. */
const ARNS = /arn:[\w-]*:[\w-]*:[\w-]*:(\d{12}):/g;

function strangersInText(value: string, path: readonly string[], ours: Ours): string[] {
  const property = path.filter((name) => !/^\d+$/.test(name)).at(-1) ?? "";
  const isNamed = NAMES_ACCOUNT.test(property);
  if (isNamed && EVERYBODY.includes(value.toLowerCase())) return [`names everyone in ${property}`];
  const accounts = [...value.matchAll(ARNS)].map(([, account = ""]) => account);
  if (isNamed && /^\d{12}$/.test(value)) accounts.push(value);
  return accounts
    .filter((account) => !ours.hasAccount(account))
    .map((account) => `names ${account} in ${property}, which is not in the account map`);
}

const PERMISSION = "aws:lambda/permission:Permission";

/** A service calls a function on behalf of any customer, so the source must be restricted, as in a policy. */
function permissionFaults(resource: ModelResource, ours: Ours): string[] {
  if (resource.type !== PERMISSION) return [];
  const principal = text(resource, "principal");
  if (!principal.endsWith(".amazonaws.com")) return [];
  const isForOurs = ours.hasAccount(text(resource, "sourceAccount")) || ours.hasArn(text(resource, "sourceArn"));
  return isForOurs ? [] : [`allows ${inShort(principal)} on behalf of any account`];
}
