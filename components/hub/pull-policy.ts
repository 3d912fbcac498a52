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

/** Everybody in our accounts: the principal and the condition that belong together. */
export function ourAccounts(accounts: readonly string[]): Pick<Statement, "Principal" | "Condition"> {
  return {
    // "*" and a condition, not a list of accounts as principals: that is three times as long, against size limits, and
    // AWS refuses a policy that names an account which does not exist yet.
    Principal: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": accounts } },
  };
}

/** Policy of every repository, created here or by the pull-through cache: our accounts pull. */
export function repositoryPullStatement(accounts: readonly string[]): Statement {
  return { Sid: "PullFromOurAccounts", Effect: "Allow", ...ourAccounts(accounts), Action: PULL_ACTIONS };
}
