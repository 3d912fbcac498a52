import { main, type World } from "../../e2e/run";
import { FIXTURE } from "../support/fixture";

export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What `npm run e2e -- ARGV` does here, with the Pulumi CLI, an AWS CLI and an account's credentials unless told otherwise. */
export async function runIt(argv: readonly string[], world: Partial<World> = {}): Promise<Result> {
  let [out, err] = ["", ""];
  const code = await main(argv, {
    folder: FIXTURE,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    has: () => true,
    emulator: true,
    account: () => Promise.resolve("999999999999"),
    interrupted: new AbortController().signal,
    ...world,
  });
  return { code, out, err };
}
