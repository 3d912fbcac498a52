import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type EngineEvent, LocalWorkspace, type OutputMap, type Stack } from "@pulumi/pulumi/automation";
import { parse, parseDocument } from "yaml";
import { keyOfUrn } from "../tools/planner/engine/resource";
import type { AccountMap } from "./settings";

/** The stacks of a run. */
export interface Stacks {
  /** Names of the stacks that exist. */
  names(): Promise<readonly string[]>;
  /** Sets some keys of a stack, and creates the stack if it does not exist. */
  configure(name: string, config: ConfigValues): Promise<void>;
  /** Returns what an update would change. */
  preview(name: string): Promise<readonly StackChange[]>;
  /** Updates a stack, and returns what changed. */
  up(name: string): Promise<readonly StackChange[]>;
  /** Removes the lock that a killed operation left. */
  unlock(name: string): Promise<void>;
  /** Removes `protect` in a stack's state only, for a stack that cannot be updated. */
  unprotect(name: string): Promise<void>;
  /** Destroys a stack and removes its state. */
  destroy(name: string): Promise<void>;
}

/** Keys of the project's namespace, without the namespace, to values; `namespaces.shop.pods` is a field of an object. */
export type ConfigValues = Readonly<Record<string, string | number | boolean>>;

/** What an update changes in a resource. */
export interface StackChange {
  /** Operation of the Pulumi engine: `create`, `update`, `replace`, `delete`, ... */
  readonly operation: string;
  /** `TYPE::NAME`. */
  readonly resource: string;
  /** Properties that differ. */
  readonly properties: readonly string[];
}

/** Operations that leave a resource as it is. */
const UNCHANGED = ["same", "read", "refresh"];

/** A resource's own tags, and those with the provider's default tags. */
const TAGS = ["tags", "tagsAll"];

/** The change that an event of the engine announces, if any. */
export function changesIn({ resourcePreEvent }: EngineEvent): StackChange[] {
  if (resourcePreEvent === undefined || UNCHANGED.includes(resourcePreEvent.metadata.op)) return [];
  const { op, urn, diffs, keys } = resourcePreEvent.metadata;
  return [{ operation: op, resource: keyOfUrn(urn), properties: [...new Set([...(keys ?? []), ...(diffs ?? [])])] }];
}

/** The error in an event of the engine, if any, with its resource. */
export function errorsIn({ diagnosticEvent }: EngineEvent): string[] {
  if (diagnosticEvent?.severity !== "error") return [];
  const { urn, message } = diagnosticEvent;
  return [`${urn === undefined || urn === "" ? "" : `${keyOfUrn(urn)}: `}${message.trim()}`];
}

/** Formats a change: `update aws:ec2/route:Route::dev-private-2 (natGatewayId)`. */
export function formatChange({ operation, resource, properties }: StackChange): string {
  return `${operation} ${resource}${properties.length === 0 ? "" : ` (${properties.join(", ")})`}`;
}

/** Counts changes by operation: `create 12, update 2`. */
export function formatCounts(changes: readonly StackChange[]): string {
  const counts = new Map<string, number>();
  for (const { operation } of changes) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  return [...counts].map(([operation, count]) => `${operation} ${String(count)}`).join(", ") || "nothing to do";
}

/** Whether a change updates only tags. */
export function isTagUpdate({ operation, properties }: StackChange): boolean {
  return operation === "update" && properties.length > 0 && properties.every((property) => TAGS.includes(property));
}

interface PulumiStacksArgs {
  readonly copy: ProjectCopy;
  /** Folder of the project, in the copy. @default the network's */
  readonly folder?: string;
  /** First words of a stack in what is printed. @default none */
  readonly label?: string;
  /** Additional environment variables. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Name of the project, which is the namespace of its configuration. */
  readonly project: string;
  readonly region: string;
  /** Minutes after which an operation is cancelled. */
  readonly minutes: number;
  readonly print: (line: string) => void;
}

/** Options of the Automation API that all operations have. */
interface OperationOptions {
  readonly color: "never";
  readonly onEvent: (event: EngineEvent) => void;
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
}

/** The stacks of a copy of the project, deployed with the Pulumi CLI by the Automation API. */
export class PulumiStacks implements Stacks {
  constructor(private readonly args: PulumiStacksArgs) {}

  async names(): Promise<readonly string[]> {
    const stacks = await (await LocalWorkspace.create(this.workspace)).listStacks();
    return stacks.map(({ name }) => name.split("/").pop() ?? name);
  }

  async configure(name: string, config: ConfigValues): Promise<void> {
    const { project, region } = this.args;
    const own = Object.entries(config).map(([key, value]) => [`${project}:${key}`, { value: String(value) }] as const);
    const isPath = Object.keys(config).some((key) => key.includes("."));
    await (
      await this.stack(name)
    ).setAllConfig({ "aws:region": { value: region }, ...Object.fromEntries(own) }, isPath);
  }

  /** Outputs of a stack by name. */
  async outputs(name: string): Promise<OutputMap> {
    return (await this.stack(name)).outputs();
  }

  async preview(name: string): Promise<readonly StackChange[]> {
    const stack = await this.stack(name);
    return this.runOperation("preview", name, (options) => stack.preview(options));
  }

  async up(name: string): Promise<readonly StackChange[]> {
    const stack = await this.stack(name);
    return this.runOperation("up", name, (options) => stack.up(options));
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
    await this.runOperation("destroy", name, (options) => stack.destroy({ ...options, remove: true }));
  }

  private get workspace() {
    const { copy, folder = copy.folder, env = {} } = this.args;
    const { envVars } = copy.environment;
    return { workDir: folder, envVars: { ...envVars, ...env } };
  }

  private async stack(stackName: string): Promise<Stack> {
    const { workDir, ...options } = this.workspace;
    return LocalWorkspace.createOrSelectStack({ stackName, workDir }, options);
  }

  /** Runs an operation, prints how long it took, and returns what it changed. */
  private async runOperation(
    operationName: string,
    name: string,
    operation: (options: OperationOptions) => Promise<unknown>,
  ): Promise<readonly StackChange[]> {
    const { copy, minutes, print, label = "" } = this.args;
    const title = `${operationName} ${label}${name}`;
    const events: EngineEvent[] = [];
    const started = Date.now();
    print(title);
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
      throw errors.length === 0 ? error : new Error([`${title} failed:`, ...errors].join("\n"), { cause: error });
    }
    const changes = events.flatMap(changesIn);
    print(`  ${String(Math.round((Date.now() - started) / 1000))} s: ${formatCounts(changes)}`);
    return changes;
  }
}

/** The files of the programs, without their packages. */
const PROGRAM = [
  "index.ts",
  "components",
  "platform",
  "package.json",
  "Pulumi.yaml",
  "Pulumi.README.md",
  "tools/cli/start.cjs",
];

/** Configuration of a stack. */
const STACK_FILE = /(^|\/)Pulumi\.[^/]+\.yaml$/;

/**
 * A copy of the project in a temporary folder, with its own account map and Pulumi backend. So Pulumi writes no stack file
 * and no state into the repository.
 */
export class ProjectCopy {
  /** @param folder of an existing copy */
  constructor(readonly folder: string) {}

  /** Copies the project in `from`, and the account map of the run. */
  static make(from: string, accountMapFile: string): ProjectCopy {
    const copy = new ProjectCopy(mkdtempSync(join(tmpdir(), "network-e2e-")));
    const filter = (file: string): boolean => !STACK_FILE.test(file);
    for (const each of PROGRAM) cpSync(join(from, each), copy.path(each), { recursive: true, filter });
    symlinkSync(resolve(from, "node_modules"), copy.path("node_modules"));
    cpSync(accountMapFile, copy.accountMapFile);
    mkdirSync(copy.path("state"));
    return copy;
  }

  /** The account map of the run, with the network that is added last. */
  get accountMapFile(): string {
    return this.path("networks.yaml");
  }

  /** Environment of the Pulumi CLI. */
  get environment() {
    return {
      // The passphrase is no secret, because nothing in these states is secret.
      envVars: { PULUMI_BACKEND_URL: `file://${this.path("state")}`, PULUMI_CONFIG_PASSPHRASE: "e2e" },
    };
  }

  /** Folder of the program for what runs in a cluster. */
  get platformFolder(): string {
    return this.path("platform");
  }

  /** Name of that program's project. */
  get platformProject(): string {
    return (parse(readFileSync(join(this.platformFolder, "Pulumi.yaml"), "utf8")) as { readonly name: string }).name;
  }

  /** A kubeconfig that does not exist. */
  get noKubeconfig(): string {
    return this.path("no-kubeconfig");
  }

  /** File with Pulumi's output. */
  get log(): string {
    return this.path("pulumi.log");
  }

  /** Writes the account map that the stacks read from then on. */
  setNetworks(networks: AccountMap): void {
    const document = parseDocument(readFileSync(this.path("Pulumi.yaml"), "utf8"));
    const entries = Object.values(networks).map(({ name, cidr, account }) => [name, { cidr, account }] as const);
    document.setIn(["config", "networks", "default"], Object.fromEntries(entries));
    writeFileSync(this.path("Pulumi.yaml"), document.toString());
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}
