import type { Deployment } from "../../../../delivery/bootstrap/deployment-policy";
import type { PolicyDocument } from "../../../../components/policy-document";
import type { IamRequest } from "../../../support/iam";
import type { TagsByKind } from "../authorization";

/** What the AWS provider calls for a type of resources, as its source and CloudFormation's schema of the type tell. */
export interface Calls {
  /** Before it exists, and what else has no tag of ours. */
  readonly make?: string;
  /** To change or delete what we made, which then has our tags. */
  readonly change?: string;
  readonly read?: string;
  /** To make, change or delete the log archive. */
  readonly archiveChange?: string;
  /** ARN that the calls name; those of EC2 name every kind that `service-authorization.json` has. @default any */
  readonly arn?: (deployment: Deployment) => string;
  /** Tags of what calls of EC2 find, where they are not the program's: by kind, and `request` for those of the request. */
  readonly tags?: TagsByKind | ((deployment: Deployment) => TagsByKind);
  /** Side that makes them. @default both */
  readonly only?: Deployment["role"];
  /** What else is in the requests. */
  readonly context?: (deployment: Deployment) => NonNullable<IamRequest["context"]>;
  /** Policy of the resource itself, which allows the calls as well. @default it has none */
  readonly resourcePolicy?: (deployment: Deployment) => PolicyDocument;
}

/** Tags of what AWS made, or another account: none of ours is seen on it. */
export const UNTAGGED = {};

/** Calls by type; more than one where they name different resources. */
export type CallsByType = Readonly<Record<string, readonly Calls[]>>;

/** ARN of something whose name is made from the stack's. */
export const of =
  (service: string, path: (stack: string, deployment: Deployment) => string) =>
  (deployment: Deployment): string => {
    const { stack, account, region } = deployment;
    return `arn:aws:${service}:${service === "iam" ? "" : region}:${account}:${path(stack, deployment)}`;
  };
