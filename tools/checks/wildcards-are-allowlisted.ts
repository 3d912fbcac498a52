import { givenSid, keysInPlaceOf } from "../../components/members";
import { dangerousActions, isEveryResource, restrictingKeys } from "../model/iam/breadth";
import type { IamStatement } from "../model/iam/document";
import { hasWildcard, like } from "../model/iam/matching";
import { isProperties, knows, text, type ModelResource } from "../model/resource";
import type { StackResources } from "../model/stacks";
import { finding, resourcesOfType, type NetworkCheck, type Observation } from "./shared/check";
import { isEverybody, readPolicies, unreadablePolicies } from "./shared/policy-documents";
import { ALLOWED_WILDCARDS, type AllowedWildcard } from "./wildcards/allowed-wildcards";
import { attachedPolicies, observeAttached } from "./wildcards/managed-policies";

export const wildcardsAreAllowlisted: NetworkCheck = {
  name: "wildcards-are-allowlisted",
  sentence: "No policy allows any principal, action or resource, except on a reviewed allowlist.",
  check(stack) {
    const observations = [
      ...unreadablePolicies(stack.resources).map(({ resource, path, reason }) => ({
        passed: false,
        evidence: `${resource.name}, ${path}: the policy cannot be read, ${reason}`,
      })),
      ...openStatements(stack).map(observeStatement),
      ...attachedPolicies(stack).map(observeAttached),
      ...endpointsWithoutPolicy(stack),
    ];
    return finding(observations.length > 0 ? observations : [{ passed: true, evidence: "no policy has a wildcard" }]);
  },
};

/** An Allow statement with a wildcard, or with an action that leads to more rights. */
interface OpenStatement {
  readonly resource: ModelResource;
  readonly sid: string;
  /** Principal, Action, Resource, their negations, and dangerous actions by name. */
  readonly open: readonly string[];
  /** Condition keys that restrict it, sorted. */
  readonly keys: readonly string[];
  /** Its entry of the allowlist, if it has one. */
  readonly allowed: AllowedWildcard | undefined;
}

/** Every open statement in the policies of a stack. */
export function openStatements(stack: StackResources): OpenStatement[] {
  return readPolicies(stack.resources).flatMap(({ resource, document }) =>
    document.statements
      .filter(({ effect }) => effect === "Allow")
      .map((statement) => ({ statement, open: openElements(statement) }))
      .filter(({ open }) => open.length > 0)
      .map(({ statement, open }) => ({
        ...{ resource, sid: statement.sid, open, keys: [...restrictingKeys(statement)].sort() },
        allowed: ALLOWED_WILDCARDS.find((each) => allows(each, stack, resource, statement, open)),
      })),
  );
}

function observeStatement({ resource, sid, open, keys, allowed }: OpenStatement): Observation {
  const restriction = keys.length > 0 ? `restricted by ${keys.join(", ")}` : "no restricting condition";
  return {
    passed: allowed !== undefined,
    evidence: `${resource.name}, ${sid || "statement"}: open ${open.join(", ")}, ${restriction} (${allowed?.reason ?? "not on the allowlist"})`,
  };
}

/** Whether an entry of the allowlist covers a statement. */
function allows(
  allowed: AllowedWildcard,
  stack: StackResources,
  resource: ModelResource,
  statement: IamStatement,
  open: readonly string[],
): boolean {
  const { type, name } = resource;
  const { sid, actions, resources } = statement;
  const keys = restrictingKeys(statement).map((key) => key.toLowerCase());
  const restricts = (key: string): boolean => keysInPlaceOf(key).some((each) => keys.includes(each.toLowerCase()));
  return (
    allowed.type === type &&
    name.startsWith(stack.name) &&
    allowed.name.test(name.slice(stack.name.length)) &&
    allowed.sid === givenSid(sid) &&
    open.every((each) => allowed.open.includes(each)) &&
    allowed.conditions.every(restricts) &&
    actions.list.every((action) => allowed.actions.some((pattern) => like(pattern, action))) &&
    (allowed.resources === undefined || (resources?.list.every(allowed.resources(resource)) ?? true))
  );
}

/** The elements that an Allow statement leaves open. */
function openElements({ principals, actions, resources }: IamStatement): string[] {
  const isIdentityBased = principals === undefined;
  return [
    ...(principals?.isExcept === false && isEverybody({ principals }) ? ["Principal"] : []),
    // "Everything except" is wider than any list.
    ...(principals?.isExcept === true ? ["NotPrincipal"] : []),
    ...(actions.isExcept ? ["NotAction"] : []),
    ...(resources?.isExcept === true ? ["NotResource"] : []),
    ...(actions.list.some(hasWildcard) ? ["Action"] : []),
    ...(resources?.isExcept === false && resources.list.some(isEveryResource) ? ["Resource"] : []),
    // An identity-based policy must name resources; without them, its meaning is undefined.
    ...(isIdentityBased && resources === undefined ? ["Resource"] : []),
    // In a resource-based policy, actions concern only that resource, and the principals are checked above.
    ...(isIdentityBased && !actions.isExcept && !actions.list.some(hasWildcard)
      ? [...new Set(actions.list.flatMap(dangerousActions))]
      : []),
  ];
}

/** An endpoint without a policy allows every action to every principal (Amazon VPC User Guide, "Default endpoint policy"). */
function endpointsWithoutPolicy(stack: StackResources): Observation[] {
  return resourcesOfType(stack, "aws:ec2/vpcEndpoint:VpcEndpoint")
    .filter((endpoint) => ["Gateway", "Interface", ""].includes(text(endpoint, "vpcEndpointType")))
    .filter((endpoint) => knows(endpoint, "policy") && text(endpoint, "policy") === "")
    .filter(({ inputs }) => !isProperties(inputs["policy"]))
    .map(({ name }) => ({
      passed: false,
      evidence: `${name}: no endpoint policy, so open Principal, Action, Resource, no restricting condition`,
    }));
}
