import type { DeploymentSettingsArgs } from "@pulumi/pulumiservice";
import { DEPLOYMENT_SESSION_SECONDS, deploymentNames, roleArn } from "../bootstrap/identities";
import { hubAccessVariable, type Naming } from "../../components/names";
import { ENVIRONMENT } from "./environment";
import { pathFilters } from "./paths";
import { preRunCommands } from "./pre-run";

/** A stack to deploy. */
export interface Deployed extends Naming {
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

/** Session of AWS, by which CloudTrail shows which deployment called; Pulumi fills it in. */
const SESSION_NAME = "${stack.name}-${deployment.version}";

/**
 * Deployment settings of a stack: previews for pull requests, an update for a push where it starts the chain, and
 * credentials without a key that could be lost.
 */
export function deploymentSettings(deployed: Deployed, source: Source) {
  const { project, prefix, stack, account, region, starts, previewed } = deployed;
  const { organization, repository, branch } = source;
  const { previewRole, deploymentRole } = deploymentNames(project, stack);
  return {
    organization,
    project,
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
      environmentVariables: ENVIRONMENT,
      preRunCommands: preRunCommands({
        role: {
          account,
          roleName: deploymentRole,
          roleArn: roleArn(account, deploymentRole),
          region,
          sessionSeconds: DEPLOYMENT_SESSION_SECONDS,
        },
        fullStackName: `${organization}/${project}/${stack}`,
        hubAccess: hubAccessVariable(prefix),
      }),
      // Of merges that wait, the last contains them all.
      options: { skipIntermediateDeployments: true },
    },
    // One cache serves all stacks of a project (Pulumi Docs, "Dependency Caching"). With it the code of a pull request,
    // in a preview, would leave the files that the next update of another stack runs. A stack without it reads none.
    cacheOptions: { enable: false },
  } satisfies DeploymentSettingsArgs;
}
