import { HUB } from "../../../components/settings/networks";
import { isProperties, type Properties } from "../../model/resource";
import { groupBy } from "../../model/topology/resources";
import { isAutonamed, key, type PlannedResource } from "../../planner/engine/resource";
import type { Plan } from "../../planner/plan";
import { type DeployedResource, liveProperties, type StackExport, UNKNOWN } from "../exports/export";
import { type Concern, concernOf, isCompared, type LiveTable, ruleOf } from "../live/rule";
import { LIVE_TABLES } from "../live/tables";
import type { UnmanagedItem } from "../unmanaged";
import { compare, compareLive } from "./compare";
import { isAbsent, propertyDifference, type PropertyDifference, type PropertyFinding, unknown } from "./difference";
import { compareSetElsewhere } from "./set-elsewhere";

/** The differences between the plan of a stack and the deployed stack. Resources are named `TYPE::NAME`. */
export interface Drift {
  readonly stack: string;
  /** Number of resources that are deployed as planned. */
  readonly same: number;
  /** Planned but not deployed: an update would create them. */
  readonly missing: readonly string[];
  /** Deployed but not planned: an update would delete them. */
  readonly unplanned: readonly string[];
  /** Deployed with other properties than planned: an update would change or replace them. */
  readonly differing: readonly { readonly resource: string; readonly properties: readonly PropertyDifference[] }[];
  /** Added to a resource of the stack outside Pulumi: an update would not remove it. */
  readonly added: readonly { readonly resource: string; readonly words: string; readonly concern: Concern }[];
  /** Replaced or removed by an update, but still in AWS: the next update deletes them. */
  readonly leftovers: readonly { readonly resource: string; readonly id: string }[];
  /** Paths of values that cannot be compared: secrets, and references to resources that are not deployed. */
  readonly unknown: readonly { readonly resource: string; readonly path: string }[];
}

/** Whether a stack has no drift. */
export function hasNoDrift({ missing, unplanned, differing, added, leftovers }: Drift): boolean {
  return [missing, unplanned, differing, added, leftovers].every((list) => list.length === 0);
}

/**
 * The drift of every stack that was exported.
 *
 * @param unmanaged - by stack
 */
export function findDrift(
  planned: Plan,
  exports: readonly StackExport[],
  unmanaged: ReadonlyMap<string, readonly UnmanagedItem[]>,
): Drift[] {
  const hub = exports.filter(({ stack }) => stack === HUB);
  return exports.map((own) => {
    const resources = planned.find(({ name }) => name === own.stack)?.resources ?? [];
    return stackDrift(
      resources.filter(isDeployable),
      own,
      placeholderResolver([own, ...hub]),
      unmanaged.get(own.stack) ?? [],
    );
  });
}

function stackDrift(
  planned: readonly PlannedResource[],
  { stack, resources, leftovers }: StackExport,
  resolve: ResolvePlaceholders,
  unmanaged: readonly UnmanagedItem[],
): Drift {
  const byKey = groupBy(resources, key);
  const deployed = new Map(planned.map((each) => [each, deployedFor(each, byKey.get(key(each)) ?? [])]));
  const matched = new Set(deployed.values());
  const pairs = [...deployed].flatMap(([each, found]) =>
    found === undefined ? [] : [{ resource: key(each), findings: compareResource(each, found, resolve, resources) }],
  );
  const differing = pairs
    .map(({ resource, findings }) => ({
      resource,
      properties: findings.flatMap(({ isUnknown, ...property }) => (isUnknown ? [] : [property])),
    }))
    .filter(({ properties }) => properties.length > 0);
  return {
    stack,
    same: pairs.length - differing.length,
    missing: planned.filter((each) => deployed.get(each) === undefined).map(key),
    unplanned: resources.filter((each) => !matched.has(each)).map(key),
    differing,
    added: unmanaged.map(({ on, words, concern }) => ({ resource: key(on), words, concern })),
    leftovers: leftovers.map((each) => ({ resource: key(each), id: each.id })),
    unknown: pairs.flatMap(({ resource, findings }) =>
      findings.filter(({ isUnknown }) => isUnknown).map(({ path }) => ({ resource, path })),
    ),
  };
}

/** The deployed resource of a name; after a move there may be two for a while, with different parents. */
function deployedFor(
  { parent }: PlannedResource,
  namesakes: readonly DeployedResource[],
): DeployedResource | undefined {
  return namesakes.find((each) => each.parent === parent) ?? namesakes[0];
}

/** Resources in AWS, and providers, which define the account; components create nothing in AWS. */
function isDeployable({ type }: PlannedResource): boolean {
  return type.startsWith("aws:") || type.startsWith("pulumi:providers:");
}

/**
 * Compares a deployed resource with the planned one.
 *
 * @param stack - all deployed resources of the stack
 */
function compareResource(
  { type, inputs, options, parent }: PlannedResource,
  deployed: DeployedResource,
  resolve: ResolvePlaceholders,
  stack: readonly DeployedResource[],
): PropertyFinding[] {
  const declared = Object.entries(inputs).filter(([name]) => !options.ignoreChanges.includes(name));
  // Unplanned tags are drift, even on a resource without tags in the plan.
  const planned = { tags: {}, ...(resolve(Object.fromEntries(declared)) as Properties) };
  const known = [...Object.keys(inputs), ...options.ignoreChanges];
  const rows = LIVE_TABLES.get(type);
  const properties =
    rows === undefined
      ? [...compare(planned, liveProperties(deployed)), ...unplannedInputs(deployed, known)]
      : [
          ...compareLive(planned, deployed.outputs, withoutIgnored(rows, options.ignoreChanges)),
          ...unplannedInline(deployed, rows, known),
          ...compareSetElsewhere(deployed, stack),
        ];
  return [
    ...properties,
    ...compare(
      { parent: parent ?? "", protect: options.protect },
      { parent: deployed.parent ?? "", protect: deployed.protect },
    ),
  ];
}

/** The rules without the properties that the program ignores (ignoreChanges). */
function withoutIgnored(rows: LiveTable, ignored: readonly string[]): LiveTable {
  return { ...rows, ...Object.fromEntries(ignored.map((name) => [name, { reason: "elsewhere" as const }])) };
}

/**
 * Inline settings that the plan creates as separate resources, such as inline routes of a route table or inline rules of a
 * security group. The search for unmanaged items does not find them.
 *
 * @param known - properties that are planned or ignored
 */
function unplannedInline(
  { inputs, outputs }: DeployedResource,
  rows: LiveTable,
  known: readonly string[],
): PropertyFinding[] {
  return Object.keys(inputs).flatMap((name) => {
    const rule = ruleOf(rows, name);
    const value = outputs[name] ?? inputs[name];
    if (rule === undefined || isCompared(rule) || rule.reason !== "elsewhere") return [];
    return known.includes(name) || isAbsent(value) ? [] : [propertyDifference(name, undefined, value, concernOf(rule))];
  });
}

/** Inputs that the AWS provider sets on every resource, and tags, which are always compared. */
const SET_BY_PROVIDER: readonly string[] = ["tags", "tagsAll", "region"];

/** Inputs of a provider that define its account; the others are its version and the environment. */
const PROVIDER_INPUTS: readonly string[] = ["allowedAccountIds", "assumeRoles", "assumeRoleWithWebIdentity"];

/** Pulumi's default for a description that must not be empty. */
const DESCRIPTION = "Managed by Pulumi";

/**
 * Inputs of a deployed resource that are not planned: an earlier or another program has set them. Inputs that the provider
 * sets by itself are left out.
 *
 * @param known - properties that are planned or ignored
 */
function unplannedInputs(resource: DeployedResource, known: readonly string[]): PropertyFinding[] {
  const live = liveProperties(resource);
  return Object.keys(resource.inputs)
    .filter((name) => !resource.type.startsWith("pulumi:providers:") || PROVIDER_INPUTS.includes(name))
    .filter((name) => ![...known, ...SET_BY_PROVIDER, ...resource.defaults].includes(name))
    .filter((name) => !isAbsent(live[name]) && !isGenerated(resource, resource.inputs[name]))
    .map((name) =>
      live[name] === UNKNOWN ? unknown(name, "other") : propertyDifference(name, undefined, live[name], "other"),
    );
}

/** Whether Pulumi generated the value: a physical name, or the default description. */
function isGenerated({ name }: DeployedResource, value: unknown): boolean {
  return value === DESCRIPTION || (typeof value === "string" && isAutonamed(value, name));
}

/** A placeholder of the plan: `${TYPE::NAME}` or `${TYPE::NAME.ATTRIBUTE}`; `${aws:PrincipalTag}` in IAM has no `::`. */
const PLACEHOLDER = /\$\{([^{}]+::[^{}]+)\}/g;
const ONLY_PLACEHOLDER = /^\$\{([^{}]+::[^{}]+)\}$/;

/** Replaces the placeholders in a value of a stack's plan with deployed values. */
type ResolvePlaceholders = (value: unknown) => unknown;

/**
 * Placeholders refer to the stack's own resources or the hub's. If the resource is not deployed, or its export lacks the
 * attribute, the value is {@link UNKNOWN}, and so is any text that contains it.
 *
 * @param stacks - searched in this order
 */
export function placeholderResolver(stacks: readonly StackExport[]): ResolvePlaceholders {
  const resources = [...stacks].reverse().flatMap((stack) => stack.resources);
  const deployed = new Map(resources.map((resource) => [key(resource), resource]));
  const resolve: ResolvePlaceholders = (value) => {
    if (typeof value === "string") return resolveText(value, deployed);
    if (Array.isArray(value)) return value.map(resolve);
    if (!isProperties(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolve(each)]));
  };
  return resolve;
}

function resolveText(text: string, deployed: ReadonlyMap<string, DeployedResource>): unknown {
  const [, only] = ONLY_PLACEHOLDER.exec(text) ?? [];
  if (only !== undefined) return valueOf(only, deployed);
  let isKnown = true;
  const resolved = text.replaceAll(PLACEHOLDER, (_placeholder, inner: string) => {
    const value = valueOf(inner, deployed);
    if (typeof value !== "string" && typeof value !== "number") isKnown = false;
    return String(value);
  });
  return isKnown ? resolved : UNKNOWN;
}

/** A name may contain dots, so the longest matching name is used; the rest is the attribute. */
function valueOf(reference: string, deployed: ReadonlyMap<string, DeployedResource>): unknown {
  for (let end = reference.length; end > 0; end = reference.lastIndexOf(".", end - 1)) {
    const resource = deployed.get(reference.slice(0, end));
    if (resource === undefined) continue;
    return end === reference.length ? resource.id : attributeAt(resource.outputs, reference.slice(end + 1));
  }
  return UNKNOWN;
}

/** The output at a path such as `dnsEntries[0].dnsName`. */
function attributeAt(outputs: Properties, path: string): unknown {
  let value: unknown = outputs;
  for (const step of path.split(/[.[\]]+/).filter((each) => each !== "")) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isProperties(value)) value = value[step];
    else return UNKNOWN;
  }
  return value ?? UNKNOWN;
}
