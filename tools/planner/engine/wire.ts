/**
 * The one file that knows the internals of @pulumi/pulumi: modules without a public export, and the shape that
 * values have on the wire between a program and the engine. The SDK's version is pinned because of it.
 */
import { randomUUID } from "node:crypto";
import * as aws from "@pulumi/aws";
import { Resource, type ResourceTransform } from "@pulumi/pulumi";
import { Callback } from "@pulumi/pulumi/proto/callback_pb";
import { type RegisterResourceRequest, RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import * as rpc from "@pulumi/pulumi/runtime/rpc";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Child, type Json, keyOfUrn, type Properties, type ResourceOptions } from "./resource";

const { waitForRPCs } = require("@pulumi/pulumi/runtime/settings") as { waitForRPCs: () => Promise<void> };
const state = require("@pulumi/pulumi/runtime/state") as {
  LocalStore: new () => object;
  getStore(): { settings: { monitor: unknown; engine: unknown }; callbacks: unknown };
};

const debuggable = require("@pulumi/pulumi/runtime/debuggable") as {
  debuggablePromise: (promise: Promise<unknown>) => Promise<unknown>;
};

export { MockMonitor };
export type { RegisterResourceRequest };

/**
 * Runs `body` with a Pulumi runtime of its own: its monitor, configuration and stack. One runs after the other.
 *
 * The SDK's withLocalStorage does this with an AsyncLocalStorage, for which Node up to 22 follows every promise, and a
 * plan makes millions. A plain variable in its place is enough for one at a time.
 */
export async function withOwnRuntime<T>(body: () => Promise<T>): Promise<T> {
  const sdk = globalThis as unknown as { asyncLocalStorage: unknown };
  const before = sdk.asyncLocalStorage;
  const store = new state.LocalStore();
  sdk.asyncLocalStorage = { getStore: () => store };
  // Only messages of the engine use both: the source position of each resource, and of a promise that is never resolved.
  const resource = Resource as unknown as { stackTrace: () => unknown[] };
  const { stackTrace } = resource;
  const { debuggablePromise } = debuggable;
  resource.stackTrace = () => [];
  // With as many steps as in the SDK, because they determine the order of registrations.
  debuggable.debuggablePromise = (promise) => promise.then((value) => value).catch(rethrow);
  try {
    return await body();
  } finally {
    resource.stackTrace = stackTrace;
    debuggable.debuggablePromise = debuggablePromise;
    sdk.asyncLocalStorage = before;
  }
}

type Respond = (error: null, response: object) => void;

/** Discards log messages, because report and page show the warnings of the settings. */
const SILENT_ENGINE = {
  log: (_message: unknown, respond: Respond): void => respond(null, {}),
  setRootResource: (_request: unknown, respond: Respond): void => respond(null, {}),
};

/**
 * Replaces the monitor that `setMocks` installed. It receives the program's transforms as functions; the SDK would offer
 * them to the engine on a port of this machine.
 */
export function installMonitor(monitor: MockMonitor & TransformRegistry): void {
  const store = state.getStore();
  store.settings.monitor = monitor;
  store.settings.engine = SILENT_ENGINE;
  store.callbacks = {
    async registerTransform(transform: ResourceTransform): Promise<Callback> {
      const callback = new Callback();
      callback.setToken(randomUUID());
      monitor.transforms.set(callback.getToken(), transform);
      return callback;
    },
    async awaitStackRegistrations(): Promise<void> {
      // The program has transforms of resources, which are registered with the resource, but none of the stack.
    },
  };
}

function rethrow(error: unknown): never {
  throw error;
}

/** Transforms by the tokens that registrations refer to. */
interface TransformRegistry {
  readonly transforms: Map<string, ResourceTransform>;
}

/** Waits until all registrations are complete. */
export const waitForRegistrations = waitForRPCs;

/** Text of a value that only a deployment determines. */
export const UNKNOWN = "(known after apply)";

/** Wire form of a value that is not known yet. */
export const unknownOnWire: string = rpc.unknownValue;

/** Wire form of a reference to an existing resource. */
export function referenceOnWire(urn: string, id: string): Json {
  return { [rpc.specialSigKey]: rpc.specialResourceSig, urn, id };
}

/** Wire form → plain JSON: unknowns read {@link UNKNOWN}, secrets their value, resources `describe(urn)`. */
export function plain(value: unknown, describe: (urn: string) => string): Json {
  if (value === rpc.unknownValue) return UNKNOWN;
  if (Array.isArray(value)) return value.map((item) => plain(item, describe));
  if (value === null || typeof value !== "object") return (value ?? null) as Json;
  const fields = value as Record<string, unknown>;
  switch (fields[rpc.specialSigKey]) {
    case rpc.specialSecretSig:
      return plain(fields["value"], describe);
    case rpc.specialResourceSig:
      return describe(fields["urn"] as string);
    case rpc.specialOutputValueSig:
      return "value" in fields ? plain(fields["value"], describe) : UNKNOWN;
    default:
      return Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, plain(item, describe)]));
  }
}

/** Wire form of properties that a transform returned: with values in place of outputs, as the SDK sends them. */
export async function settled(properties: Properties): Promise<Properties> {
  return (await rpc.serializeProperties("transform", properties)) as Properties;
}

/** The engine's answer to a registration. `dependencies`: URNs behind each output of a remote component. */
export function registered(
  urn: string,
  id: string,
  outputs: Properties,
  dependencies: Readonly<Record<string, readonly string[]>>,
): RegisterResourceResponse {
  const response = new RegisterResourceResponse();
  response.setUrn(urn);
  response.setId(id);
  response.setObject(Struct.fromJavaScript(outputs));
  for (const [output, urns] of Object.entries(dependencies)) {
    const list = new RegisterResourceResponse.PropertyDependencies();
    list.setUrnsList([...urns]);
    response.getPropertydependenciesMap().set(output, list);
  }
  return response;
}

/** Keys of the resources that each input of a request depends on, without those of `dependsOn`. */
export function inputDependencies(request: RegisterResourceRequest): Record<string, string[]> {
  const properties = [...request.getPropertydependenciesMap().entries()] as const;
  return Object.fromEntries(
    properties.flatMap(([name, dependencies]) => {
      const keys = [...new Set(dependencies.getUrnsList().map(keyOfUrn))].sort();
      return keys.length === 0 ? [] : [[name, keys]];
    }),
  );
}

/** The same for the child of a plugin, whose inputs contain symbols. */
export function childInputDependencies({ inputs, dependsOn }: Child): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) => {
      const text = JSON.stringify(value);
      const keys = dependsOn.filter((each) => ["}", "."].some((end) => text.includes(`\${${each}${end}`)));
      return keys.length === 0 ? [] : [[name, keys.sort()]];
    }),
  );
}

/**
 * Aliases of a request, in the form of {@link ResourceOptions.aliases}. An alias has the request's values for omitted fields.
 *
 * @param root URN of the stack, which is the parent of resources without one
 */
export function aliasesOf(request: RegisterResourceRequest, root: string): Pick<ResourceOptions, "aliases"> {
  const aliases = [
    ...request.getAliasurnsList().map(partsOfUrn),
    ...request.getAliasesList().map((alias) => {
      const spec = alias.getSpec();
      if (spec === undefined) return partsOfUrn(alias.getUrn());
      const parent = spec.getNoparent() ? "" : spec.getParenturn() || request.getParent();
      const type = spec.getType() || request.getType();
      const above = parent === "" || parent === root ? "" : `${typesOfUrn(parent)}$`;
      return `${above}${type}::${spec.getName() || request.getName()}`;
    }),
  ];
  return aliases.length === 0 ? {} : { aliases };
}

/** `urn:pulumi:STACK::PROJECT::PARENT_TYPE$TYPE::NAME` → `PARENT_TYPE$TYPE::NAME`. */
function partsOfUrn(urn: string): string {
  return urn.split("::").slice(2).join("::");
}

function typesOfUrn(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/**
 * Required inputs of an AWS resource that are absent.
 *
 * The SDK's constructors refuse a missing argument, but accept an output that turns out to be undefined; the engine would
 * refuse it. The names of required inputs are read from the constructors' own error messages.
 */
export function missingInputs(type: string, inputs: Properties): string[] {
  return inputsOf(type).required.filter((name) => inputs[name] === undefined || inputs[name] === null);
}

/** Whether an AWS resource has the input `tags`. */
export function takesTags(type: string): boolean {
  return inputsOf(type).takesTags;
}

interface ClassInputs {
  readonly required: readonly string[];
  readonly takesTags: boolean;
}

const inputsByType = new Map<string, ClassInputs>();

/** Inputs of an AWS resource, as the source of its class in the SDK has them; none for another resource. */
function inputsOf(type: string): ClassInputs {
  const known = inputsByType.get(type);
  if (known !== undefined) return known;
  const [pkg, path = "", className = ""] = type.split(":");
  const [module = ""] = path.split("/");
  const classes = pkg === "aws" ? (aws as unknown as Record<string, Record<string, unknown>>)[module] : undefined;
  const source = String(classes?.[className] ?? "");
  const required = [...source.matchAll(/Missing required property '(\w+)'/g)].map(([, name = ""]) => name);
  const found = { required, takesTags: source.includes('resourceInputs["tags"]') };
  inputsByType.set(type, found);
  return found;
}
