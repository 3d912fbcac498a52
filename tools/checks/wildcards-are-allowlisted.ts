import { givenSid, keysInPlaceOf } from "../../components/members";
import type { IamStatement } from "../model/iam/document";
import { dangerousActions, isEveryResource, restrictingKeys } from "../model/iam/breadth";
import { hasWildcard, like } from "../model/iam/matching";
import type { StackResources } from "../model/stacks";
import { isProperties, knows, text } from "../model/resource";
import type { HeldWildcard } from "./allowed-wildcard";
import { ALLOWED_WILDCARDS } from "./allowed-wildcards";
import { attachedIn } from "./managed-policies";
import { allowing, isEverybody, policiesOf, unreadIn, type PlacedPolicy } from "./policy-documents";
import { finding, type NetworkCheck, type Seen } from "./check";

export const wildcardsAreAllowlisted: NetworkCheck = {
  name: "wildcards-are-allowlisted",
  sentence: "No policy allows any principal, action or resource, except on a reviewed allowlist.",
  check(stack) {
    const seen = [
      ...unreadIn(stack.resources).map(({ resource, path, reason }) => ({
        passed: false,
        evidence: `${resource.name}, ${path}: the policy cannot be read, ${reason}`,
      })),
      ...allowing(policiesOf(stack.resources)).flatMap(({ policy, statement }) => judged(stack, policy, statement)),
      ...attachedIn(stack),
      ...openEndpoints(stack),
    ];
    return finding(seen.length > 0 ? seen : [{ passed: true, evidence: "no policy has a wildcard" }]);
  },
};

function judged(stack: StackResources, { resource }: PlacedPolicy, statement: IamStatement): Seen[] {
  const open = openIn(statement);
  if (open.length === 0) return [];
  const held = ALLOWED_WILDCARDS.find((each) => isHeld(each, stack, resource, statement, open));
  const keys = [...restrictingKeys(statement)].sort();
  const place = `${resource.name}, ${statement.sid || "statement"}: open ${open.join(", ")}`;
  return [
    {
      passed: held !== undefined,
      evidence: `${place}, ${keys.length > 0 ? `restricted by ${keys.join(", ")}` : "no restricting condition"} (${held?.reason ?? "not on the allowlist"})`,
    },
  ];
}

function isHeld(
  held: HeldWildcard,
  stack: StackResources,
  resource: PlacedPolicy["resource"],
  statement: IamStatement,
  open: readonly string[],
): boolean {
  const { type, name } = resource;
  const { sid, actions, resources } = statement;
  const keys = restrictingKeys(statement).map((key) => key.toLowerCase());
  const restricts = (key: string): boolean => keysInPlaceOf(key).some((each) => keys.includes(each.toLowerCase()));
  return (
    held.type === type &&
    name.startsWith(stack.name) &&
    held.name.test(name.slice(stack.name.length)) &&
    held.sid === givenSid(sid) &&
    open.every((each) => held.open.includes(each)) &&
    held.conditions.every(restricts) &&
    actions.list.every((action) => held.actions.some((pattern) => like(pattern, action))) &&
    (held.resources === undefined || (resources?.list.every(held.resources(resource)) ?? true))
  );
}

/** What an Allow statement leaves open. */
function openIn({ principals, actions, resources, ...rest }: IamStatement): string[] {
  const isOfIdentity = principals === undefined;
  return [
    ...(principals?.isExcept === false && isEverybody({ principals, actions, resources, ...rest })
      ? ["Principal"]
      : []),
    // "Everything except" is wider than any list.
    ...(principals?.isExcept === true ? ["NotPrincipal"] : []),
    ...(actions.isExcept ? ["NotAction"] : []),
    ...(resources?.isExcept === true ? ["NotResource"] : []),
    ...(actions.list.some(hasWildcard) ? ["Action"] : []),
    ...(resources?.isExcept === false && resources.list.some(isEveryResource) ? ["Resource"] : []),
    // An identity-based policy must name resources; without them, its meaning is undefined.
    ...(isOfIdentity && resources === undefined ? ["Resource"] : []),
    // In a resource-based policy, actions concern only that resource, and the principals are checked above.
    ...(isOfIdentity && !actions.isExcept && !actions.list.some(hasWildcard)
      ? [...new Set(actions.list.flatMap(dangerousActions))]
      : []),
  ];
}

/** An endpoint without a policy allows every action to every principal (Amazon VPC User Guide, "Default endpoint policy"). */
function openEndpoints({ resources }: StackResources): Seen[] {
  return resources
    .filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint")
    .filter((endpoint) => ["Gateway", "Interface", ""].includes(text(endpoint, "vpcEndpointType")))
    .filter((endpoint) => knows(endpoint, "policy") && text(endpoint, "policy") === "")
    .filter(({ inputs }) => !isProperties(inputs["policy"]))
    .map(({ name }) => ({
      passed: false,
      evidence: `${name}: no endpoint policy, so open Principal, Action, Resource, no restricting condition`,
    }));
}
