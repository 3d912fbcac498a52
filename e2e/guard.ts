import { STACKS, type Register } from "./register";

/** What a run needs on the PATH. */
export interface Tools {
  /** Whether there is a Pulumi CLI. */
  readonly pulumi: boolean;
  /** Whether there is an AWS CLI. */
  readonly awsCli: boolean;
  /** Whether clusters are asked for. */
  readonly cluster: boolean;
}

/** The missing tool, in a sentence; undefined: none is missing. */
export function lacking({ pulumi, awsCli, cluster }: Tools): string | undefined {
  if (!pulumi) {
    return (
      "The Pulumi CLI is not on the PATH: install it (https://www.pulumi.com/docs/install/). " +
      "npm start plans the network without it."
    );
  }
  if (cluster && !awsCli) {
    return "The AWS CLI is not on the PATH, but eks.Cluster needs it: install it, or omit --cluster.";
  }
  return undefined;
}

/**
 * Why a run must not start in an account; undefined: it may. A run creates and deletes networks, so the account map must
 * name the account for each of its stacks.
 *
 * @param account - account of the credentials
 */
export function strange(account: string, networks: Register): string | undefined {
  const others = STACKS.filter((stack) => networks[stack]?.account !== account);
  if (others.length === 0) return undefined;
  return (
    `The credentials belong to account ${account}, but the account map has another account for ${others.join(", ")}. ` +
    "If the account is a sandbox, write it to an account map and pass --networks FILE."
  );
}

/**
 * Why a run must not start in an account with a network of this program; undefined: there is none. Both would use the same
 * names and could not be distinguished.
 *
 * @param standing - what was found
 */
export function occupied(standing: readonly string[]): string | undefined {
  if (standing.length === 0) return undefined;
  return [
    "The account already has resources of this program, by tags and names, but a run needs an empty account:",
    ...standing.map((line) => `  ${line}`),
    "If an earlier run left them, pass its folder with --take-down FOLDER. Otherwise, delete them manually.",
  ].join("\n");
}
