import { CHANGING } from "../bootstrap/identities";
import { credentialCommands, ENVIRONMENT_FILE, type DeploymentRole } from "./credentials";
import { during, except } from "./operations";

/** Where the deployment's stack is. */
export interface PreRun {
  readonly role: DeploymentRole;
  /** `ORG/PROJECT/STACK`. */
  readonly fullStackName: string;
  /** Environment variable by which the program is set to read the hub only. */
  readonly hubAccess: string;
}

/**
 * Commands before the operation, in the order in which they run (Pulumi Docs, "Pre-run Commands").
 *
 * @param file where variables for the operation go; another one in tests
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

/** The program then takes the hub's role that reads, which is all that the preview role may take. */
function readTheHub(variable: string, file: string): string {
  return except(CHANGING, `printf '${variable}=read\\n' >> ${file}`);
}

/**
 * What a spoke makes in the hub's account. A refresh and a search for drift do not run the program: they would read
 * these resources with the role that the last update recorded in the state, which the preview role may not take.
 *
 * `PULUMI_RUN_PROGRAM` would make them run the program, and its provider would take the role that reads. But then every
 * search would count the provider's other role as drift (pulumi/pulumi, `HasChanges` counts every step except those of
 * `isInternalStep`, which are default providers), and a refresh would record that role, with which a destroy fails.
 */
export const IN_THE_HUB = "**aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization::*";

function leaveOutTheHub(file: string): string {
  return during(["refresh", "detect-drift"], `printf '%s\\n' 'PULUMI_OPTION_EXCLUDE=${IN_THE_HUB}' >> ${file}`);
}

/**
 * Pulumi installs the dependencies after the pre-run commands, and the preview below needs them. With the Node version
 * of `.nvmrc`, as the program will have it; before there are credentials that could be taken.
 */
const INSTALL = during(["update"], "pulumi install --use-language-version-tools");

/**
 * Policies of a whole stack prevent a change in a preview only: an update runs them after its changes (pulumi/pulumi,
 * `deployment_executor.go`, `AnalyzeResources`). Whether Pulumi Deployments preview before they update is not
 * documented, so an update begins with a preview of its own, and ends there if a policy is violated.
 */
function previewWithPolicies(fullStackName: string): string {
  return during(["update"], `pulumi preview --non-interactive --stack ${fullStackName}`);
}
