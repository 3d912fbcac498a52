import { forMembers, type Members } from "../members";
import type { Statement } from "../policy-document";

/** What a pull takes, once the client is authorised (Amazon ECR User Guide, "Private repository policies"). */
export const PULL_ACTIONS = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
] as const;

/** What a push takes besides (Amazon ECR User Guide, "IAM permissions for pushing an image"). */
export const PUSH_ACTIONS = [
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
] as const;

/** What image updaters ask before they pull: which tags there are, and which images they name. */
export const LIST_ACTIONS = ["ecr:DescribeImages", "ecr:ListImages"] as const;

/** What the first pull of a cached image does besides (Amazon ECR User Guide, "Sync an upstream registry"). */
export const FIRST_PULL_ACTIONS = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"] as const;

/**
 * Everybody, as far as a condition lets: a list of accounts as principals is three times as long, against size limits,
 * AWS refuses a policy that names an account which does not exist yet, and knows no organization as principal.
 */
export const EVERYBODY = "*";

/** Policy of every repository, created here or by the pull-through cache: our accounts see its tags, and pull. */
export function repositoryPullStatements(members: Members): Statement[] {
  return forMembers(members, ["Principal"], {
    Sid: "PullFromOurAccounts",
    Effect: "Allow",
    Principal: EVERYBODY,
    Action: [...PULL_ACTIONS, ...LIST_ACTIONS],
  });
}
