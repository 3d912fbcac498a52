// Loads TypeScript for the commands of this project, node --require ./tools/cli/start.cjs FILE.ts [ARGUMENT...], and for
// the Pulumi CLI, which passes the same option to node (nodeargs in Pulumi.yaml). ADR 21 gives the reasons.
//
// Plain JavaScript, since it runs before it is known that the packages are installed.
"use strict";

const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

/** Exit code of a command that was started in a wrong way, as the commands' own. */
const MISUSE = 2;

const folder = join(__dirname, "..", "..");

/** Packages that every command needs and that are not installed, also where an installation was interrupted. */
function missing() {
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return Object.keys(dependencies).filter((name) => !existsSync(join(folder, "node_modules", name, "package.json")));
}

const packages = missing();
if (packages.length > 0) {
  const which = packages.length > 3 ? `${packages.length} packages` : packages.join(", ");
  process.stderr.write(`Packages of this project are not installed (${which}): run npm ci, then the command again.\n`);
  process.exit(MISUSE);
}

/** Finds packages as the SDK does. */
const fromSdk = Module.createRequire(require.resolve("@pulumi/pulumi/package.json"));

// @pulumi/pulumi loads these at once, which takes most of its time. It uses the first three only for functions that become
// cloud resources, and this program does not use the fourth.
loadOnUse("typescript");
loadOnUse("@npmcli/arborist");
loadOnUse("./runtime/closure/codePaths");
loadOnUse("./automation");
// The Pulumi CLI loads it to map stack traces to sources. It would map the one of every promise that the SDK makes, and
// the lines of this program need no map.
replace("source-map-support/register", {});

if (process.argv[1]?.includes(join("@pulumi", "pulumi", "cmd", "run"))) {
  omitStackTracesOfPromises();
  omitTracing();
}

require.extensions[".ts"] = (module, file) => module._compile(javaScript(file), file);

/** The JavaScript of a TypeScript file, each line in its place, for stack traces. */
function javaScript(file) {
  const { transform } = require("sucrase");
  return transform(readFileSync(file, "utf8"), {
    transforms: ["typescript", "imports"],
    // Classes, fields and the like stay as they are: Node knows them.
    disableESTransforms: true,
    preserveDynamicImport: true,
    filePath: file,
  }).code;
}

/**
 * The SDK takes a stack trace of every promise, to print those of promises that are never resolved. It prints them only if
 * the variable is set.
 */
function omitStackTracesOfPromises() {
  if (process.env.PULUMI_DEBUG_PROMISE_LEAKS) return;
  const debuggable = fromSdk("./runtime/debuggable");
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (promise, context) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}

/** The CLI's entry loads exporters of traces, and needs them only if the CLI asks for traces. */
function omitTracing() {
  if (process.env.TRACEPARENT || process.argv.includes("--tracing")) return;
  const { trace } = fromSdk("@opentelemetry/api");
  replace("./cmd/run/tracing", { newSpan: (name) => trace.getTracer("nodejs-runtime").startSpan(name) });
}

/** Lets the SDK load a package when it reads something of it. */
function loadOnUse(name) {
  let loaded;
  const load = () => {
    if (loaded === undefined) {
      Reflect.deleteProperty(require.cache, file);
      loaded = require(file);
    }
    return loaded;
  };
  const file = replace(
    name,
    new Proxy(
      {},
      {
        get(_, key) {
          // Compiled imports copy all properties of a module without __esModule.
          if (key === "__esModule") return true;
          return key === "default" ? load() : load()[key];
        },
        has: (_, key) => key in load(),
        ownKeys: () => Reflect.ownKeys(load()),
        getOwnPropertyDescriptor: (_, key) => ({ configurable: true, enumerable: true, value: load()[key] }),
      },
    ),
  );
}

/** Puts `exports` into Node's module cache for a package as the SDK finds it, unless it is loaded; returns its file. */
function replace(name, exports) {
  const file = fromSdk.resolve(name);
  require.cache[file] ??= Object.assign(new Module(file), { filename: file, loaded: true, exports });
  return file;
}
