import type { ResourceTransform } from "@pulumi/pulumi";
import {
  type Answer,
  type Cloud,
  type Identity,
  type Json,
  key,
  keyOfUrn,
  type Output,
  type PlannedResource,
  type Properties,
  Reference,
  symbolicId,
} from "./resource";
import {
  aliasesOf,
  childInputDependencies,
  inputDependencies,
  missingInputs,
  MockMonitor,
  plain,
  referenceOnWire,
  registered,
  type RegisterResourceRequest,
  settled,
  unknownOnWire,
} from "./wire";

const ROOT_TYPE = "pulumi:pulumi:Stack";
/** A symbolic id or attribute, alone or inside a text; `${aws:PrincipalTag}` of IAM has no `::`. */
const SYMBOL = /\$\{[^{}]+::[^{}]+\}/;

/** The part of a request to read a resource that the plan uses. */
interface ReadResourceRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProperties(): { toJavaScript(): Properties };
}

type Callback<T> = (error: unknown, response: T | undefined) => void;

/**
 * Stands in for the engine's resource monitor: records the resources that a program registers, and answers as the engine,
 * AWS and the components' plugins would. Unlike the SDK's mock it knows parents, dependencies, options and full URNs,
 * registers the children of remote components, and refuses what the engine refuses.
 */
export class PlanningMonitor extends MockMonitor {
  readonly planned: PlannedResource[] = [];
  readonly transforms = new Map<string, ResourceTransform>();
  outputs: Properties = {};
  private rootUrn = "";
  private readonly urns = new Map<string, string>();
  private readonly transformsByUrn = new Map<string, readonly ResourceTransform[]>();
  /** Key of the AWS provider that a component passes to its children, by the component's URN. */
  private readonly providers = new Map<string, string | null>();

  constructor(
    private readonly cloud: Cloud,
    private readonly stack: { readonly project: string; readonly stack: string; readonly preview: boolean },
  ) {
    super({
      newResource: ({ type, id = "" }) => ({ id, state: cloud.read(type, id) }),
      call: ({ token, inputs }) => withDetails(() => cloud.call(token, inputs as Properties)),
    });
  }

  override async registerResource(request: RegisterResourceRequest, callback: Callback<unknown>): Promise<void> {
    try {
      callback(null, await this.register(request));
    } catch (error) {
      callback(error, undefined);
    }
  }

  override async readResource(request: ReadResourceRequest, callback: Callback<unknown>): Promise<void> {
    this.planned.push({
      type: request.getType(),
      name: request.getName(),
      parent: this.parentKey(request.getParent()),
      inputs: this.plainProperties(request.getProperties().toJavaScript()),
      dependsOn: [],
      inputDependencies: {},
      options: { protect: false, ignoreChanges: [], provider: null },
    });
    await super.readResource(request, callback);
  }

  override registerResourceOutputs(
    request: { getUrn(): string; getOutputs(): { toJavaScript(): Properties } },
    callback: Callback<object>,
  ): void {
    if (request.getUrn() === this.rootUrn) this.outputs = this.plainProperties(request.getOutputs().toJavaScript());
    callback(null, {});
  }

  private async register(request: RegisterResourceRequest): Promise<unknown> {
    const given = request.getObject()?.toJavaScript() ?? {};
    const [type, name] = [request.getType(), request.getName()];
    const urn = this.newUrnOf(request.getParent(), type, name);
    if (type === ROOT_TYPE) {
      this.rootUrn = urn;
      return registered(urn, "", {}, {});
    }

    const transforms = this.transformsOf(request, urn);
    const identity = { custom: request.getCustom(), type, name };
    const { inputs: wireInputs } = transformed(identity, given, transforms);
    const inputs = this.plainProperties(wireInputs);
    const resource = this.resourceOf(request, inputs);
    this.planned.push(resource);
    const provider = request.getProvidersMap().get("aws");
    const inherited = this.providers.get(request.getParent());
    this.providers.set(urn, provider === undefined ? (inherited ?? null) : keyOfUrn(provider));
    if (!request.getCustom() && !request.getRemote()) return registered(urn, "", {}, {});

    const answer = this.cloud.create({
      ...{ type, name, inputs },
      inputDependencies: [...new Set(Object.values(resource.inputDependencies).flat())].sort(),
    });
    const children = await Promise.all(
      answer.children.map(async (child) => {
        const { inputs, protect } = transformed({ custom: true, ...child }, child.inputs, transforms);
        return { ...child, inputs: await settled(inputs), protect };
      }),
    );
    this.registerChildren(children, urn, this.providers.get(urn) ?? null);
    const id = this.textOnWire(answer.id);
    const outputs = { ...wireInputs, ...this.onWire(answer.outputs) };
    this.resources.set(urn, { urn, id, state: outputs });
    const dependencies = Object.entries(answer.dependencies).map(
      ([output, keys]) => [output, [urn, ...keys.map((child) => this.urnOf(child))]] as const,
    );
    return registered(urn, id === unknownOnWire ? "" : id, outputs, Object.fromEntries(dependencies));
  }

  /** @throws Error for a resource without a required input, which the engine would refuse */
  private resourceOf(request: RegisterResourceRequest, inputs: Properties): PlannedResource {
    const [type, name] = [request.getType(), request.getName()];
    const missing = request.getCustom() ? missingInputs(type, inputs) : [];
    if (missing.length > 0) {
      throw new Error(`${key({ type, name })} lacks the required input ${missing.join(", ")}`);
    }
    return {
      type,
      name,
      parent: this.parentKey(request.getParent()),
      inputs: request.getCustom() ? inputs : {},
      dependsOn: [...new Set(request.getDependenciesList().map(keyOfUrn))].sort(),
      inputDependencies: inputDependencies(request),
      options: {
        protect: request.getProtect() ?? false,
        ignoreChanges: request.getIgnorechangesList(),
        provider: request.getProvider() === "" ? null : keyOfUrn(request.getProvider()),
        ...aliasesOf(request, this.rootUrn),
        ...(request.getDeletebeforereplace() ? { deleteBeforeReplace: true } : {}),
        ...(request.getDeletedwith() === "" ? {} : { deletedWith: keyOfUrn(request.getDeletedwith()) }),
      },
    };
  }

  /** Transforms of a resource: its own, then those of its ancestors, as the engine runs them. */
  private transformsOf(request: RegisterResourceRequest, urn: string): readonly ResourceTransform[] {
    const own = request.getTransformsList().flatMap((callback) => this.transforms.get(callback.getToken()) ?? []);
    const all = [...own, ...(this.transformsByUrn.get(request.getParent()) ?? [])];
    this.transformsByUrn.set(urn, all);
    return all;
  }

  private registerChildren(
    children: readonly (Answer["children"][number] & { readonly protect: boolean })[],
    componentUrn: string,
    provider: string | null,
  ): void {
    for (const { protect, ...child } of children) {
      const parentUrn = this.urns.get(child.parent) ?? componentUrn;
      const urn = this.newUrnOf(parentUrn, child.type, child.name);
      const id = symbolicId(child);
      this.planned.push({
        ...child,
        inputs: this.plainProperties(this.onWire(child.inputs)),
        dependsOn: [...child.dependsOn].sort(),
        inputDependencies: childInputDependencies(child),
        options: { protect, ignoreChanges: [], provider },
      });
      const state = this.onWire({ ...child.inputs, ...this.cloud.attributes(child) });
      this.resources.set(urn, { urn, id: this.stack.preview ? null : id, state });
    }
  }

  /** Full URN, as the engine composes it. The engine refuses a second one; the plan needs type and name to differ. */
  private newUrnOf(parent: string, type: string, name: string): string {
    const parentType = parent === "" || parent === this.rootUrn ? "" : `${parent.split("::")[2] ?? ""}$`;
    const urn = ["urn:pulumi:" + this.stack.stack, this.stack.project, parentType + type, name].join("::");
    const resourceKey = key({ type, name });
    if (this.urns.has(resourceKey)) throw new Error(`two resources are called ${resourceKey}: names must be unique`);
    this.urns.set(resourceKey, urn);
    return urn;
  }

  private urnOf(resourceKey: string): string {
    const urn = this.urns.get(resourceKey);
    if (urn === undefined) throw new Error(`${resourceKey} is referred to before it is registered`);
    return urn;
  }

  private parentKey(urn: string): string | null {
    return urn === "" || urn === this.rootUrn ? null : keyOfUrn(urn);
  }

  private plainProperties(wire: Properties): Properties {
    return plain(wire, (urn) => `\${${keyOfUrn(urn)}}`) as Properties;
  }

  /** Wire form of a text; in a preview no symbol is known. */
  private textOnWire(text: string): string {
    return this.stack.preview && SYMBOL.test(text) ? unknownOnWire : text;
  }

  private onWire(outputs: Readonly<Record<string, Output>>): Properties {
    const convert = (value: Output): Json => {
      if (value instanceof Reference) {
        const urn = this.urnOf(value.key);
        return referenceOnWire(urn, this.stack.preview ? unknownOnWire : `\${${value.key}}`);
      }
      if (Array.isArray(value)) return value.map((item: Output) => convert(item));
      if (typeof value === "string") return this.textOnWire(value);
      if (value === null || typeof value !== "object") return value;
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, convert(item as Output)]));
    };
    return convert(outputs as Json) as Properties;
  }
}

/** Inputs and protection of a resource after its transforms. Changes of other options are ignored. */
function transformed<T extends object>(
  { custom, type, name }: Identity & { readonly custom: boolean },
  given: T,
  transforms: readonly ResourceTransform[],
): { readonly inputs: T; readonly protect: boolean } {
  return transforms.reduce<{ readonly inputs: T; readonly protect: boolean }>(
    ({ inputs, protect }, transform) => {
      const result = transform({ custom, type, name, props: inputs, opts: { protect } });
      if (result instanceof Promise) throw new Error("the plan runs synchronous transforms only");
      if (result === undefined) return { inputs, protect };
      return { inputs: result.props as T, protect: result.opts.protect ?? false };
    },
    { inputs: given, protect: false },
  );
}

/** The SDK reports a failed lookup by the `details` that a gRPC error has. */
function withDetails<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw Object.assign(error as Error, { details: (error as Error).message });
  }
}
