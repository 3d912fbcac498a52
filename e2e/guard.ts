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

/** Which tool a run lacks, in a sentence; undefined when it has all. */
export function lacking({ pulumi, awsCli, cluster }: Tools): string | undefined {
  if (!pulumi) {
    return (
      "There is no Pulumi CLI on the PATH: install it (https://www.pulumi.com/docs/install/). " +
      "npm start plans the network without it."
    );
  }
  if (cluster && !awsCli) {
    return "There is no AWS CLI on the PATH, which eks.Cluster asks for: install it, or leave --cluster.";
  }
  return undefined;
}

/**
 * Why a run must not begin in an account; undefined when it may. It makes and deletes networks, so it keeps to an account
 * that somebody has written down for each of its stacks.
 *
 * @param account of the credentials
 */
export function strange(account: string, networks: Register): string | undefined {
  const others = STACKS.filter((stack) => networks[stack]?.account !== account);
  if (others.length === 0) return undefined;
  return (
    `The credentials are of account ${account}, and the register has ${others.join(", ")} in another. ` +
    "If it is a sandbox, write it into a register and give that: --networks FILE."
  );
}

/**
 * Why a run must not begin where a network of this program stands; undefined where none does. It would take the same
 * names, and the two could not be told apart any more.
 *
 * @param standing what was found of it
 */
export function occupied(standing: readonly string[]): string | undefined {
  if (standing.length === 0) return undefined;
  return [
    "The account holds a network of this program already, by its tags and names, and the run must have it empty:",
    ...standing.map((line) => `  ${line}`),
    "What an earlier run has left, --take-down FOLDER takes down, with the folder that it told; what no state knows of, nobody but you.",
  ].join("\n");
}
