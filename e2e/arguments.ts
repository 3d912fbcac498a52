import { parseArgs } from "node:util";

export const USAGE = `npm run e2e -- [--networks FILE] [--cluster] [--keep] [--take-down FOLDER]

Deploys hub, dev and prod into one AWS account, an emulator's or a sandbox; asks AWS whether the network is as it should be;
lets it grow by a zone, by NAT gateways and by a spoke; takes it all down again and looks for what is left.

  --networks FILE     the register of the run, YAML as under networks in Pulumi.yaml, in place of e2e/networks.yaml:
                      hub, dev, prod and qa, each in the account of the credentials
  --cluster           with EKS clusters; on AWS that takes an hour more, and costs
  --keep              leave everything as it is when something fails, to look at it
  --take-down FOLDER  take down what an earlier run has left, whose states are in FOLDER, and do nothing else
  --help              show this

It needs the Pulumi CLI and credentials of AWS, has a backend of its own in a temporary folder, and deploys to the region of
Pulumi.hub.yaml. An emulator is named by AWS's own variables: AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_EKS and so on.

The exit code is 0 when everything is as it should be and nothing is left, else 1.
`;

/** What the command line asks for. */
export interface Arguments {
  /** File with the register. */
  readonly networks: string | undefined;
  readonly cluster: boolean;
  readonly keep: boolean;
  /** Folder of an earlier run. */
  readonly takeDown: string | undefined;
  readonly help: boolean;
}

/** A command line of another form; the message is for the user. */
export class UsageError extends Error {}

/** @throws UsageError for an option that does not exist, or one without its value. */
export function readArguments(argv: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        networks: { type: "string" },
        cluster: { type: "boolean", default: false },
        keep: { type: "boolean", default: false },
        "take-down": { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const { networks, cluster, keep, help, "take-down": takeDown } = values;
    if (takeDown !== undefined && (networks !== undefined || cluster || keep)) {
      throw new UsageError("--take-down goes by what the earlier run was given, and takes no other option.");
    }
    return { networks, cluster, keep, takeDown, help };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
