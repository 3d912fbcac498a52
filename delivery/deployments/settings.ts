import type { DeploymentSettingsArgs } from "@pulumi/pulumiservice";
import { hubAccessVariable, type Naming, roleArn } from "../../components/names";
import { CHANGING, DEPLOYMENT_SESSION_SECONDS, deploymentNames } from "../identities";
import type { Platform } from "./platforms";

/** A stack to deploy. */
export interface Deployed extends Naming {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  /** Whether a push starts it. */
  readonly starts: boolean;
  /** Whether pull requests preview it. */
  readonly previewed: boolean;
  /** Whether the chain that it starts also updates stacks of `platform/`. */
  readonly startsPlatforms: boolean;
}

/** Source of the code. */
export interface Source {
  readonly organization: string;
  /** GitHub repository, `ORG/REPO`. */
  readonly repository: string;
  readonly branch: string;
}

/** Name of the AWS session, by which CloudTrail shows the deployment. Pulumi replaces the variables. */
const SESSION_NAME = "${stack.name}-${deployment.version}";

/**
 * Deployment settings of a stack: previews for pull requests, an update after a push if the stack is the first of the
 * chain, and credentials without a long-lived key.
 */
export function deploymentSettings(deployed: Deployed, source: Source) {
  const { project, prefix, stack, account, region, starts, previewed, startsPlatforms } = deployed;
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
      paths: [...pathFilters(stack, starts), ...(startsPlatforms ? PLATFORM_PROGRAM : [])],
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
      // The last of several waiting merges contains all of them.
      options: { skipIntermediateDeployments: true },
    },
    // All stacks of a project share one cache (Pulumi Docs, "Dependency Caching"). With it, the code of a pull request
    // could write files in a preview that the next update of another stack runs. A stack without it reads no cache.
    cacheOptions: { enable: false },
  } satisfies DeploymentSettingsArgs;
}

/**
 * Deployment settings of a spoke's stack in `platform/`. The update of the spoke starts it, and a person can.
 *
 * It runs on a customer-managed runner (Pulumi Docs, "Customer-managed runners"), since the Kubernetes API is private.
 * Pull requests do not preview it: a preview needs the Kubernetes API, and the code of a pull request would administer
 * the cluster. So one role is enough for all operations.
 *
 * @param project name of the project in `platform/`
 */
export function platformSettings(project: string, platform: Platform, { organization, repository, branch }: Source) {
  const { stack, region, clusterName, roleArn, runnerPool } = platform;
  return {
    organization,
    project,
    stack,
    agentPoolId: runnerPool,
    sourceContext: { git: { branch, repoDir: PLATFORM_FOLDER } },
    vcs: {
      provider: "github",
      repository,
      deployCommits: false,
      previewPullRequests: false,
      pullRequestTemplate: false,
    },
    operationContext: {
      oidc: { aws: { roleARN: roleArn, sessionName: SESSION_NAME, duration: "1h0m0s" } },
      environmentVariables: COMMON_ENVIRONMENT,
      preRunCommands: [
        // The packages are those of the whole repository, whose folder has the package.json.
        'cd "$(git rev-parse --show-toplevel)" && pulumi install --use-language-version-tools',
        `aws eks update-kubeconfig --region ${region} --name ${clusterName}`,
      ],
      options: { skipIntermediateDeployments: true, skipInstallDependencies: true },
    },
    cacheOptions: { enable: false },
  } satisfies DeploymentSettingsArgs;
}

/** Folder of the program for what runs in a cluster. */
export const PLATFORM_FOLDER = "platform";

/** Code and configuration of that program. */
const PLATFORM_PROGRAM: readonly string[] = [`${PLATFORM_FOLDER}/**`];

/**
 * Environment variables of every operation of every stack (Pulumi Docs, "Environment Variables", of Pulumi
 * Deployments).
 */
const COMMON_ENVIRONMENT = {
  /** npm runs no install script, whatever the `.npmrc` of a branch says. */
  NPM_CONFIG_IGNORE_SCRIPTS: "true",
  /**
   * Tokens of a regional endpoint of AWS STS are valid in every region; those of the global endpoint are not valid in
   * regions that an account must enable (IAM User Guide, "Manage AWS STS in an AWS Region").
   */
  AWS_STS_REGIONAL_ENDPOINTS: "regional",
  /**
   * Replaces a token. Pulumi Cloud gives each deployment a token that may write to every repository of its GitHub App,
   * unless configuration sets this variable (Pulumi Docs, "Pulumi GitHub App", GitHub token in deployments). With that
   * token, the code of a pull request could push to the branch that is deployed. Nothing here needs it: the CLI
   * downloads plugins without it (pulumi/pulumi, `githubSource`: a refused token is dropped).
   */
  GITHUB_TOKEN: "none",
} as const;

/** Environment variables of every operation of a network. */
export const ENVIRONMENT = {
  ...COMMON_ENVIRONMENT,
  /**
   * Previews and updates run the policy pack: the CLI takes every flag from a variable of this form (pulumi/pulumi,
   * `declareFlagsAsEnvironmentVariables`; from version 3.208 on). The CLI installs nothing for a pack that is a folder:
   * `policy/` uses the dependencies of the project.
   */
  PULUMI_OPTION_POLICY_PACK: "policy",
} as const;

/** Code and data of the program, for every stack. */
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

/**
 * Operation of the deployment (Pulumi Docs, "Environment Variables", of Pulumi Deployments): `update`, `preview`,
 * `destroy`, `refresh`, `detect-drift` or `remediate-drift`.
 */
const OPERATION = '"$PULUMI_CI_OPERATION"';

interface DeploymentRole {
  readonly account: string;
  /** Name of the role, which the ARN of each of its sessions contains. */
  readonly roleName: string;
  readonly roleArn: string;
  readonly region: string;
  readonly sessionSeconds: number;
}

/**
 * File whose `NAME=VALUE` lines set variables for later commands (Pulumi Docs, "Environment Variables", PULUMI_ENV).
 */
const ENVIRONMENT_FILE = "/PULUMI_ENV";

/** Values in the pre-run commands. */
interface PreRun {
  readonly role: DeploymentRole;
  /** `ORG/PROJECT/STACK`. */
  readonly fullStackName: string;
  /** Environment variable with which the program only reads the hub. */
  readonly hubAccess: string;
}

/**
 * Commands before the operation, in order (Pulumi Docs, "Pre-run Commands").
 *
 * @param file file for variables of the operation; another one in tests
 */
export function preRunCommands({ role, fullStackName, hubAccess }: PreRun, file: string = ENVIRONMENT_FILE): string[] {
  return [
    readTheHub(hubAccess, file),
    leaveOutTheHub(file),
    INSTALL,
    ...credentialCommands(role, file),
    previewWithPolicies(fullStackName),
  ];
}

/** Lets the program assume the hub's read-only role, the only one that the preview role may assume. */
function readTheHub(variable: string, file: string): string {
  return except(CHANGING, `printf '${variable}=read\\n' >> ${file}`);
}

/**
 * URN pattern of a spoke's resources in the hub's account. A refresh and drift detection do not run the program: they
 * would read these resources with the role that the last update recorded in the state, which the preview role may not
 * assume.
 *
 * With `PULUMI_RUN_PROGRAM` they would run the program, whose provider would assume the read-only role. But every drift
 * detection would then report the provider's other role as drift (pulumi/pulumi, `HasChanges` counts every step except
 * those of `isInternalStep`, which are default providers), and a refresh would record that role, with which a destroy
 * fails.
 */
export const IN_THE_HUB = "**aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization::*";

function leaveOutTheHub(file: string): string {
  return during(["refresh", "detect-drift"], `printf '%s\\n' 'PULUMI_OPTION_EXCLUDE=${IN_THE_HUB}' >> ${file}`);
}

/**
 * Pulumi installs the dependencies only after the pre-run commands, and the preview below needs them. This uses the
 * Node version of `.nvmrc`, as the program will, and runs before there are credentials that a package could steal.
 */
const INSTALL = during(["update"], "pulumi install --use-language-version-tools");

/**
 * Policies of a whole stack can prevent a change only in a preview: an update runs them after its changes
 * (pulumi/pulumi, `deployment_executor.go`, `AnalyzeResources`). It is not documented whether Pulumi Deployments run a
 * preview before an update. So an update begins with a preview of its own, and ends there if a policy is violated.
 */
function previewWithPolicies(fullStackName: string): string {
  return during(["update"], `pulumi preview --non-interactive --stack ${fullStackName}`);
}

/** A shell line that runs a command in these operations, and does nothing in all others. */
function during(operations: readonly string[], command: string): string {
  return `case ${OPERATION} in ${operations.join("|")}) ${command} ;; esac`;
}

/** A shell line that does nothing in these operations, and runs a command in all others. */
function except(operations: readonly string[], command: string): string {
  return `case ${OPERATION} in ${operations.join("|")}) ;; *) ${command} ;; esac`;
}

/**
 * Shell lines that assume the deployment role in an operation that changes something, and do nothing in any other.
 *
 * The settings of a stack have one role for all its operations, so that role only reads. Not these lines but the trust
 * policy of the deployment role protects it: it trusts only tokens of updates and destroys. A preview, which runs the
 * code of a pull request, has neither.
 *
 * @param file file for the credentials; another one in tests
 */
export function credentialCommands(role: DeploymentRole, file: string = ENVIRONMENT_FILE): string[] {
  return [takeRole(role, file), refuseOthers(role)].map((command) => during(CHANGING, command));
}

/**
 * Assumes the role with the deployment's OIDC token (Pulumi Docs, "OIDC Setup for Pulumi Deployments", AWS:
 * PULUMI_OIDC_TOKEN).
 */
function takeRole({ roleArn, region, sessionSeconds }: DeploymentRole, file: string): string {
  const take = [
    `aws sts assume-role-with-web-identity --region ${region} --role-arn ${roleArn}`,
    '--role-session-name "$PULUMI_CI_STACK-$PULUMI_CI_OPERATION-$PULUMI_CI_BUILD_NUMBER"',
    `--duration-seconds ${String(sessionSeconds)} --web-identity-token "$PULUMI_OIDC_TOKEN"`,
    "--query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text",
  ].join(" ");
  const names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];
  const write = `printf '${names.map((name) => `${name}=%s\\n`).join("")}' $credentials >> ${file}`;
  // Two steps: a pipe would hide that AWS refused the role, and the operation would continue without it.
  return `credentials=$(${take}) && ${write}`;
}

/**
 * Ends an update that has the preview role. Each line runs in a shell of its own with the environment of the operation,
 * and it is not documented that the file overrides the earlier credentials.
 */
function refuseOthers({ account, roleName, region }: DeploymentRole): string {
  const session = `arn:aws:sts::${account}:assumed-role/${roleName}/`;
  const ask = `aws sts get-caller-identity --region ${region} --query Arn --output text`;
  const say = `echo "This $PULUMI_CI_OPERATION does not have the credentials of the role ${roleName}." >&2`;
  return `${ask} | grep -q "^${session}" || { ${say}; exit 1; }`;
}
