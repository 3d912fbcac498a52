import { like } from "../../model/iam/matching";
import { findDocuments } from "../../model/iam/find-documents";
import { NotUnderstood } from "../../model/iam/document";
import type { ModelResource } from "../../model/resource";
import { needsTls } from "../policy-documents";

/**
 * Whether a policy denies every principal these actions on these resources without TLS; by default, on all resources that
 * it allows actions on. Undefined if a preview does not know the policy yet.
 */
export function refusesWithoutTls(
  placed: ModelResource,
  actions: readonly string[],
  resources?: readonly string[],
): boolean | undefined {
  const [found] = findDocuments(placed);
  if (found === undefined) return undefined;
  if (found.read instanceof NotUnderstood) return false;
  const { statements } = found.read;
  const denies = statements.filter(needsTls);
  const targets =
    resources ?? statements.flatMap((each) => (each.effect === "Allow" ? (each.resources?.list ?? []) : []));
  if (denies.length === 0) return false;
  return actions.every((action) =>
    targets.every((resource) =>
      denies.some(
        (statement) =>
          !statement.actions.isExcept &&
          statement.actions.list.some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
          statement.resources?.isExcept === false &&
          statement.resources.list.some((pattern) => like(pattern, resource)),
      ),
    ),
  );
}
