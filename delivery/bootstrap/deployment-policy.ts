import { hubRoleNames } from "../../components/names";
import type { PolicyDocument } from "../../components/policy-document";
import { split } from "./documents";
import type { Grant, Scope } from "./grants";
import { hubGrants, type HubOptions } from "./grants-hub";
import { spokeGrants, takeHubRoles, type SpokeOptions } from "./grants-spoke";
import { readingStatements } from "./reading";

/** A stack to deploy, and what decides its policies. */
export type Deployment = Scope &
  (({ readonly role: "hub" } & HubOptions) | ({ readonly role: "spoke" } & SpokeOptions));

/** What the stack of a deployment takes, by the types of resources. */
export function grantsOf(deployment: Deployment): readonly Grant[] {
  return deployment.role === "hub" ? hubGrants(deployment, deployment) : spokeGrants(deployment, deployment);
}

/** Policies of the role that updates and destroys the stack: to read, and to make what the stack is made of. */
export function deploymentPolicies(deployment: Deployment): PolicyDocument[] {
  return split([
    ...readingStatements(deployment, deployment.role),
    ...grantsOf(deployment).flatMap(({ statements }) => statements),
  ]);
}

/**
 * Policies of the role that previews the stack: to read. A preview of a spoke takes the hub's role that reads the
 * spoke's authorisations, and not the one that makes them.
 */
export function previewPolicies(deployment: Deployment): PolicyDocument[] {
  const { role, stack, prefix } = deployment;
  const take = role === "spoke" ? [takeHubRoles(deployment.hubAccount, [hubRoleNames(prefix, stack).preview])] : [];
  return split([...readingStatements(deployment, role), ...take]);
}
