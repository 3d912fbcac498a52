import { UserError } from "../io/errors";
import { type Ended, runChild } from "../io/processes";
import type { Io } from "../io/terminal";
import { awsFailure } from "./failures";
import type { AskAws } from "./nodes";
import type { Program } from "./programs";
import type { SignalSource } from "./signals";

/** The environment of a run. */
export interface TunnelEnvironment {
  readonly env: NodeJS.ProcessEnv;
  readonly signals: SignalSource;
  /** Whether Ctrl-C reaches a child without this program. */
  readonly isTerminal: boolean;
  /** Milliseconds in which the Kubernetes API must answer. */
  readonly patience: number;
}

/** A run of the command. */
export interface Run extends TunnelEnvironment {
  readonly io: Io;
  /** Stack, or else ARN of the cluster. */
  readonly subject: { readonly stack: string } | { readonly arn: string };
  /** Command that runs through the tunnel; empty: none. */
  readonly words: readonly string[];
  /** As they were typed. */
  readonly port: string | undefined;
  readonly node: string | undefined;
  /** Aborted by the first signal to this process. */
  readonly ending: AbortSignal;
}

/** Runs a program to its end, or until {@link Run.ending}. */
export function runProgram({ io, env, ending }: Run, program: Program, words: readonly string[]): Promise<Ended> {
  return runChild(program, words, { folder: io.folder, env: env as Record<string, string>, signal: ending });
}

/** Calls AWS in a Region with the AWS CLI. */
export function asking(run: Run, region: string): AskAws {
  return async (action, words) => {
    const { code, out, err } = await runProgram(run, "aws", [...words, "--region", region, "--output", "json"]);
    if (code !== 0) throw new UserError(awsFailure(action, err));
    return JSON.parse(out) as unknown;
  };
}
