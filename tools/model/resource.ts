/** Properties of a resource, or of an item in it. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource as the model reads it, from a plan, a preview or what runs. */
export interface ModelResource {
  readonly type: string;
  readonly name: string;
  /** Physical id; before there is one, the symbol that stands for it. */
  readonly id: string;
  readonly inputs: Properties;
  /** What AWS has told of it, where it runs; absent in a plan, where symbols stand for attributes. */
  readonly outputs?: Properties;
  /** Paths of what is asked for and not known yet, `vpcConfig.subnetIds`, as in a preview. @default none */
  readonly unknown?: readonly string[];
}

/** Whether all of a property is known, so that what is absent is not asked for. */
export function knows({ unknown = [] }: Pick<ModelResource, "unknown">, property: string): boolean {
  return !unknown.some(
    (path) => path === property || path.startsWith(`${property}.`) || property.startsWith(`${path}.`),
  );
}

/** A text property, empty when it is absent. */
export function text({ inputs }: Pick<ModelResource, "inputs">, property: string): string {
  return textIn(inputs, property);
}

/** The texts of a list property. */
export function texts({ inputs }: Pick<ModelResource, "inputs">, property: string): readonly string[] {
  const value = inputs[property];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The items of a list property that are objects. */
export function items({ inputs }: Pick<ModelResource, "inputs">, property: string): readonly Properties[] {
  const value = inputs[property];
  return Array.isArray(value) ? value.filter(isProperties) : [];
}

/** A text among properties, empty when it is absent. */
export function textIn(properties: Properties, property: string): string {
  const value = properties[property];
  return typeof value === "string" ? value : "";
}

export function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An attribute that AWS tells of a running resource, or the symbol that stands for it in a plan. */
export function attribute({ id, outputs }: ModelResource, name: string): string {
  const value = outputs?.[name];
  return typeof value === "string" ? value : id.replace(/\}$/, `.${name}}`);
}

/**
 * What a table has under a key from outside, such as a property of an export. An object has more than was put into it:
 * `table["constructor"]` is a function.
 */
export function lookup<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
