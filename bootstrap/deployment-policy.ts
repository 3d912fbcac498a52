import type { PolicyDocument } from "../components/policy-document";
import { PREFIX } from "../components/tags";
import { split } from "./documents";
import type { Grant, Scope } from "./grants";
import { hubGrants } from "./grants-hub";
import { spokeGrants, takeSpokeAccess } from "./grants-spoke";
import { readingStatements } from "./reading";

/** A stack to deploy; `hubAccount` is undefined for the hub itself. */
export interface Deployment extends Scope {
  readonly hubAccount: string | undefined;
}

/** What the stack of a deployment takes, by the types of resources. */
export function grantsOf(deployment: Deployment): readonly Grant[] {
  const { hubAccount } = deployment;
  return hubAccount === undefined ? hubGrants(deployment) : spokeGrants(deployment, spokeAccessArn(hubAccount));
}

/** Policies of the role that updates and destroys the stack: to read, and to make what the stack is made of. */
export function deploymentPolicies(deployment: Deployment): PolicyDocument[] {
  return split([...readingStatements(deployment), ...grantsOf(deployment).flatMap(({ statements }) => statements)]);
}

/**
 * Policies of the role that previews the stack: to read. A preview of a spoke takes the hub's role for the zones as
 * well, since its provider does.
 */
export function previewPolicies(deployment: Deployment): PolicyDocument[] {
  const { hubAccount } = deployment;
  const take = hubAccount === undefined ? [] : [takeSpokeAccess(spokeAccessArn(hubAccount))];
  return split([...readingStatements(deployment), ...take]);
}

function spokeAccessArn(hubAccount: string): string {
  return `arn:aws:iam::${hubAccount}:role/${PREFIX}-spoke-access`;
}
