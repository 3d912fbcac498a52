import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { UsageError, UserError } from "../io/errors";
import { type Ended, inTemporaryFolder, runChild } from "../io/processes";
import type { Changes, NamedResources } from "../planner/changes/changes";
import { changesBetween } from "../planner/changes/compare";
import { isProperties } from "../model/resource";
import { planOrRefuse } from "../planner/project/faults";
import { readProject } from "../planner/project/project";
import { readPlanFile } from "../report/markdown/plan-file";

/** What an update from other code to the present code does to deployed stacks. */
interface Upgrade {
  /** Full hash of the commit that the stacks are deployed with. */
  readonly commit: string;
  readonly changes: Readonly<Record<string, Changes>>;
  /** Keys of the configuration that the other code does not know: it is planned without them. */
  readonly unknownKeys: readonly string[];
  /** Packages that the other code was released with in other versions; it is planned with the present ones. */
  readonly otherDependencies: readonly string[];
}

/**
 * Plans the configuration with the code at a commit and with the present code, and compares.
 *
 * @param project folder of the project, in the git repository that has the commit
 * @param configuration folder with `Pulumi.yaml` and the stack files. @default the project's own
 * @throws UsageError for an unknown commit; UserError when the code there or the present code refuses the configuration
 */
export async function upgradeFrom(ref: string, project: string, configuration = project): Promise<Upgrade> {
  return inTemporaryFolder("upgrade-check-", async (target) => {
    const { commit, folder } = await codeAt(ref, project, target);
    const differences = otherDependencies(project, folder);
    const present = readProject(configuration);
    const unknownKeys = configureFor(configuration, folder);
    // Both run at the same time, and both are awaited, because the child process needs the folder.
    const [now, then] = await Promise.allSettled([planOrRefuse(present), planWith(ref, folder)]);
    const [after, before] = [valueOf(now), valueOf(then)];
    return { commit, changes: changesBetween(before, after), unknownKeys, otherDependencies: differences };
  });
}

function valueOf<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === "rejected") throw settled.reason;
  return settled.value;
}

/**
 * Plans the configuration in a folder with the code in it, in a child process.
 *
 * @throws UserError when that code refuses the configuration or writes no plan
 */
async function planWith(ref: string, folder: string): Promise<readonly NamedResources[]> {
  const refuse = (reason: string): UserError =>
    new UserError(`The code at ${ref} cannot plan this configuration: ${reason}`);
  const [command, ...args] = startCommand(folder);
  if (command !== "node") throw refuse('its package.json has no script "start" that runs node');
  const { out, err } = await runChild(process.execPath, [...args, "--json", "-"], { folder });
  // The exit code is also 1 when a check fails, and then there is a plan, too.
  if (out.trim() === "") throw refuse(err.trim() === "" ? "it wrote no plan" : err.trim());
  try {
    return readPlanFile(out, "what it wrote").stacks;
  } catch (error) {
    throw error instanceof UserError ? refuse(error.message) : error;
  }
}

/** What `npm start` runs there: releases have their code in other folders. */
function startCommand(folder: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly scripts?: Readonly<Record<string, string>>;
  };
  return (scripts?.["start"] ?? "").split(" ");
}

/** The code of a commit, in a temporary folder. */
interface CodeAt {
  /** Full hash. */
  readonly commit: string;
  /** Folder of the project in it. */
  readonly folder: string;
}

/**
 * Writes the files of a commit into `target`, without touching the repository: not its files, its index or its list of
 * work trees. The installed packages of the project are linked beside them.
 *
 * @param project folder of the project, in a git repository
 * @throws UsageError for an unknown commit, and when the packages are not installed
 */
async function codeAt(ref: string, project: string, target: string): Promise<CodeAt> {
  const inside = await git(project, ["rev-parse", "--show-prefix"]);
  if (inside.code !== 0) throw new UsageError(`${project} is not in a git repository, so there is no code at ${ref}`);
  const found = await git(project, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  const commit = found.out.trim();
  if (found.code !== 0 || commit === "") {
    throw new UsageError(
      `There is no commit ${ref} in this repository: name a tag, a branch or a hash that git log shows. In a shallow ` +
        "clone, run git fetch --unshallow --tags first.",
    );
  }
  const env = { GIT_INDEX_FILE: join(target, "index") };
  const code = join(target, "code");
  for (const args of [
    ["read-tree", commit],
    ["checkout-index", "--all", "--force", `--prefix=${code}/`],
  ]) {
    // From the top: checkout-index writes paths that are relative to the folder in which it runs.
    const { code: exit, err } = await git(project, ["-C", await top(project), ...args], env);
    if (exit !== 0) throw new UsageError(`git ${args[0] ?? ""} cannot write the code at ${ref}: ${err.trim()}`);
  }
  const folder = join(code, inside.out.trim());
  try {
    symlinkSync(realpathSync(join(project, "node_modules")), join(folder, "node_modules"), "junction");
  } catch (error) {
    throw new UsageError(
      `The packages of ${project} cannot be linked into the code at ${ref}: run npm ci first ` +
        `(${error instanceof Error ? error.message : String(error)})`,
    );
  }
  return { commit, folder };
}

async function top(project: string): Promise<string> {
  return (await git(project, ["rev-parse", "--show-toplevel"])).out.trim();
}

function git(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return runChild("git", args, { folder, env });
}

const STACK_FILE = /^Pulumi\.[^.]+\.yaml$/;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Gives other code the present configuration: its `Pulumi.yaml` keeps the keys that it declares, with the present
 * defaults, and its stack files become the present ones, with the namespace before every key.
 *
 * @param present folder of the present configuration
 * @param other folder of the other code, which has a `Pulumi.yaml`
 * @returns keys of the present configuration that the other code does not know, sorted, without namespace
 * @throws YAMLError for a file that is not YAML; Node's error for a missing file
 */
export function configureFor(present: string, other: string): readonly string[] {
  const now = read(join(present, "Pulumi.yaml"));
  const then = read(join(other, "Pulumi.yaml"));
  const [declaredNow, declaredThen] = [fields(now["config"]), fields(then["config"])];
  const config = Object.fromEntries(
    Object.entries(declaredThen).map(([key, declaration]) => {
      const value = fields(declaredNow[key])["default"];
      return [key, value === undefined ? declaration : { ...fields(declaration), default: value }] as const;
    }),
  );
  const name = String(now["name"]);
  const unknown = new Set(Object.keys(declaredNow).filter((key) => !Object.hasOwn(declaredThen, key)));
  for (const file of readdirSync(other).filter((each) => STACK_FILE.test(each))) rmSync(join(other, file));
  writeFileSync(join(other, "Pulumi.yaml"), stringify({ ...then, name, config }));
  for (const file of readdirSync(present).filter((each) => STACK_FILE.test(each))) {
    const stack = read(join(present, file));
    const entries = Object.entries(fields(stack["config"])).flatMap(([written, value]) => {
      const key = ownKey(written, name);
      if (key === undefined) return [[written, value] as const];
      // With the namespace: release 0.1.0 ignores a key without it, although pulumi up reads it.
      if (Object.hasOwn(declaredThen, key)) return [[`${name}:${key}`, value] as const];
      unknown.add(key);
      return [];
    });
    writeFileSync(join(other, file), stringify({ ...stack, config: Object.fromEntries(entries) }));
  }
  return [...unknown].sort();
}

/** Direct dependencies whose installed version is another one than the other code was locked to. */
function otherDependencies(present: string, other: string): readonly string[] {
  const [now, then] = [lockedVersions(present), lockedVersions(other)];
  const direct = Object.keys(fields(read(join(other, "package.json"))["dependencies"]));
  return direct
    .filter((name) => then.has(name) && then.get(name) !== now.get(name))
    .map((name) => `${name} ${then.get(name) ?? ""}, now ${now.get(name) ?? "not installed"}`)
    .sort();
}

function lockedVersions(folder: string): ReadonlyMap<string, string> {
  const file = join(folder, "package-lock.json");
  if (!existsSync(file)) return new Map();
  const packages = Object.entries(fields(read(file)["packages"]));
  return new Map(
    packages.flatMap(([path, entry]) => {
      const version = fields(entry)["version"];
      return path.startsWith("node_modules/") && typeof version === "string"
        ? [[path.slice("node_modules/".length), version] as const]
        : [];
    }),
  );
}

/** The key of a stack file without its namespace; undefined for one of another namespace. */
function ownKey(qualified: string, project: string): string | undefined {
  const [first = "", ...rest] = qualified.split(":");
  if (rest.length === 0) return first;
  return first === project ? rest.join(":") : undefined;
}

/** JSON is YAML. */
function read(file: string): Fields {
  return fields(parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")));
}

function fields(value: unknown): Fields {
  return isProperties(value) ? value : {};
}
