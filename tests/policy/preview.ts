import {
  unknownCheckingProxy,
  type Policies,
  type PolicyResource,
  type ResourceValidationPolicy,
  type StackValidationPolicy,
} from "@pulumi/policy";
import { key, symbolicId, type PlannedResource } from "../../tools/planner/engine/resource";
import type { ModelResource } from "../../tools/model/resource";
import { UNKNOWN, unknownOnWire } from "../../tools/planner/engine/wire";
import type { StackPlan } from "../../tools/planner/plan";
import { configForProgram } from "../../tools/planner/project/stack-config";
import { policies } from "../../policy/policies";
import { readStack, type StackInPreview } from "../../policy/stack-in-preview";
import type { Bend } from "../support/bend";
import { project } from "../support/plans";

/** A resource as the engine shows it to a policy pack. */
export interface Shown extends Pick<PlannedResource, "type" | "name"> {
  readonly urn: string;
  /** What is asked for; what is not known has the SDK's marker. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly options: PlannedResource["options"];
  /** URNs by input. */
  readonly behind: Readonly<Record<string, readonly string[]>>;
  readonly providerName: string;
  readonly providerInputs: Readonly<Record<string, unknown>>;
}

/** Whether ids are known, as of what runs, or not, as before the first update. */
export type Form = "update" | "first preview";
export const FORMS: readonly Form[] = ["update", "first preview"];

const NO_OPTIONS: PlannedResource["options"] = {
  protect: false,
  ignoreChanges: [],
  provider: "pulumi:providers:aws::aws",
};
const SYMBOL = /^\$\{([^{}]+::[^{}]+)\}$/;

/** A planned stack as the engine would show it, changed on purpose. */
export function shown({ name: stack, resources }: StackPlan, form: Form, ...bends: readonly Bend[]): Shown[] {
  const bent = bends.reduce<readonly Planned[]>(
    (list, bend) => bend(list as readonly ModelResource[]) as readonly Planned[],
    resources.map((each) => ({ ...each, id: symbolicId(each) })),
  );
  const urnOf = (resourceKey: string): string => `urn:pulumi:${stack}::${project.name}::${resourceKey}`;
  const byKey = new Map(bent.map((each) => [key(each), each]));
  return bent.map((planned) => {
    const { type, name, inputs, options = NO_OPTIONS, inputDependencies = {} } = planned;
    const provider = byKey.get(options.provider ?? "");
    const given = form === "update" ? { inputs, behind: {} } : unknownIn(inputs, new Set(byKey.keys()));
    const behind = Object.entries({ ...inputDependencies, ...given.behind });
    return {
      ...{ type, name, options, urn: urnOf(key(planned)) },
      inputs: given.inputs,
      outputs: { ...given.inputs, id: form === "update" ? symbolicId(planned) : unknownOnWire },
      behind: Object.fromEntries(behind.map(([property, keys]) => [property, keys.map(urnOf)])),
      providerName: provider?.name ?? "default_7_48_0",
      providerInputs: provider?.inputs ?? {},
    };
  });
}

/** With some options of a resource set anew; `type` is the end of its token. */
export function withOptions(type: string, name: string, options: Partial<PlannedResource["options"]>): Bend {
  return (resources) => {
    const is = (each: ModelResource): boolean => each.type === `aws:${type}` && each.name === name;
    if (!resources.some(is)) throw new Error(`there is no ${type} ${name}`);
    return resources.map((each) =>
      is(each) ? { ...each, options: { ...(each as Planned).options, ...options } } : each,
    );
  };
}

/** What a bend leaves: it may add resources that have inputs alone. */
type Planned = Pick<PlannedResource, "type" | "name" | "inputs"> & Partial<PlannedResource>;

/** Inputs with the SDK's marker for what is not known, and what stands behind symbols that a bend has put in. */
function unknownIn(inputs: Readonly<Record<string, unknown>>, keys: ReadonlySet<string>) {
  const behind: Record<string, string[]> = {};
  const marked = (value: unknown, property: string): unknown => {
    if (value === UNKNOWN) return unknownOnWire;
    if (Array.isArray(value)) return value.map((item) => marked(item, property));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, marked(item, property)]));
    }
    const symbol = typeof value === "string" ? SYMBOL.exec(value)?.[1] : undefined;
    // What another stack has told is known.
    if (symbol === undefined || !keys.has(symbol)) return value;
    behind[property] = [...(behind[property] ?? []), symbol];
    return unknownOnWire;
  };
  const entries = Object.entries(inputs).filter(([, value]) => value !== undefined);
  return { inputs: Object.fromEntries(entries.map(([name, value]) => [name, marked(value, name)])), behind };
}

/** The configuration of a planned stack, as the engine hands it over. */
export function stackOf({ name, config }: StackPlan): StackInPreview {
  return readStack({ stack: name, project: project.name, config: configForProgram(project, name, config) });
}

export interface Verdict {
  /** Policies that are broken, and what they say. */
  readonly broken: Readonly<Record<string, readonly string[]>>;
  /** Policies that are not about this stack, or say nothing in this preview. */
  readonly silent: readonly string[];
}

class NotApplicable extends Error {}

/** What all policies say. An unknown value that one of them touches is an error here. */
export async function verdict(
  stack: StackInPreview,
  resources: readonly Shown[],
  isEnabled: (policy: Policies[number]) => boolean = () => true,
): Promise<Verdict> {
  const broken: Record<string, string[]> = {};
  const silent: string[] = [];
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
    const report = (message: unknown): void => void (broken[policy.name] ??= []).push(String(message));
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
      silent.push(policy.name);
    }
  }
  return { broken, silent };
}

/** As the SDK of policies makes them of the engine's request. */
export function policyResources(resources: readonly Shown[]): PolicyResource[] {
  const all = resources.map(({ type, name, urn, outputs, options, providerName, providerInputs }) => ({
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
    dependencies: [] as PolicyResource[],
    propertyDependencies: {} as Record<string, PolicyResource[]>,
    isType: () => false,
    asType: () => undefined,
  }));
  const byUrn = new Map(all.map((each) => [each.urn, each]));
  resources.forEach(({ behind }, index) => {
    for (const [property, urns] of Object.entries(behind)) {
      all[index]!.propertyDependencies[property] = urns.flatMap((urn) => byUrn.get(urn) ?? []);
    }
  });
  return all;
}

/** Properties that throw where an unknown value is touched. */
export function proxied(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return unknownCheckingProxy({ ...properties }) as Record<string, unknown>;
}
