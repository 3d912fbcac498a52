import { parseArgs } from "node:util";
import { UsageError } from "../plan/arguments";

export const USAGE = `npm run versions -- [--region REGION] [--kubernetes-version VERSION]... [--write]

Asks AWS which versions of the EKS add-ons and which AMI release it recommends, and compares them with those pinned in
components/spoke/cluster-versions.json. It changes nothing in AWS.

  --region REGION               region to ask; the default is the one of the Pulumi.STACK.yaml files
  --kubernetes-version VERSION  Kubernetes version to ask for, such as 1.35; repeatable; the default is every version
                                that a stack has
  --write                       write what AWS recommends, and today's date, into the file; never an older version,
                                unless AWS no longer offers the pinned one
  --help                        show this

It needs credentials of any AWS account that may call eks:DescribeAddonVersions and ssm:GetParameters.

The exit code is 0 when every pin is what AWS recommends, or --write has made it so; 1 when one is not; 2 when AWS cannot
be asked or the configuration cannot be read.
`;

/** What the command line asks for. */
export interface Arguments {
  readonly region: string | undefined;
  /** Empty: those that the stacks have. */
  readonly kubernetesVersions: readonly string[];
  readonly write: boolean;
  readonly help: boolean;
}

/** @throws UsageError for an option that does not exist, one without its value, and a version of another form. */
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
