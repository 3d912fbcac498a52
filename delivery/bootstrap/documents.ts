import { policyDocument, type PolicyDocument, type Statement } from "../../components/policy-document";

/** Characters of a managed policy, white space not counted (IAM User Guide, "IAM and AWS STS quotas"). */
export const MANAGED_POLICY_CHARACTERS = 6144;
/** Managed policies that a role may have, unless the account's quota was raised (the same page). */
export const MANAGED_POLICIES_PER_ROLE = 10;

export function size(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}

/**
 * Statements in as few documents as their order allows, none of them too long for a managed policy.
 *
 * @throws RangeError for a statement that alone is too long, and for more documents than a role can have
 */
export function split(statements: readonly Statement[], limit: number = MANAGED_POLICY_CHARACTERS): PolicyDocument[] {
  const documents: Statement[][] = [];
  for (const statement of statements) {
    const last = documents.at(-1);
    if (last !== undefined && size(policyDocument(...last, statement)) <= limit) last.push(statement);
    else documents.push([statement]);
    if (size(policyDocument(statement)) > limit) {
      throw new RangeError(
        `the policy statement ${statement.Sid ?? "without Sid"} is longer than the ${String(limit)} characters of a managed policy`,
      );
    }
  }
  if (documents.length > MANAGED_POLICIES_PER_ROLE) {
    throw new RangeError(
      `the grants need ${String(documents.length)} managed policies, but a role can have only ${String(MANAGED_POLICIES_PER_ROLE)}`,
    );
  }
  return documents.map((each) => policyDocument(...each));
}
