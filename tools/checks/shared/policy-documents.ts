import { NotUnderstood, type IamDocument, type IamStatement } from "../../model/iam/document";
import { findDocuments } from "../../model/iam/find-documents";
import { like } from "../../model/iam/matching";
import type { ModelResource } from "../../model/resource";

/** A policy and its location. */
export interface LocatedPolicy {
  readonly resource: ModelResource;
  /** Path of the property: `policy`, `inlinePolicies.0.policy`. */
  readonly path: string;
  readonly document: IamDocument;
}

/** A policy that cannot be read, and why. */
interface UnreadablePolicy extends Omit<LocatedPolicy, "document"> {
  readonly reason: string;
}

/** Every readable policy of some resources; {@link unreadablePolicies} has the others. */
export function readPolicies(resources: readonly ModelResource[]): LocatedPolicy[] {
  return resources.flatMap((resource) =>
    findDocuments(resource).flatMap(({ path, read }) =>
      read instanceof NotUnderstood ? [] : [{ resource, path, document: read }],
    ),
  );
}

/** Every policy of some resources that cannot be read. */
export function unreadablePolicies(resources: readonly ModelResource[]): UnreadablePolicy[] {
  return resources.flatMap((resource) =>
    findDocuments(resource).flatMap(({ path, read }) =>
      read instanceof NotUnderstood ? [{ resource, path, reason: read.message }] : [],
    ),
  );
}

/**
 * The policy in a property, to check what it allows. Undefined if there is none; a policy that cannot be read allows
 * nothing.
 */
export function readPolicy(resource: ModelResource, property: string): IamDocument | undefined {
  const found = findDocuments(resource).find(({ path }) => path === property);
  if (found === undefined) return undefined;
  return found.read instanceof NotUnderstood ? { version: "2012-10-17", statements: [] } : found.read;
}

/** Whether a policy allows any principal an action unconditionally, and denies it only without TLS. */
export function allowsEverybody({ statements }: IamDocument, action: string, resource: string): boolean {
  const concerned = statements.filter(
    ({ actions, resources }) =>
      includesAction(actions.list, action) !== actions.isExcept &&
      (resources === undefined || includesResource(resources.list, resource) !== resources.isExcept),
  );
  const denies = concerned.filter((statement) => statement.effect === "Deny" && !isDenialWithoutTls(statement));
  return (
    denies.length === 0 &&
    concerned.some(
      (statement) => statement.effect === "Allow" && isEverybody(statement) && statement.conditions.length === 0,
    )
  );
}

/** Whether a statement names any principal, or any principal except a few. */
export function isEverybody({ principals }: Pick<IamStatement, "principals">): boolean {
  return (
    principals !== undefined &&
    (principals.isExcept || principals.list.some(({ kind, value }) => kind === "Everybody" || /[*?]/.test(value)))
  );
}

/**
 * Whether the policy of a resource denies every principal some actions on some resources without TLS. Undefined if a
 * preview does not know the policy yet.
 *
 * @param resources - default: all resources that the policy allows actions on
 */
export function deniesWithoutTls(
  placed: ModelResource,
  actions: readonly string[],
  resources?: readonly string[],
): boolean | undefined {
  const [found] = findDocuments(placed);
  if (found === undefined) return undefined;
  if (found.read instanceof NotUnderstood) return false;
  const { statements } = found.read;
  const denials = statements.filter(isDenialWithoutTls);
  const targets =
    resources ?? statements.flatMap((each) => (each.effect === "Allow" ? (each.resources?.list ?? []) : []));
  if (denials.length === 0) return false;
  return actions.every((action) =>
    targets.every((resource) =>
      denials.some(
        (denial) =>
          !denial.actions.isExcept &&
          includesAction(denial.actions.list, action) &&
          denial.resources?.isExcept === false &&
          includesResource(denial.resources.list, resource),
      ),
    ),
  );
}

/** Whether a statement denies every principal requests without TLS, on no other condition. */
function isDenialWithoutTls({ effect, principals, conditions }: IamStatement): boolean {
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

function includesAction(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()));
}

function includesResource(patterns: readonly string[], resource: string): boolean {
  return patterns.some((pattern) => like(pattern, resource));
}
