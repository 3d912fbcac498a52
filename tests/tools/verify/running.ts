import { createHash } from "node:crypto";
import { isProperties, type Properties } from "../../../tools/model/resource";
import type { PlannedResource } from "../../../tools/planner/engine/resource";
import { key } from "../../../tools/planner/engine/resource";

/** A resource that a stack is to run; with neither parent nor options as one that was made at the top of the stack. */
export type Asked = Pick<PlannedResource, "type" | "name"> & {
  readonly inputs: Properties;
  readonly parent?: string | null;
  readonly options?: Partial<PlannedResource["options"]>;
};

export interface AskedStack {
  readonly name: string;
  readonly resources: readonly Asked[];
}

/** A resource in an export, as the engine writes it. */
export interface Raw {
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

export interface Export {
  version: unknown;
  deployment: { manifest: { time: string }; pending_operations?: unknown; resources?: Raw[] };
}

const SYMBOL = /\$\{([^{}]+::[^{}]+)\}/g;
const PROJECT_NAME = "piksel-network";

/**
 * What `pulumi stack export` would write if all stacks ran just as they are asked for: with ids in the place of symbols,
 * and the attributes that any stack reads among the outputs. By name of the stack.
 */
export function running(stacks: readonly AskedStack[]): Record<string, Export> {
  const ids = new Map(stacks.flatMap(({ resources }) => resources.map((each) => [key(each), idOf(each)] as const)));
  const read = attributesRead(JSON.stringify(stacks), ids);
  return Object.fromEntries(stacks.map((stack) => [stack.name, exportOf(stack, ids, read)]));
}

function exportOf({ name, resources }: AskedStack, ids: ReadonlyMap<string, string>, read: Attributes): Export {
  const root = `urn:pulumi:${name}::${PROJECT_NAME}::pulumi:pulumi:Stack::${PROJECT_NAME}-${name}`;
  const types = new Map<string, string>();
  const urnOf = (each: Asked): string => {
    const above = types.get(each.parent ?? "");
    const type = above === undefined ? each.type : `${above}$${each.type}`;
    types.set(key(each), type);
    return `urn:pulumi:${name}::${PROJECT_NAME}::${type}::${each.name}`;
  };
  const made = resources.map((each): Raw => {
    const urn = urnOf(each);
    const above = types.get(each.parent ?? "");
    const parent =
      above === undefined
        ? root
        : `urn:pulumi:${name}::${PROJECT_NAME}::${above}::${(each.parent ?? "").split("::")[1] ?? ""}`;
    // Components; every other type is a resource of some provider.
    if (/^(piksel|awsx|eks):/.test(each.type)) return { urn, custom: false, type: each.type, parent };
    const inputs = resolved(each.inputs, ids) as Record<string, unknown>;
    const id = ids.get(key(each)) ?? "";
    return {
      ...{ urn, custom: true, type: each.type, id, parent },
      inputs: { __defaults: [], ...inputs },
      outputs: { __meta: "{}", id, ...told(each), ...inputs, ...read.get(key(each)) },
      ...(each.options?.protect === true ? { protect: true } : {}),
      ...(each.type === "pulumi:pulumi:StackReference" ? { external: true } : {}),
    };
  });
  const own: Raw[] = [
    { urn: root, custom: false, type: "pulumi:pulumi:Stack" },
    {
      urn: `urn:pulumi:${name}::${PROJECT_NAME}::pulumi:providers:awsx::default_3_9_0`,
      custom: true,
      type: "pulumi:providers:awsx",
    },
  ];
  return { version: 3, deployment: { manifest: { time: "2026-11-25T07:12:04Z" }, resources: [...own, ...made] } };
}

/** An id such as AWS makes up: `subnet-0a1b2c3d4e5f60718`. */
function idOf({ type, name }: Asked): string {
  const digest = createHash("sha1").update(`${type}::${name}`).digest("hex");
  const kind = (type.split(":").pop() ?? "").toLowerCase();
  return `${kind}-${digest.slice(0, 17)}`;
}

function told(each: Asked): Properties {
  const [, module = ""] = /^aws:(\w+)\//.exec(each.type) ?? [];
  const table = `tgw-rtb-${idOf(each).slice(-17)}`;
  return {
    arn: `arn:aws:${module}:::${idOf(each)}`,
    ...(each.type.endsWith(":TransitGateway")
      ? { associationDefaultRouteTableId: table, propagationDefaultRouteTableId: table }
      : {}),
    ...(/:DefaultRouteTable(Association|Propagation)$/.test(each.type)
      ? { originalDefaultRouteTableId: tableOf(each) }
      : {}),
    ...(each.inputs["vpcEndpointType"] === "Interface"
      ? { dnsEntries: [{ dnsName: `dnsName-of-${idOf(each)}`, hostedZoneId: `hostedZoneId-of-${idOf(each)}` }] }
      : {}),
    ...(each.type.endsWith(":NatGateway") ? { networkInterfaceId: `eni-${idOf(each).slice(-17)}` } : {}),
    ...(each.type.endsWith(":Vpc") ? { defaultRouteTableId: `rtb-${idOf(each).slice(-17)}` } : {}),
  };
}

/** The table that AWS made with the gateway of which another one is made the default. */
function tableOf({ inputs }: Asked): string {
  const [, type = "", name = ""] = /^\$\{(.+)::(.+)\}$/.exec(String(inputs["transitGatewayId"])) ?? [];
  return `tgw-rtb-${idOf({ type, name, inputs: {} }).slice(-17)}`;
}

type Attributes = ReadonlyMap<string, Record<string, unknown>>;

/** The attributes that some symbol in the text reads, with a value each. */
function attributesRead(text: string, ids: ReadonlyMap<string, string>): Attributes {
  const found = new Map<string, Record<string, unknown>>();
  for (const [, inner = ""] of text.matchAll(SYMBOL)) {
    const resource = resourceOf(inner, ids);
    if (resource === inner) continue;
    const outputs = found.get(resource) ?? {};
    found.set(resource, outputs);
    set(outputs, inner.slice(resource.length + 1), attribute(inner, ids));
  }
  return found;
}

function resolved(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, ids));
  if (isProperties(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolved(each, ids)]));
  }
  if (typeof value !== "string") return value;
  return value.replaceAll(SYMBOL, (_symbol, inner: string) => ids.get(inner) ?? attribute(inner, ids));
}

function attribute(inner: string, ids: ReadonlyMap<string, string>): string {
  const resource = resourceOf(inner, ids);
  const path = inner.slice(resource.length + 1);
  const [type = "", name = ""] = resource.split("::");
  if (path === "arn") return String(told({ type, name, inputs: {} })["arn"]);
  if (path === "latestVersion") return "1";
  return `${path.split(".").pop() ?? ""}-of-${ids.get(resource) ?? ""}`;
}

/** The key in `TYPE::NAME` or `TYPE::NAME.ATTRIBUTE`. */
function resourceOf(inner: string, ids: ReadonlyMap<string, string>): string {
  const found = [...ids.keys()].filter((each) => inner === each || inner.startsWith(`${each}.`));
  return found.sort((a, b) => b.length - a.length)[0] ?? inner;
}

function set(target: Record<string, unknown>, path: string, value: string): void {
  const [, list, property] = /^(\w+)\[0\]\.(\w+)$/.exec(path) ?? [];
  if (list !== undefined && property !== undefined) {
    const [first] = (target[list] ?? [{}]) as Record<string, unknown>[];
    target[list] = [{ ...first, [property]: value }];
    return;
  }
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) target[first] = value;
  else set((target[first] ??= {}) as Record<string, unknown>, rest.join("."), value);
}
