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
