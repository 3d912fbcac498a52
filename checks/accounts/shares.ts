import type { Estate, EstateStack } from "../../model/estate";
import { attribute, knows, text } from "../../model/resource";
import type { Seen } from "../check";

const PRINCIPAL = "aws:ram/principalAssociation:PrincipalAssociation";
const RESOURCE = "aws:ram/resourceAssociation:ResourceAssociation";
const GATEWAY = "aws:ec2transitgateway/transitGateway:TransitGateway";

/** Whether a share is for accounts of the organization alone. */
export function openShares(stack: EstateStack): Seen[] {
  return stack.resources
    .filter(({ type }) => type === "aws:ram/resourceShare:ResourceShare")
    .filter((each) => knows(each, "allowExternalPrincipals") && each.inputs["allowExternalPrincipals"] !== false)
    .map(({ name }) => ({
      passed: false,
      evidence: `the share ${name} may be with accounts outside of the organization`,
    }));
}

/** What the hub shares: its transit gateway alone. A resource that a preview does not know yet has no ARN. */
export function sharedBesides(stack: EstateStack): Seen[] {
  const gateways = stack.resources.filter(({ type }) => type === GATEWAY).map((gateway) => attribute(gateway, "arn"));
  return stack.resources
    .filter(({ type }) => type === RESOURCE)
    .filter((each) => !["", ...gateways].includes(text(each, "resourceArn")))
    .map((each) => ({ passed: false, evidence: `${each.name} shares ${text(each, "resourceArn")} by RAM` }));
}

/** Transit gateways of the hub that no share contains: no other account can attach to them. */
export function inNoShare({ isHub, resources }: EstateStack): Seen[] {
  if (!isHub || !resources.some(({ type }) => type === PRINCIPAL)) return [];
  const arns = resources.filter(({ type }) => type === RESOURCE).map((each) => text(each, "resourceArn"));
  return (
    resources
      .filter(({ type }) => type === GATEWAY)
      // A preview reads an ARN that is not known as the resource that it comes from, or not at all.
      .filter((gateway) => !["", gateway.id, attribute(gateway, "arn")].some((arn) => arns.includes(arn)))
      .map(({ name }) => ({ passed: false, evidence: `the transit gateway ${name} is in no share` }))
  );
}

/** The share of the transit gateway: with the accounts of the register, or with what the hub is shared with. */
export function shareOf({ name, isHub, resources }: EstateStack, { register, shareWith }: Estate): Seen[] {
  const own = register.find((network) => network.name === name)?.account;
  const principals = resources.filter(({ type }) => type === PRINCIPAL).map((each) => text(each, "principal"));
  if (own === undefined || (!isHub && principals.length === 0)) return [];
  const all = shareWith.length > 0 ? shareWith : register.map(({ account }) => account).filter((each) => each !== own);
  // A spoke shares nothing.
  const wanted = isHub ? all : [];
  const strangers = principals.filter((each) => !wanted.includes(each));
  const lacking = wanted.filter((each) => !principals.includes(each));
  const faults = [
    ...(lacking.length > 0 ? [`leaves out ${lacking.map((each) => nameOf(each, register)).join(", ")}`] : []),
    ...(strangers.length > 0 ? [`names ${strangers.join(", ")}, of no network`] : []),
  ];
  const what = faults.length > 0 ? faults.join(" and ") : `names ${principals.join(", ") || "nobody"}`;
  return [{ passed: faults.length === 0, evidence: `the share of the transit gateway ${what}` }];
}

function nameOf(principal: string, register: Estate["register"]): string {
  return register.find(({ account }) => account === principal)?.name ?? principal;
}

/** Repositories that have no policy, so that no other account pulls from them. */
export function unshared({ resources }: EstateStack): Seen[] {
  const policies = resources.filter(({ type }) => type === "aws:ecr/repositoryPolicy:RepositoryPolicy");
  const open = policies.map((policy) => text(policy, "repository"));
  return resources
    .filter(({ type }) => type === "aws:ecr/repository:Repository")
    .filter((repository) => ![repository.id, text(repository, "name")].some((each) => open.includes(each)))
    .map(({ name }) => ({ passed: false, evidence: `${name} is shared with no account` }));
}
