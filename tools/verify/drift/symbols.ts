import { isProperties, type Properties } from "../../model/resource";
import { key } from "../../planner/engine/resource";
import { UNKNOWN, type RunningResource, type StackExport } from "../exports/export";

/** A placeholder of the plan: `${TYPE::NAME}` or `${TYPE::NAME.ATTRIBUTE}`; `${aws:PrincipalTag}` in IAM has no `::`. */
const SYMBOL = /\$\{([^{}]+::[^{}]+)\}/g;
const WHOLE = /^\$\{([^{}]+::[^{}]+)\}$/;

/** Replaces the placeholders of a stack's plan with deployed values. */
export type Resolve = (value: unknown) => unknown;

/**
 * Placeholders refer to the stack's own resources or the hub's. If the resource is not deployed, or its export lacks the
 * attribute, the value is {@link UNKNOWN}, and so is any text that contains it.
 *
 * @param stacks - searched in this order
 */
export function resolver(stacks: readonly StackExport[]): Resolve {
  const found = [...stacks].reverse().flatMap(({ resources }) => resources);
  const running = new Map(found.map((resource) => [key(resource), resource]));
  const resolve: Resolve = (value) => {
    if (typeof value === "string") return inText(value, running);
    if (Array.isArray(value)) return value.map(resolve);
    if (!isProperties(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolve(each)]));
  };
  return resolve;
}

function inText(text: string, running: ReadonlyMap<string, RunningResource>): unknown {
  const [, whole] = WHOLE.exec(text) ?? [];
  if (whole !== undefined) return valueOf(whole, running);
  let isKnown = true;
  const resolved = text.replaceAll(SYMBOL, (_symbol, inner: string) => {
    const value = valueOf(inner, running);
    if (typeof value !== "string" && typeof value !== "number") isKnown = false;
    return String(value);
  });
  return isKnown ? resolved : UNKNOWN;
}

/** A name may contain dots, so the longest matching name is used; the rest is the attribute. */
function valueOf(symbol: string, running: ReadonlyMap<string, RunningResource>): unknown {
  for (let end = symbol.length; end > 0; end = symbol.lastIndexOf(".", end - 1)) {
    const resource = running.get(symbol.slice(0, end));
    if (resource === undefined) continue;
    return end === symbol.length ? resource.id : attribute(resource.outputs, symbol.slice(end + 1));
  }
  return UNKNOWN;
}

/** `dnsEntries[0].dnsName` among the outputs. */
function attribute(outputs: Properties, path: string): unknown {
  let value: unknown = outputs;
  for (const step of path.split(/[.[\]]+/).filter((each) => each !== "")) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isProperties(value)) value = value[step];
    else return UNKNOWN;
  }
  return value ?? UNKNOWN;
}
