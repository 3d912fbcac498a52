/** The properties of a resource, or of an object in them. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource of a plan, a preview or a deployed stack. */
export interface ModelResource {
  readonly type: string;
  readonly name: string;
  /** Physical id; in a plan, a placeholder such as `${aws:ec2/vpc:Vpc::dev}`. */
  readonly id: string;
  readonly inputs: Properties;
  /** Attributes that AWS returned; absent in a plan, which has placeholders for attributes. */
  readonly outputs?: Properties;
  /** Paths of inputs that a preview does not know yet: `vpcConfig.subnetIds`. @default none */
  readonly unknown?: readonly string[];
}

/** Whether a property is fully known, so that an absent value is really absent. */
export function knows({ unknown = [] }: Pick<ModelResource, "unknown">, property: string): boolean {
  return !unknown.some(
    (path) => path === property || path.startsWith(`${property}.`) || property.startsWith(`${path}.`),
  );
}

/** A string property; empty if it is absent. */
export function text({ inputs }: Pick<ModelResource, "inputs">, property: string): string {
  return textIn(inputs, property);
}

/** The strings of a list property. */
export function texts({ inputs }: Pick<ModelResource, "inputs">, property: string): readonly string[] {
  const value = inputs[property];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The objects of a list property. */
export function items({ inputs }: Pick<ModelResource, "inputs">, property: string): readonly Properties[] {
  const value = inputs[property];
  return Array.isArray(value) ? value.filter(isProperties) : [];
}

/** A string among properties; empty if it is absent. */
export function textIn(properties: Properties, property: string): string {
  const value = properties[property];
  return typeof value === "string" ? value : "";
}

export function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An attribute that AWS returned, or its placeholder in a plan. */
export function attribute({ id, outputs }: ModelResource, name: string): string {
  const value = outputs?.[name];
  return typeof value === "string" ? value : id.replace(/\}$/, `.${name}}`);
}

/**
 * The own entry of a table for a key that comes from outside, such as a property of an export. Plain indexing also finds
 * inherited members: `table["constructor"]` is a function.
 */
export function lookup<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
