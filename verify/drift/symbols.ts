import { isProperties, type Properties } from "../../model/resource";
import { key } from "../../plan/engine/resource";
import { UNKNOWN, type RunningResource, type StackExport } from "../exports/export";

/** A symbol of the plan: `${TYPE::NAME}` or `${TYPE::NAME.ATTRIBUTE}`; `${aws:PrincipalTag}` of IAM has no `::`. */
const SYMBOL = /\$\{([^{}]+::[^{}]+)\}/g;
const WHOLE = /^\$\{([^{}]+::[^{}]+)\}$/;

/** Turns the symbols of a stack's plan into what runs. */
export type Resolve = (value: unknown) => unknown;

/**
 * Symbols of a stack are of its own resources, or else of the hub's. What stands for a resource that does not run, or
 * for an attribute that its export does not tell, is {@link UNKNOWN}, and so is a text that holds it.
 *
 * @param stacks Where a name is looked for, first come first served.
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

/** A name may have dots in it, so the longest that there is comes before its attribute. */
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
