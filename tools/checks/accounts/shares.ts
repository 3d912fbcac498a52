import type { AllStacks, StackResources } from "../../model/stacks";
import { attribute, knows, text } from "../../model/resource";
import type { Seen } from "../check";

const PRINCIPAL = "aws:ram/principalAssociation:PrincipalAssociation";
const RESOURCE = "aws:ram/resourceAssociation:ResourceAssociation";
const GATEWAY = "aws:ec2transitgateway/transitGateway:TransitGateway";

/** Resource shares that allow accounts outside the organization. */
export function openShares(stack: StackResources): Seen[] {
  return stack.resources
    .filter(({ type }) => type === "aws:ram/resourceShare:ResourceShare")
    .filter((each) => knows(each, "allowExternalPrincipals") && each.inputs["allowExternalPrincipals"] !== false)
    .map(({ name }) => ({
      passed: false,
      evidence: `resource share ${name} allows accounts outside the organization`,
    }));
}

/** Shared resources other than the transit gateway. A resource that a preview does not know yet has no ARN. */
export function sharedBesides(stack: StackResources): Seen[] {
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
export function inNoShare({ isHub, resources }: StackResources): Seen[] {
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
export function shareOf({ name, isHub, resources }: StackResources, { accountMap, shareWith }: AllStacks): Seen[] {
  const own = accountMap.find((network) => network.name === name)?.account;
  const principals = resources.filter(({ type }) => type === PRINCIPAL).map((each) => text(each, "principal"));
  if (own === undefined || (!isHub && principals.length === 0)) return [];
  const all =
    shareWith.length > 0 ? shareWith : accountMap.map(({ account }) => account).filter((each) => each !== own);
  // Spokes share nothing.
  const wanted = isHub ? all : [];
  const strangers = principals.filter((each) => !wanted.includes(each));
  const lacking = wanted.filter((each) => !principals.includes(each));
  const faults = [
    ...(lacking.length > 0 ? [`does not include ${lacking.map((each) => nameOf(each, accountMap)).join(", ")}`] : []),
    ...(strangers.length > 0 ? [`includes ${strangers.join(", ")}, which is not in the account map`] : []),
  ];
  const what = faults.length > 0 ? faults.join(" and ") : `includes ${principals.join(", ") || "no account"}`;
  return [{ passed: faults.length === 0, evidence: `the transit gateway's resource share ${what}` }];
}

function nameOf(principal: string, accountMap: AllStacks["accountMap"]): string {
  return accountMap.find(({ account }) => account === principal)?.name ?? principal;
}

/** Repositories without a policy, from which no other account can pull. */
export function unshared({ resources }: StackResources): Seen[] {
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
