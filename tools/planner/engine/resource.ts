/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Properties of a resource, by name. */
export type Properties = Record<string, Json>;

/** A resource of a plan; `parent`, `dependsOn` and `inputDependencies` are {@link key}s. */
export interface PlannedResource {
  /** Pulumi type token: `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** Key of the component it belongs to; null at the top of the stack. */
  readonly parent: string | null;
  /** Properties that the program sets; ids of other resources read `${TYPE::NAME}`. */
  readonly inputs: Readonly<Record<string, Json>>;
  /** Keys of the resources that must exist before it, sorted. */
  readonly dependsOn: readonly string[];
  /** Keys of the resources that each input comes from; known in a preview, too, while the value is unknown. */
  readonly inputDependencies: Readonly<Record<string, readonly string[]>>;
  readonly options: ResourceOptions;
}

/** Resource options that checks and comparisons read. */
export interface ResourceOptions {
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  /** Key of an explicit provider; null: the default one of its package. */
  readonly provider: string | null;
  /** Names in earlier releases, `PARENT_TYPE$TYPE::NAME`. @default none */
  readonly aliases?: readonly string[];
  /** Whether the program demands that a replacement deletes the old resource first. @default the provider decides */
  readonly deleteBeforeReplace?: true;
  /** Key of a resource whose deletion deletes this one as well. @default none */
  readonly deletedWith?: string;
}

export type Identity = Pick<PlannedResource, "type" | "name">;

/** `TYPE::NAME`, which identifies a resource in a plan. */
export function key({ type, name }: Identity): string {
  return `${type}::${name}`;
}

/** Symbol for the physical id of a planned resource: `${TYPE::NAME}`. */
export function symbolicId(resource: Identity): string {
  return `\${${key(resource)}}`;
}

/** Symbol for an attribute that AWS determines: `${TYPE::NAME.ATTRIBUTE}`. */
export function symbolicAttribute(resource: Identity, attribute: string): string {
  return `\${${key(resource)}.${attribute}}`;
}

/** Key of the resource that a URN names. */
export function keyOfUrn(urn: string): string {
  const [, , qualifiedType = "", name = ""] = urn.split("::");
  return `${qualifiedType.split("$").pop() ?? ""}::${name}`;
}

/** Short type and name of a `TYPE::NAME`: `ec2.Subnet` and the name. */
export function labelOf(resourceKey: string): Identity {
  const [type = "", name = ""] = resourceKey.split("::");
  return { type: shortType(type), name };
}

/**
 * `aws:ec2/subnet:Subnet` → `ec2.Subnet`, `awsx:ec2:Vpc` → `awsx.ec2.Vpc`, and of Kubernetes only the kind:
 * `kubernetes:karpenter.sh/v1:NodePool` → `NodePool`.
 */
export function shortType(type: string): string {
  const [pkg = "", path = "", name = ""] = type.split(":");
  if (pkg === "kubernetes") return name;
  const [module = ""] = path.split("/");
  return [...(pkg === "aws" ? [] : [pkg]), module, name].join(".");
}

/** Whether Pulumi made a physical name of a logical one, by a suffix (Pulumi Docs, "Auto-naming"). */
export function isAutonamed(physical: string, logical: string): boolean {
  return physical.startsWith(`${logical}-`) && /^[0-9a-f]{7}$/.test(physical.slice(logical.length + 1));
}

/** A registration of a resource. `inputs` are plain: ids of other resources read `${TYPE::NAME}`. */
export interface Request extends Pick<PlannedResource, "type" | "name" | "inputs"> {
  /** Keys of the resources whose outputs are among the inputs, sorted. */
  readonly inputDependencies: readonly string[];
}

/** A resource that a remote component creates in its plugin. */
export interface Child {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs: Properties;
  readonly dependsOn: readonly string[];
}

/** The children of a remote component, in the order of creation. */
export class Children {
  readonly all: Child[] = [];

  /** @param dependsOn keys */
  add(type: string, name: string, parent: Identity, inputs: Properties, dependsOn: readonly string[]): Child {
    const child = { type, name, parent: key(parent), inputs, dependsOn };
    this.all.push(child);
    return child;
  }
}

/** An output that is a resource: its key. */
export class Reference {
  constructor(readonly key: string) {}
}

/** An output of a remote component: JSON with references among it. */
export type Output = Json | Reference | readonly Reference[];

/** The answer of AWS, or of a component's plugin, to a registration. */
export interface Answer {
  /** Physical id; empty for a component. */
  readonly id: string;
  /** Output properties beside the inputs. */
  readonly outputs: Readonly<Record<string, Output>>;
  /** In the order of creation: parents and dependencies first. */
  readonly children: readonly Child[];
  /** Keys of the children behind each output. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** Everything outside the program: AWS, the components' plugins, the other stacks, lookups. */
export interface Cloud {
  create(request: Request): Answer;
  /** Attributes that AWS adds to the inputs of a resource. */
  attributes(resource: Pick<Child, "type" | "name" | "inputs">): Properties;
  /** Outputs of an existing resource: always those of another stack. @throws Error for any other */
  read(type: string, id: string): Properties;
  /** Answer of a provider function. @throws Error when there is none: the program makes no lookups that it can avoid */
  call(token: string, args: Properties): Properties;
}
