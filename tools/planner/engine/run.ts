import * as pulumi from "@pulumi/pulumi";
import type { Cloud, PlannedResource, Properties } from "./resource";
import { PlanningMonitor } from "./monitor";
import { installMonitor, waitForRegistrations, withOwnRuntime } from "./wire";

/** A Pulumi program as the CLI runs it: a function that registers resources and returns the stack's outputs. */
export type Program = () => Promise<Record<string, unknown>>;

export interface Run {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  /** As the CLI passes it: `namespace:key` to text. */
  readonly config: Readonly<Record<string, string>>;
  /** Ids and other values that AWS determines are unknown, as in `pulumi preview`. @default false */
  readonly preview?: boolean;
}

export interface Registered {
  readonly resources: readonly PlannedResource[];
  readonly outputs: Properties;
}

/**
 * Runs a program against `cloud` in the SDK's mock runtime and returns the resources that it registers.
 *
 * Under mocks, an error inside `apply`, a failed registration or a failed lookup is only an unhandled rejection, and
 * resources that depend on it are silently missing. Here the first such error rejects the run. It catches every rejection in
 * the process, so run one program at a time.
 */
export async function run(program: Program, cloud: Cloud, options: Run): Promise<Registered> {
  const { project, stack, organization, config, preview = false } = options;
  const errors: unknown[] = [];
  const note = (error: unknown): void => void errors.push(error);
  process.on("unhandledRejection", note);
  // The SDK takes a stack trace for each of its checks, which takes four fifths of the time of a plan.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await withOwnRuntime(async () => {
      const monitor = new PlanningMonitor(cloud, { project, stack, preview });
      await pulumi.runtime.setMocks(monitor.mocks, project, stack, preview, organization);
      installMonitor(monitor);
      pulumi.runtime.setAllConfig({ ...config });
      await pulumi.runtime.runInPulumiStack(program).catch(note);
      await waitForRegistrations();
      // Node reports an unhandled rejection after the microtasks of its turn.
      await new Promise((done) => setImmediate(done));
      if (errors.length > 0) throw errors[0];
      return { resources: monitor.planned, outputs: monitor.outputs };
    });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    process.off("unhandledRejection", note);
  }
}
