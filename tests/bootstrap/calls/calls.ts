import type { Deployment } from "../../../bootstrap/deployment-policy";

/** What the AWS provider calls for a type of resources, as its source and CloudFormation's schema of the type tell. */
export interface Calls {
  /** Before it exists, and what else has no tag of ours. */
  readonly make?: string;
  /** To change or delete what we made, which then has our tags. */
  readonly change?: string;
  readonly read?: string;
  /** ARN that the calls name. @default any */
  readonly arn?: (deployment: Deployment) => string;
  /** What else is in the requests that make it. */
  readonly context?: (deployment: Deployment) => Readonly<Record<string, string>>;
}

/** Calls by type; more than one where they name different resources. */
export type CallsByType = Readonly<Record<string, readonly Calls[]>>;

/** ARN of something whose name is made from the stack's. */
export const of =
  (service: string, path: (stack: string) => string) =>
  ({ stack, account, region }: Deployment): string =>
    `arn:aws:${service}:${service === "iam" ? "" : region}:${account}:${path(stack)}`;
