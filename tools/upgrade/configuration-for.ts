import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

const STACK_FILE = /^Pulumi\.[^.]+\.yaml$/;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Gives other code the present configuration: its `Pulumi.yaml` keeps the keys that it declares, with the present
 * defaults, and its stack files become the present ones, with the namespace before every key.
 *
 * @param present folder of the present configuration
 * @param other folder of the other code, which has a `Pulumi.yaml`
 * @returns keys of the present configuration that the other code does not know, sorted, without namespace
 * @throws YAMLError for a file that is not YAML; Node's error for one that is not there
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
    const kept = Object.entries(fields(stack["config"])).flatMap(([written, value]) => {
      const key = ownKey(written, name);
      if (key === undefined) return [[written, value] as const];
      // Whole: the plan of release 0.1.0 drops a key without a namespace, which pulumi up reads.
      if (Object.hasOwn(declaredThen, key)) return [[`${name}:${key}`, value] as const];
      unknown.add(key);
      return [];
    });
    writeFileSync(join(other, file), stringify({ ...stack, config: Object.fromEntries(kept) }));
  }
  return [...unknown].sort();
}

/** Direct dependencies whose installed version is another one than the other code was locked to. */
export function otherDependencies(present: string, other: string): readonly string[] {
  const [now, then] = [lockedVersions(present), lockedVersions(other)];
  const direct = Object.keys({ ...fields(read(join(other, "package.json"))["dependencies"]) });
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
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
