import type { Json } from "./wire";

/** A resource as the plan knows it; `parent`, `dependsOn` and `inputDependencies` are {@link key}s. */
export interface PlannedResource {
  /** Pulumi type token: `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** Logical name, what the program calls it. */
  readonly name: string;
  /** Key of the component it belongs to; null at the top of the stack. */
  readonly parent: string | null;
  /** Properties asked for; ids of other resources read `${TYPE::NAME}`. */
  readonly inputs: Readonly<Record<string, Json>>;
  /** Keys of the resources that must exist before it, sorted. */
  readonly dependsOn: readonly string[];
  /** Keys of the resources behind each input that has any, which a preview knows while the value is unknown. */
  readonly inputDependencies: Readonly<Record<string, readonly string[]>>;
  readonly options: ResourceOptions;
}

/** Resource options that a plan is judged by. */
export interface ResourceOptions {
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  /** Key of an explicit provider; null: the default one of its package. */
  readonly provider: string | null;
  /** What earlier releases called it, `PARENT_TYPE$TYPE::NAME`. @default none */
  readonly aliases?: readonly string[];
}

export type Identity = Pick<PlannedResource, "type" | "name">;

/** `TYPE::NAME`, how the plan names a resource. */
export function key({ type, name }: Identity): string {
  return `${type}::${name}`;
}

/** What stands for the physical id of a planned resource: `${TYPE::NAME}`. */
export function symbolicId(resource: Identity): string {
  return `\${${key(resource)}}`;
}

/** What stands for an attribute that only AWS can tell: `${TYPE::NAME.ATTRIBUTE}`. */
export function symbolicAttribute(resource: Identity, attribute: string): string {
  return `\${${key(resource)}.${attribute}}`;
}

/** Key of the resource that a URN names. */
export function keyOfUrn(urn: string): string {
  const [, , qualifiedType = "", name = ""] = urn.split("::");
  return `${qualifiedType.split("$").pop() ?? ""}::${name}`;
}
