import { isProperties, type Properties } from "../../model/resource";
import { key } from "../../planner/engine/resource";
import { UNKNOWN, type DeployedResource, type StackExport } from "../exports/export";

/** A placeholder of the plan: `${TYPE::NAME}` or `${TYPE::NAME.ATTRIBUTE}`; `${aws:PrincipalTag}` in IAM has no `::`. */
const PLACEHOLDER = /\$\{([^{}]+::[^{}]+)\}/g;
const ONLY_PLACEHOLDER = /^\$\{([^{}]+::[^{}]+)\}$/;

/** Replaces the placeholders in a value of a stack's plan with deployed values. */
export type ResolvePlaceholders = (value: unknown) => unknown;

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
