import { createHash } from "node:crypto";
import { isProperties, type Properties } from "../../../../tools/model/resource";
import { key, type PlannedResource } from "../../../../tools/planner/engine/resource";

/** A resource of a stack; by default at the top of the stack, without options. */
type DeclaredResource = Pick<PlannedResource, "type" | "name"> & {
  readonly inputs: Properties;
  readonly parent?: string | null;
  readonly options?: Partial<PlannedResource["options"]>;
};

interface DeclaredStack {
  readonly name: string;
  readonly resources: readonly DeclaredResource[];
}

/** A resource in an export, as the engine writes it. */
export interface ExportedResource {
  urn: string;
  custom: boolean;
  type: string;
  id?: string;
  parent?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  protect?: boolean;
  external?: boolean;
  delete?: boolean;
}

export interface ExportFile {
  version: unknown;
  deployment: { manifest: { time: string }; pending_operations?: unknown; resources?: ExportedResource[] };
}

/** Exports by stack. */
export type ExportFiles = Record<string, ExportFile>;

/** The one resource of a stack with this type and name. */
export function findResource(files: ExportFiles, stack: string, type: string, name: string): ExportedResource {
  const found = resourcesOf(files, stack).find((each) => each.type === type && each.urn.endsWith(`::${name}`));
  if (found === undefined) throw new Error(`the export of ${stack} has no ${type} ${name}`);
  return found;
}

/** Sets an input and the output of the same name. */
export function setProperty(resource: ExportedResource, property: string, value: unknown): void {
  resource.inputs = { ...resource.inputs, [property]: value };
  setOutput(resource, property, value);
}

/** Sets an output only, as a refresh does with a property that the program does not set. */
export function setOutput(resource: ExportedResource, property: string, value: unknown): void {
  resource.outputs = { ...resource.outputs, [property]: value };
}

/** Adds a resource at a position of the export. @default at the end */
export function addResource(files: ExportFiles, stack: string, resource: ExportedResource, position?: number): void {
  const resources = resourcesOf(files, stack);
  resources.splice(position ?? resources.length, 0, resource);
}

export function removeResource(files: ExportFiles, stack: string, resource: ExportedResource): void {
  const resources = resourcesOf(files, stack);
  resources.splice(resources.indexOf(resource), 1);
}

function resourcesOf(files: ExportFiles, stack: string): ExportedResource[] {
  const resources = files[stack]?.deployment.resources;
  if (resources === undefined) throw new Error(`there is no export of ${stack} with resources`);
  return resources;
}

const PLACEHOLDER = /\$\{([^{}]+::[^{}]+)\}/g;
const PROJECT_NAME = "piksel-network";

/**
 * What `pulumi stack export` would write, by stack, if all stacks were deployed as declared: with ids in the place of
 * placeholders. The outputs include the attributes that any stack reads.
 */
export function deployedExports(stacks: readonly DeclaredStack[]): ExportFiles {
  const ids = new Map(stacks.flatMap(({ resources }) => resources.map((each) => [key(each), idOf(each)] as const)));
  const read = attributesRead(JSON.stringify(stacks), ids);
  return Object.fromEntries(stacks.map((stack) => [stack.name, exportOf(stack, ids, read)]));
}

function exportOf({ name, resources }: DeclaredStack, ids: ReadonlyMap<string, string>, read: Attributes): ExportFile {
  const root = `urn:pulumi:${name}::${PROJECT_NAME}::pulumi:pulumi:Stack::${PROJECT_NAME}-${name}`;
  const types = new Map<string, string>();
  const urnOf = (each: DeclaredResource): string => {
    const above = types.get(each.parent ?? "");
    const type = above === undefined ? each.type : `${above}$${each.type}`;
    types.set(key(each), type);
    return `urn:pulumi:${name}::${PROJECT_NAME}::${type}::${each.name}`;
  };
  const own = resources.map((each): ExportedResource => {
    const urn = urnOf(each);
    const above = types.get(each.parent ?? "");
    const parent =
      above === undefined
        ? root
        : `urn:pulumi:${name}::${PROJECT_NAME}::${above}::${(each.parent ?? "").split("::")[1] ?? ""}`;
    // Components; every other type is a resource of a provider.
    if (/^(piksel|awsx|eks):/.test(each.type)) return { urn, custom: false, type: each.type, parent };
    const inputs = resolved(each.inputs, ids) as Record<string, unknown>;
    const id = ids.get(key(each)) ?? "";
    return {
      ...{ urn, custom: true, type: each.type, id, parent },
      inputs: { __defaults: [], ...inputs },
      outputs: merged({ __meta: "{}", id, ...awsOutputs(each), ...inputs }, read.get(key(each)) ?? {}) as Properties,
      ...(each.options?.protect === true ? { protect: true } : {}),
      ...(each.type === "pulumi:pulumi:StackReference" ? { external: true } : {}),
    };
  });
  const pulumiOwn: ExportedResource[] = [
    { urn: root, custom: false, type: "pulumi:pulumi:Stack" },
    {
      urn: `urn:pulumi:${name}::${PROJECT_NAME}::pulumi:providers:awsx::default_3_9_0`,
      custom: true,
      type: "pulumi:providers:awsx",
    },
  ];
  return { version: 3, deployment: { manifest: { time: "2026-11-25T07:12:04Z" }, resources: [...pulumiOwn, ...own] } };
}

/** An id as AWS generates it: `subnet-0a1b2c3d4e5f60718`. */
function idOf({ type, name }: DeclaredResource): string {
  const digest = createHash("sha1").update(`${type}::${name}`).digest("hex");
  const kind = (type.split(":").pop() ?? "").toLowerCase();
  return `${kind}-${digest.slice(0, 17)}`;
}

/** Outputs that only AWS knows, if a stack reads them or verify compares them. */
function awsOutputs(each: DeclaredResource): Properties {
  const [, module = ""] = /^aws:(\w+)\//.exec(each.type) ?? [];
  const table = `tgw-rtb-${idOf(each).slice(-17)}`;
  return {
    arn: `arn:aws:${module}:::${idOf(each)}`,
    ...(each.type.endsWith(":TransitGateway")
      ? { associationDefaultRouteTableId: table, propagationDefaultRouteTableId: table }
      : {}),
    ...(/:DefaultRouteTable(Association|Propagation)$/.test(each.type)
      ? { originalDefaultRouteTableId: originalDefaultTable(each) }
      : {}),
    ...(each.inputs["vpcEndpointType"] === "Interface"
      ? { dnsEntries: [{ dnsName: `dnsName-of-${idOf(each)}`, hostedZoneId: `hostedZoneId-of-${idOf(each)}` }] }
      : {}),
    ...(each.type.endsWith(":NatGateway") ? { networkInterfaceId: `eni-${idOf(each).slice(-17)}` } : {}),
    ...(each.type.endsWith(":Vpc") ? { defaultRouteTableId: `rtb-${idOf(each).slice(-17)}` } : {}),
  };
}

/** Id of the route table that AWS created with the gateway, before another one became its default. */
function originalDefaultTable({ inputs }: DeclaredResource): string {
  const [, type = "", name = ""] = /^\$\{(.+)::(.+)\}$/.exec(String(inputs["transitGatewayId"])) ?? [];
  return `tgw-rtb-${idOf({ type, name, inputs: {} }).slice(-17)}`;
}

type Attributes = ReadonlyMap<string, Record<string, unknown>>;

/** The attributes that placeholders in the text read, with a value each. */
function attributesRead(text: string, ids: ReadonlyMap<string, string>): Attributes {
  const found = new Map<string, Record<string, unknown>>();
  for (const [, inner = ""] of text.matchAll(PLACEHOLDER)) {
    const resource = resourceOf(inner, ids);
    if (resource === inner) continue;
    const outputs = found.get(resource) ?? {};
    found.set(resource, outputs);
    setAt(outputs, inner.slice(resource.length + 1), attribute(inner, ids));
  }
  return found;
}

function resolved(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, ids));
  if (isProperties(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each, ids)]));
  }
  if (typeof value !== "string") return value;
  return value.replaceAll(PLACEHOLDER, (_placeholder, inner: string) => ids.get(inner) ?? attribute(inner, ids));
}

function attribute(inner: string, ids: ReadonlyMap<string, string>): string {
  const resource = resourceOf(inner, ids);
  const path = inner.slice(resource.length + 1);
  const [type = "", name = ""] = resource.split("::");
  if (path === "arn") return String(awsOutputs({ type, name, inputs: {} })["arn"]);
  if (path === "latestVersion") return "1";
  // The first item of a list has the name alone.
  const [, position = "0"] = /\[(\d+)\]/.exec(path) ?? [];
  return `${path.split(".").pop() ?? ""}-of-${ids.get(resource) ?? ""}${position === "0" ? "" : `-${position}`}`;
}

/** The key in `TYPE::NAME` or `TYPE::NAME.ATTRIBUTE`. */
function resourceOf(inner: string, ids: ReadonlyMap<string, string>): string {
  const found = [...ids.keys()].filter((each) => inner === each || inner.startsWith(`${each}.`));
  return found.sort((a, b) => b.length - a.length)[0] ?? inner;
}

/** Sets a value at a path with properties and positions: `resources[0].autoscalingGroups[0].name`. */
function setAt(target: Record<string, unknown>, path: string, value: string): void {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
  let place: Record<string, unknown> = target;
  for (const [index, step] of steps.slice(0, -1).entries()) {
    const isList = /^\d+$/.test(steps[index + 1] ?? "");
    place = (place[step] ??= isList ? [] : {}) as Record<string, unknown>;
  }
  place[steps.at(-1) ?? ""] = value;
}

/** Outputs with attributes in them that only AWS knows: in a list, item by item. */
function merged(given: unknown, read: unknown): unknown {
  if (Array.isArray(read)) return read.map((each, index) => merged((given as unknown[] | undefined)?.[index], each));
  if (!isProperties(read) || !isProperties(given)) return read;
  return {
    ...given,
    ...Object.fromEntries(Object.entries(read).map(([name, each]) => [name, merged(given[name], each)])),
  };
}
