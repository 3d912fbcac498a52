import type { EstateStack } from "../model/estate";
import { text } from "../model/resource";
import { givenSid, keysInPlaceOf } from "../components/members";
import type { Statement } from "../components/policy-document";
import { HELD_WILDCARDS, type HeldWildcard } from "./held-wildcards";
import { conditionKeys, isEverybody, listed, policiesOf, type PlacedPolicy } from "./policy-documents";
import { finding, type NetworkPromise } from "./promise";

export const wildcardsAreHeld: NetworkPromise = {
  name: "wildcards-are-held",
  sentence: "No policy allows everybody, every action or every resource, but for a reason held here.",
  check(stack) {
    const open = policiesOf(stack.resources).flatMap((policy) =>
      policy.document.Statement.flatMap((statement) => judged(stack, policy, statement)),
    );
    const seen = [...open, ...attachedTo(stack)];
    return finding(seen.length > 0 ? seen : [{ holds: true, evidence: "no wildcard at all" }]);
  },
};

/** Policies of AWS's own that are nothing but wildcards. */
const WIDE = /\/(AdministratorAccess|PowerUserAccess|\w*FullAccess)$/;

function attachedTo({ resources }: EstateStack) {
  const attachments = resources.filter(({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
  return attachments
    .map((attachment) => ({ name: attachment.name, arn: text(attachment, "policyArn") }))
    .filter(({ arn }) => WIDE.test(arn))
    .map(({ name, arn }) => ({ holds: false, evidence: `${name} attaches ${arn}` }));
}

function judged(stack: EstateStack, { resource }: PlacedPolicy, statement: Statement) {
  const open = openIn(statement);
  if (open.length === 0) return [];
  const keys = conditionKeys(statement);
  const held = HELD_WILDCARDS.find((each) => isHeld(each, stack, resource, statement, open, keys));
  const place = `${resource.name} ${statement.Sid ?? "statement"}: ${open.join(", ")}`;
  return [
    {
      holds: held !== undefined,
      evidence: `${place} if ${keys.join(", ") || "nothing"}${held === undefined ? "" : ` (${held.reason})`}`,
    },
  ];
}

function isHeld(
  held: HeldWildcard,
  stack: EstateStack,
  { type, name }: PlacedPolicy["resource"],
  { Sid: sid = "" }: Statement,
  open: readonly string[],
  keys: readonly string[],
): boolean {
  return (
    held.type === type &&
    name.startsWith(stack.name) &&
    held.name.test(name.slice(stack.name.length)) &&
    held.sid === givenSid(sid) &&
    open.every((each) => held.open.includes(each)) &&
    held.conditions.every((key) => keysInPlaceOf(key).some((each) => keys.includes(each)))
  );
}

/** What a statement leaves open. A Deny that leaves nobody out is a lock. */
function openIn(statement: Statement): string[] {
  if (statement.Effect === "Deny") return [];
  return [
    ...(isEverybody(statement) ? ["Principal"] : []),
    // "All but" is wider than any list.
    ...["NotPrincipal", "NotAction", "NotResource"].filter((element) => element in statement),
    ...(listed(statement.Action).some((action) => action.includes("*")) ? ["Action"] : []),
    ...(listed(statement.Resource).includes("*") ? ["Resource"] : []),
  ];
}
