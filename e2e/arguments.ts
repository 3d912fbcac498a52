import { parseArgs } from "node:util";

export const USAGE = `npm run e2e -- [--networks FILE] [--cluster] [--keep] [--take-down FOLDER]

Deploys hub, dev and prod into one AWS account (an emulator or a sandbox), compares the network in AWS with the expected
one, adds an AZ, NAT gateways and a spoke, then destroys everything and checks that nothing is left.

  --networks FILE     account map of the run, as under networks in Pulumi.yaml, in place of e2e/networks.yaml: hub, dev,
                      prod and qa, all in the account of the credentials
  --cluster           include EKS clusters; in AWS, this takes an additional hour and costs money
  --keep              keep everything if a check fails, for inspection
  --take-down FOLDER  only destroy what an earlier run left; FOLDER is the one that the run printed
  --help              show this help

It needs the Pulumi CLI and AWS credentials, uses a Pulumi backend in a temporary folder, and deploys to the Region of
Pulumi.hub.yaml. To use an emulator, set AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_EKS and so on.

Exit code: 0 if every check passes and nothing is left, otherwise 1.
`;

/** The parsed command line. */
export interface Arguments {
  /** File with the account map. */
  readonly networks: string | undefined;
  readonly cluster: boolean;
  readonly keep: boolean;
  /** Folder of an earlier run. */
  readonly takeDown: string | undefined;
  readonly help: boolean;
}

/** Wrong usage; the message is for the user. */
export class UsageError extends Error {}

/** @throws UsageError for an unknown option, or an option without its value. */
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
      throw new UsageError("--take-down uses the options of the earlier run and cannot be combined with others.");
    }
    return { networks, cluster, keep, takeDown, help };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
