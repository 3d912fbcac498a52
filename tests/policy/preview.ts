import {
  type Policies,
  type PolicyResource,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
  unknownCheckingProxy,
} from "@pulumi/policy";

import { decodeStack, type PreviewedStack } from "../../policy/previewed-stack";
import { policies } from "../../policy/stack-policies";
import type { ModelResource } from "../../tools/model/resource";
import { key, type PlannedResource, symbolicId } from "../../tools/planner/engine/resource";
import { UNKNOWN, unknownOnWire } from "../../tools/planner/engine/wire";
import type { StackPlan } from "../../tools/planner/plan";
import { configForProgram } from "../../tools/planner/project/project";
import type { Modification } from "../support/modifications";
import { projectThatPages as project } from "../support/plans";

/** A resource as the engine passes it to a policy pack. */
export interface EngineResource extends Pick<PlannedResource, "type" | "name"> {
  readonly urn: string;
  /** Inputs of the program; unknown values have the SDK's marker. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly options: PlannedResource["options"];
  /** URNs of the resources that an input depends on. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  readonly providerName: string;
  readonly providerInputs: Readonly<Record<string, unknown>>;
}

/** Whether ids are known, as in an update of deployed resources, or not, as before the first update. */
export type Form = "update" | "first preview";
export const FORMS: readonly Form[] = ["update", "first preview"];

const NO_OPTIONS: PlannedResource["options"] = {
  protect: false,
  ignoreChanges: [],
  provider: "pulumi:providers:aws::aws",
};
const SYMBOL = /^\$\{([^{}]+::[^{}]+)\}$/;

/** A planned stack as the engine would pass it, changed on purpose. */
export function engineResources(
  { name: stack, resources }: StackPlan,
  form: Form,
  ...modifications: readonly Modification[]
): EngineResource[] {
  const modified = modifications.reduce<readonly Planned[]>(
    (list, modification) => modification(list as readonly ModelResource[]) as readonly Planned[],
    resources.map((each) => ({ ...each, id: symbolicId(each) })),
  );
  const urnOf = (resourceKey: string): string => `urn:pulumi:${stack}::${project.name}::${resourceKey}`;
  const byKey = new Map(modified.map((each) => [key(each), each]));
  return modified.map((planned) => {
    const { type, name, inputs, options = NO_OPTIONS, inputDependencies = {} } = planned;
    const provider = byKey.get(options.provider ?? "");
    const given = form === "update" ? { inputs, dependencies: {} } : unknownIn(inputs, new Set(byKey.keys()));
    const dependencies = Object.entries({ ...inputDependencies, ...given.dependencies });
    return {
      ...{ type, name, options, urn: urnOf(key(planned)) },
      inputs: given.inputs,
      outputs: { ...given.inputs, id: form === "update" ? symbolicId(planned) : unknownOnWire },
      dependencies: Object.fromEntries(dependencies.map(([property, keys]) => [property, keys.map(urnOf)])),
      providerName: provider?.name ?? "default_7_48_0",
      providerInputs: provider?.inputs ?? {},
    };
  });
}

/** With other values of some options of a resource; `type` is the end of its token. */
export function withOptions(type: string, name: string, options: Partial<PlannedResource["options"]>): Modification {
  return (resources) => {
    const is = (each: ModelResource): boolean => each.type === `aws:${type}` && each.name === name;
    if (!resources.some(is)) throw new Error(`there is no ${type} ${name}`);
    return resources.map((each) =>
      is(each) ? { ...each, options: { ...(each as Planned).options, ...options } } : each,
    );
  };
}

/** A resource after a modification, which may add resources with inputs only. */
type Planned = Pick<PlannedResource, "type" | "name" | "inputs"> & Partial<PlannedResource>;

/** Inputs with the SDK's marker for unknown values, and the resources behind the placeholders that a modification added. */
function unknownIn(inputs: Readonly<Record<string, unknown>>, keys: ReadonlySet<string>) {
  const dependencies: Record<string, string[]> = {};
  const marked = (value: unknown, property: string): unknown => {
    if (value === UNKNOWN) return unknownOnWire;
    if (Array.isArray(value)) return value.map((item) => marked(item, property));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, marked(item, property)]));
    }
    const symbol = typeof value === "string" ? SYMBOL.exec(value)?.[1] : undefined;
    // Outputs of another stack are known.
    if (symbol === undefined || !keys.has(symbol)) return value;
    dependencies[property] = [...(dependencies[property] ?? []), symbol];
    return unknownOnWire;
  };
  const entries = Object.entries(inputs).filter(([, value]) => value !== undefined);
  return { inputs: Object.fromEntries(entries.map(([name, value]) => [name, marked(value, name)])), dependencies };
}

/** The configuration of a planned stack, as the engine passes it. */
export function previewedStack({ name, config }: StackPlan): PreviewedStack {
  return decodeStack({ stack: name, project: project.name, config: configForProgram(project, name, config) });
}

export interface PolicyResults {
  /** Policies that report a violation, and their messages. */
  readonly failed: Readonly<Record<string, readonly string[]>>;
  /** Policies that do not apply to this stack or this preview. */
  readonly notApplicable: readonly string[];
}

class NotApplicable extends Error {}

/** Runs all policies. An unknown value that one of them reads is an error here. */
export async function runPolicies(
  stack: PreviewedStack,
  resources: readonly EngineResource[],
  isEnabled: (policy: Policies[number]) => boolean = () => true,
): Promise<PolicyResults> {
  const failed: Record<string, string[]> = {};
  const skipped: string[] = [];
  const args = {
    stackTags: new Map<string, string>(),
    getConfig: <T extends object>(): T => ({}) as T,
    notApplicable: (): never => {
      throw new NotApplicable();
    },
  };
  const together = policyResources(resources);
  for (const policy of policies(() => stack).filter(isEnabled) as (ResourceValidationPolicy &
    StackValidationPolicy)[]) {
    const report = (message: unknown): void => void (failed[policy.name] ??= []).push(String(message));
    if (typeof policy.validateResource === "function") {
      for (const { inputs, urn: own } of resources) {
        const resource = together.find(({ urn }) => urn === own)!;
        const asType = (): undefined => undefined;
        await policy.validateResource({ ...resource, ...args, asType, props: proxied(inputs) }, report);
      }
      continue;
    }
    try {
      await policy.validateStack({ ...args, resources: together }, report);
    } catch (error) {
      if (!(error instanceof NotApplicable)) throw error;
      skipped.push(policy.name);
    }
  }
  return { failed, notApplicable: skipped };
}

/** The resources as the SDK of policies builds them from the engine's request. */
export function policyResources(resources: readonly EngineResource[]): PolicyResource[] {
  const all = resources.map(({ type, name, urn, outputs, options, providerName, providerInputs }): PolicyResource => ({
    ...{ type, name, urn },
    props: proxied(outputs),
    opts: {
      protect: options.protect,
      ignoreChanges: [...options.ignoreChanges],
      ...{ aliases: [], additionalSecretOutputs: [] },
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
    },
    provider: {
      type: "pulumi:providers:aws",
      ...{ name: providerName, urn: "", props: proxied(providerInputs) },
    },
    dependencies: [],
    propertyDependencies: {},
    isType: () => false,
    asType: () => undefined,
  }));
  const byUrn = new Map(all.map((each) => [each.urn, each]));
  resources.forEach(({ dependencies }, index) => {
    for (const [property, urns] of Object.entries(dependencies)) {
      all[index]!.propertyDependencies[property] = urns.flatMap((urn) => byUrn.get(urn) ?? []);
    }
  });
  return all;
}

/** Properties that throw when an unknown value is read. */
export function proxied(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // Exported without a type.
  const proxy = unknownCheckingProxy as (properties: object) => Record<string, unknown>;
  return proxy({ ...properties });
}
