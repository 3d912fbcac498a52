import { parseArgs } from "node:util";
import { UsageError } from "../cli/plan-arguments";

export const USAGE = `npm run versions -- [--region REGION] [--kubernetes-version VERSION]... [--write]

Compares the EKS add-on versions and the AMI release pinned in components/facts/cluster-versions.json with those that AWS
recommends. It changes nothing in AWS.

  --region REGION               Region to query; default: the one in the Pulumi.STACK.yaml files
  --kubernetes-version VERSION  Kubernetes version to query, such as 1.35; repeatable; default: every version that a
                                stack uses
  --write                       write the recommended versions and today's date to the file; never an older version,
                                unless AWS no longer offers the pinned one
  --help                        show this help

It needs credentials of any AWS account with eks:DescribeAddonVersions and ssm:GetParameters.

Exit code: 0 if every pin is what AWS recommends, or --write has updated it; 1 if one is not; 2 if AWS cannot be queried or
the configuration cannot be read.
`;

/** The parsed command line. */
export interface Arguments {
  readonly region: string | undefined;
  /** Empty: those that the stacks use. */
  readonly kubernetesVersions: readonly string[];
  readonly write: boolean;
  readonly help: boolean;
}

/** @throws UsageError for an unknown option, an option without its value, or a malformed version. */
export function readArguments(argv: readonly string[]): Arguments {
  const { region, write, help, "kubernetes-version": kubernetesVersions } = parsed(argv);
  const wrong = kubernetesVersions.find((version) => !/^\d+\.\d+$/.test(version));
  if (wrong !== undefined) {
    throw new UsageError(`--kubernetes-version is "${wrong}": must be MAJOR.MINOR, such as 1.35.`);
  }
  return { region, kubernetesVersions, write, help };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        region: { type: "string" },
        "kubernetes-version": { type: "string", multiple: true, default: [] },
        write: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
