import type { DeploymentSettingsArgs } from "@pulumi/pulumiservice";
import { hubAccessVariable, type Naming } from "../../components/names";
import { DEPLOYMENT_SESSION_SECONDS, deploymentNames, roleArn } from "../identities";
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

/**
 * Environment variables of every operation of every stack (Pulumi Docs, "Environment Variables", of Pulumi Deployments).
 */
export const ENVIRONMENT = {
  /**
   * Previews and updates run the policy pack: the CLI takes every flag from a variable of this form (pulumi/pulumi,
   * `declareFlagsAsEnvironmentVariables`; from version 3.208 on). The CLI installs nothing for a pack that is a folder:
   * `policy/` uses the dependencies of the project.
   */
  PULUMI_OPTION_POLICY_PACK: "policy",
  /** npm runs no install script, whatever the `.npmrc` of a branch says. */
  NPM_CONFIG_IGNORE_SCRIPTS: "true",
  /**
   * Tokens of a regional endpoint of AWS STS are valid in every region; those of the global endpoint are not valid in
   * regions that an account must enable (IAM User Guide, "Manage AWS STS in an AWS Region").
   */
  AWS_STS_REGIONAL_ENDPOINTS: "regional",
  /**
   * Not a token, and so in the place of one. Pulumi Cloud gives each deployment a token that may write to every
   * repository of its GitHub App, unless configuration sets this variable (Pulumi Docs, "Pulumi GitHub App", GitHub
   * token in deployments): with it, the code of a pull request could push to the branch that is deployed. Nothing here
   * needs it. The CLI downloads plugins without it (pulumi/pulumi, `githubSource`: a refused token is dropped).
   */
  GITHUB_TOKEN: "none",
} as const;

/** All code and data of the program, whatever the stack. */
const PROGRAM: readonly string[] = [
  "index.ts",
  "components/**",
  "package.json",
  "package-lock.json",
  ".npmrc",
  "tools/cli/start.cjs",
  ".nvmrc",
  "Pulumi.yaml",
  "Pulumi.README.md",
];

/**
 * Path filters of a stack: a change of other files, such as documentation, neither previews nor updates it (Pulumi
 * Docs, "Path Filtering"; a pattern must match the whole path).
 *
 * @param starts whether a push starts this stack, and with it the chain: then the configuration of every stack is
 *   included, or a change of only `Pulumi.dev.yaml` would start nothing
 */
export function pathFilters(stack: string, starts: boolean): string[] {
  return [...PROGRAM, starts ? "Pulumi.*.yaml" : `Pulumi.${stack}.yaml`];
}
