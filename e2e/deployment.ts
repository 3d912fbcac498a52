import { appendFileSync } from "node:fs";
import { LocalWorkspace, type EngineEvent, type Stack } from "@pulumi/pulumi/automation";
import { changesIn, countInWords, errorsIn, type Change } from "./changes";
import type { ProjectCopy } from "./project-copy";
import type { Config, Stacks } from "./stacks";

export interface DeploymentArgs {
  readonly copy: ProjectCopy;
  /** Name of the project, which is the namespace of its configuration. */
  readonly project: string;
  readonly region: string;
  /** Minutes after which an operation is given up. */
  readonly minutes: number;
  readonly say: (line: string) => void;
}

/** Options that all operations take. */
interface Watch {
  readonly color: "never";
  readonly onEvent: (event: EngineEvent) => void;
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
}

/** The stacks of a copy of the project, on its backend, by the Pulumi CLI. */
export class Deployment implements Stacks {
  constructor(private readonly args: DeploymentArgs) {}

  async names(): Promise<readonly string[]> {
    const stacks = await (await LocalWorkspace.create(this.workspace)).listStacks();
    return stacks.map(({ name }) => name.split("/").pop() ?? name);
  }

  async configure(name: string, config: Config): Promise<void> {
    const { project, region } = this.args;
    const own = Object.entries(config).map(([key, value]) => [`${project}:${key}`, { value: String(value) }] as const);
    await (await this.stack(name)).setAllConfig({ "aws:region": { value: region }, ...Object.fromEntries(own) });
  }

  async preview(name: string): Promise<readonly Change[]> {
    const stack = await this.stack(name);
    return this.watched(`preview ${name}`, (watch) => stack.preview(watch));
  }

  async up(name: string): Promise<readonly Change[]> {
    const stack = await this.stack(name);
    return this.watched(`up ${name}`, (watch) => stack.up(watch));
  }

  async unlock(name: string): Promise<void> {
    await (await this.stack(name)).cancel();
  }

  async unprotect(name: string): Promise<void> {
    const stack = await this.stack(name);
    const state = await stack.exportStack();
    const { resources = [] } = state.deployment as { readonly resources?: { protect?: boolean }[] };
    for (const resource of resources) delete resource.protect;
    await stack.importStack(state);
  }

  async destroy(name: string): Promise<void> {
    const stack = await this.stack(name);
    await this.watched(`destroy ${name}`, (watch) => stack.destroy({ ...watch, remove: true }));
  }

  private get workspace() {
    const { copy } = this.args;
    return {
      workDir: copy.folder,
      envVars: {
        PULUMI_BACKEND_URL: copy.backendUrl,
        // Nothing in these states is secret.
        PULUMI_CONFIG_PASSPHRASE: "e2e",
      },
    };
  }

  private async stack(stackName: string): Promise<Stack> {
    const { workDir, ...options } = this.workspace;
    return LocalWorkspace.createOrSelectStack({ stackName, workDir }, options);
  }

  /** Does it, tells how long it took, and answers with what it changed. */
  private async watched(what: string, operation: (watch: Watch) => Promise<unknown>): Promise<readonly Change[]> {
    const { copy, minutes, say } = this.args;
    const events: EngineEvent[] = [];
    const started = Date.now();
    say(what);
    try {
      await operation({
        color: "never",
        onEvent: (event) => void events.push(event),
        onOutput: (text) => {
          appendFileSync(copy.log, text);
        },
        signal: AbortSignal.timeout(minutes * 60_000),
      });
    } catch (error) {
      const errors = events.flatMap(errorsIn);
      throw errors.length === 0 ? error : new Error([`${what} failed:`, ...errors].join("\n"), { cause: error });
    }
    const changes = events.flatMap(changesIn);
    say(`  ${String(Math.round((Date.now() - started) / 1000))} s: ${countInWords(changes)}`);
    return changes;
  }
}
