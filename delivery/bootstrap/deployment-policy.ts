import { hubRoleNames } from "../../components/names";
import { policyDocument, type PolicyDocument, type Statement } from "../../components/policy-document";
import { SetupError } from "../account-map";
import { CHANGING, type FullStack, issuerArn, type Operation, PULUMI_ISSUER, subject } from "../identities";
import type { Grant, Scope } from "./grants";
import { hubGrants, type HubOptions } from "./grants-hub";
import { spokeGrants, type SpokeOptions, takeHubRoles } from "./grants-spoke";
import { readingStatements } from "./reading";

/** A stack to deploy, and the options of its policies. */
export type Deployment = Scope &
  (({ readonly role: "hub" } & HubOptions) | ({ readonly role: "spoke" } & SpokeOptions));

/** Grants that the stack of a deployment needs, by types of resources. */
export function grantsOf(deployment: Deployment): readonly Grant[] {
  return deployment.role === "hub" ? hubGrants(deployment, deployment) : spokeGrants(deployment, deployment);
}

/** Policies of the role that updates and destroys the stack: read access, and the grants for its resources. */
export function deploymentPolicies(deployment: Deployment): PolicyDocument[] {
  return split([
    ...readingStatements(deployment, deployment.role),
    ...grantsOf(deployment).flatMap(({ statements }) => statements),
  ]);
}

/**
 * Policies of the role that previews the stack: read access. A preview of a spoke assumes the hub's role that reads the
 * spoke's authorizations, not the one that creates them.
 */
export function previewPolicies(deployment: Deployment): PolicyDocument[] {
  const { role, stack, prefix } = deployment;
  const take = role === "spoke" ? [takeHubRoles(deployment.hubAccount, [hubRoleNames(prefix, stack).preview])] : [];
  return split([...readingStatements(deployment, role), ...take]);
}

/** Most characters of a managed policy, without white space (IAM User Guide, "IAM and AWS STS quotas"). */
export const MANAGED_POLICY_CHARACTERS = 6144;
/** Most managed policies of a role, unless the account's quota was raised (the same page). */
const MANAGED_POLICIES_PER_ROLE = 10;

export function size(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}

/**
 * Divides statements into as few documents as their order allows, none of them too long for a managed policy.
 *
 * @throws SetupError for a statement that is too long by itself, and for more documents than a role can have
 */
export function split(statements: readonly Statement[], limit: number = MANAGED_POLICY_CHARACTERS): PolicyDocument[] {
  const documents: Statement[][] = [];
  for (const statement of statements) {
    const last = documents.at(-1);
    if (last !== undefined && size(policyDocument(...last, statement)) <= limit) last.push(statement);
    else documents.push([statement]);
    if (size(policyDocument(statement)) > limit) {
      throw new SetupError(
        `the policy statement ${statement.Sid ?? "without Sid"} is longer than the ${String(limit)} characters of a managed policy`,
      );
    }
  }
  if (documents.length > MANAGED_POLICIES_PER_ROLE) {
    throw new SetupError(
      `the grants need ${String(documents.length)} managed policies, but a role can have only ${String(MANAGED_POLICIES_PER_ROLE)}`,
    );
  }
  return documents.map((each) => policyDocument(...each));
}

export interface Trust extends FullStack {
  readonly account: string;
}

/** Trust policy of the deployment role: updates and destroys of this stack. */
export function deploymentTrust(trust: Trust): PolicyDocument {
  return trustPolicy(trust, CHANGING);
}

/** Trust policy of the preview role: every operation of this stack, when it begins. */
export function previewTrust(trust: Trust): PolicyDocument {
  return trustPolicy(trust, ["*"]);
}

/** Trusts tokens of Pulumi Cloud by audience and subject (Pulumi Docs, "Configuring OpenID Connect for AWS"). */
function trustPolicy(trust: Trust, operations: readonly (Operation | "*")[]): PolicyDocument {
  return policyDocument({
    Effect: "Allow",
    Principal: { Federated: issuerArn(trust.account) },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: { [`${PULUMI_ISSUER}:aud`]: trust.organization },
      StringLike: {
        [`${PULUMI_ISSUER}:sub`]: operations.map((operation) => subject(trust, operation)),
      },
    },
  });
}
