import { items, text, textIn, texts, type ModelResource } from "../../model/resource";
import { addition, told, type Find } from "./addition";

const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const POLICY = "aws:iam/rolePolicy:RolePolicy";

/** Unmanaged policies attached to a role. */
export const managedPoliciesOf: Find = (role, { resources }) => {
  const attached = ofRole(role, resources.ofType(ATTACHMENT)).map((each) => text(each, "policyArn"));
  const managed = [...attached, ...texts(role, "managedPolicyArns")];
  return texts(told(role), "managedPolicyArns")
    .filter((policyArn) => !managed.includes(policyArn))
    .map((policyArn) => addition(role, ATTACHMENT, { role: role.id, policyArn }, policyArn));
};

/** Unmanaged inline policies of a role. */
export const inlinePoliciesOf: Find = (role, { resources }) => {
  const inside = ofRole(role, resources.ofType(POLICY)).map((each) => text(each, "name"));
  const managed = [...inside, ...items(role, "inlinePolicies").map((policy) => textIn(policy, "name"))];
  return items(told(role), "inlinePolicies")
    .map((policy) => ({ name: textIn(policy, "name"), policy: textIn(policy, "policy") }))
    .filter(({ name }) => name !== "" && !managed.includes(name))
    .map(({ name, policy }) => addition(role, POLICY, { role: role.id, policy }, `inline policy ${name}`));
};

function ofRole(role: ModelResource, all: readonly ModelResource[]): readonly ModelResource[] {
  return all.filter((each) => [role.id, text(role, "name")].includes(text(each, "role")));
}
