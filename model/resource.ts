/** A resource as the model reads it, from a plan or from what runs. */
export interface ModelResource {
  readonly type: string;
  readonly name: string;
  /** Physical id; in a plan the symbol that stands for it. */
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A text property, empty when it is absent. */
export function text({ inputs }: ModelResource, property: string): string {
  const value = inputs[property];
  return typeof value === "string" ? value : "";
}

/** The texts of a list property. */
export function texts({ inputs }: ModelResource, property: string): readonly string[] {
  const value = inputs[property];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
