import { NotUnderstood, type IamDocument, type IamStatement } from "../model/iam/document";
import { findDocuments } from "../model/iam/find-documents";
import { like } from "../model/iam/matching";
import type { ModelResource } from "../model/resource";

/** A policy and its location. */
export interface PlacedPolicy {
  readonly resource: ModelResource;
  /** Path of the property: `policy`, `inlinePolicies.0.policy`. */
  readonly path: string;
  readonly document: IamDocument;
}

/** A policy that cannot be read. */
export interface UnreadPolicy extends Omit<PlacedPolicy, "document"> {
  readonly reason: string;
}

/** Every readable policy of some resources; `unreadIn` has the others. */
export function policiesOf(resources: readonly ModelResource[]): PlacedPolicy[] {
  return resources.flatMap((resource) =>
    findDocuments(resource).flatMap(({ path, read }) =>
      read instanceof NotUnderstood ? [] : [{ resource, path, document: read }],
    ),
  );
}

/** Every policy of some resources that cannot be read. */
export function unreadIn(resources: readonly ModelResource[]): UnreadPolicy[] {
  return resources.flatMap((resource) =>
    findDocuments(resource).flatMap(({ path, read }) =>
      read instanceof NotUnderstood ? [{ resource, path, reason: read.message }] : [],
    ),
  );
}

/** The Allow statements of some policies, with their locations. */
export function allowing(policies: readonly PlacedPolicy[]): { policy: PlacedPolicy; statement: IamStatement }[] {
  return policies.flatMap((policy) =>
    policy.document.statements.filter(({ effect }) => effect === "Allow").map((statement) => ({ policy, statement })),
  );
}

/**
 * The policy in a property, to check what it allows. Undefined if there is none; a policy that cannot be read allows
 * nothing.
 */
export function documentIn(resource: ModelResource, property: string): IamDocument | undefined {
  const found = findDocuments(resource).find(({ path }) => path === property);
  if (found === undefined) return undefined;
  return found.read instanceof NotUnderstood ? { version: "2012-10-17", statements: [] } : found.read;
}

/** Whether a policy allows any principal an action unconditionally, and denies it only without TLS. */
export function allowsEverybody({ statements }: IamDocument, action: string, resource: string): boolean {
  const concerned = statements.filter(
    ({ actions, resources }) =>
      actions.list.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) !== actions.isExcept &&
      (resources === undefined || resources.list.some((pattern) => like(pattern, resource)) !== resources.isExcept),
  );
  const denies = concerned.filter((statement) => statement.effect === "Deny" && !needsTls(statement));
  return (
    denies.length === 0 &&
    concerned.some(
      (statement) => statement.effect === "Allow" && isEverybody(statement) && statement.conditions.length === 0,
    )
  );
}

/** Whether a statement names any principal, or any principal except a few. */
export function isEverybody({ principals }: IamStatement): boolean {
  return (
    principals !== undefined &&
    (principals.isExcept || principals.list.some(({ kind, value }) => kind === "Everybody" || /[*?]/.test(value)))
  );
}

/** Whether a statement denies every principal requests without TLS, on no other condition. */
export function needsTls({ effect, principals, conditions }: IamStatement): boolean {
  const [only, ...others] = conditions;
  return (
    effect === "Deny" &&
    others.length === 0 &&
    only !== undefined &&
    /^bool(?:ifexists)?$/i.test(only.operator) &&
    only.key.toLowerCase() === "aws:securetransport" &&
    only.values.every((value) => value.toLowerCase() === "false") &&
    principals?.isExcept === false &&
    principals.list.some(({ kind }) => kind === "Everybody")
  );
}
