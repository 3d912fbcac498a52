import type { DeploymentSettingsArgs } from "@pulumi/pulumiservice";
import { DEPLOYMENT_SESSION_SECONDS, deploymentNames, PROJECT, roleArn } from "../bootstrap/identities";
import { credentialCommands } from "./credentials";
import { pathFilters } from "./paths";

/** A stack to deploy. */
export interface Deployed {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  /** Whether a push starts it. */
  readonly starts: boolean;
  /** Whether pull requests preview it. */
  readonly previewed: boolean;
}

/** Where the code comes from. */
export interface Source {
  readonly organization: string;
  /** GitHub repository, `ORG/REPO`. */
  readonly repository: string;
  readonly branch: string;
}

/** Session of AWS, by which CloudTrail tells which deployment called; Pulumi fills it in. */
const SESSION_NAME = "${stack.name}-${deployment.version}";

/**
 * Deployment settings of a stack: previews for pull requests, an update for a push where it starts the chain, and
 * credentials without a key that could be lost.
 */
export function deploymentSettings({ stack, account, region, starts, previewed }: Deployed, source: Source) {
  const { organization, repository, branch } = source;
  const { previewRole, deploymentRole } = deploymentNames(stack);
  return {
    organization,
    project: PROJECT,
    stack,
    sourceContext: { git: { branch } },
    vcs: {
      provider: "github",
      repository,
      deployCommits: starts,
      previewPullRequests: previewed,
      pullRequestTemplate: false,
      paths: pathFilters(stack, starts),
    },
    operationContext: {
      oidc: { aws: { roleARN: roleArn(account, previewRole), sessionName: SESSION_NAME, duration: "1h0m0s" } },
      preRunCommands: credentialCommands({
        account,
        roleName: deploymentRole,
        roleArn: roleArn(account, deploymentRole),
        region,
        sessionSeconds: DEPLOYMENT_SESSION_SECONDS,
      }),
      // Of merges that wait, the last holds them all.
      options: { skipIntermediateDeployments: true },
    },
    cacheOptions: { enable: true },
  } satisfies DeploymentSettingsArgs;
}
