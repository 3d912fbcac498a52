import { isProperties, type Properties } from "../../../../tools/model/resource";
import { isCompared, ruleOf, type Compared, type LiveTable, type Rule } from "../../../../tools/verify/live/rule";
import type { Shape, Shapes } from "./schema";

/** Something that AWS might have in a property, and that nobody asked for. */
export interface Edit {
  /** `metadataOptions.httpTokens`. */
  readonly path: string;
  readonly property: string;
  /** The whole property. */
  readonly value: unknown;
  readonly rule: Rule;
}

/** What lets everybody do everything. */
const EVERYBODY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});

/** One edit for each property of a schema, at whatever depth, of what a resource has. */
export function editsOf(rows: LiveTable, shapes: Shapes, running: Properties): Edit[] {
  return [...shapes].flatMap(([property, shape]) => {
    const rule = ruleOf(rows, property);
    if (rule === undefined) throw new Error(`no rule for ${property}`);
    const whole: Found = { path: property, value: other(property, shape, running[property], rule), rule };
    // What other resources have put there is theirs to be compared; what is put beside it is not.
    const isWhole = shape.kind !== "object" || (shape.isList && !isCompared(rule));
    const edits = isWhole ? [whole] : [...(shape.isList ? [whole] : []), ...inside(whole, shape, running[property])];
    return edits.map((edit) => ({ ...edit, property }));
  });
}

type Found = Omit<Edit, "property">;

/** Edits of single properties of an object; of a list, in its first item. */
function inside({ path, rule }: Found, shape: Shape, running: unknown): Found[] {
  if (shape.isList) {
    const [first, ...others] = Array.isArray(running) ? (running as unknown[]) : [];
    if (!isProperties(first)) return [];
    const edits = inside({ path, rule, value: undefined }, { ...shape, isList: false }, first);
    return edits.map((edit) => ({ ...edit, value: [edit.value, ...others] }));
  }
  const has: Properties = isProperties(running) ? running : {};
  return [...shape.properties].flatMap(([name, nested]) => {
    const own = nestedRule(rule, name);
    const whole: Found = { path: `${path}.${name}`, value: other(name, nested, has[name], own), rule: own };
    const isObject = nested.kind === "object" && !(nested.isList && !Array.isArray(has[name]));
    const edits = isObject ? inside(whole, nested, has[name]) : [whole];
    return edits.map((edit) => ({ ...edit, value: { ...has, [name]: edit.value } }));
  });
}

function nestedRule(rule: Rule, name: string): Rule {
  if (!isCompared(rule)) return rule;
  const { concern, within = {} } = rule;
  return ruleOf(within, name) ?? { concern, defaults: [] };
}

/** Another value of the form that a property has, which switches something on unless it is on. */
function other(name: string, shape: Shape, running: unknown, rule: Rule | undefined): unknown {
  if (shape.isList) {
    const item = other(name, { ...shape, isList: false }, undefined, undefined);
    return [...(Array.isArray(running) ? (running as unknown[]) : []), item];
  }
  const [preset] = rule !== undefined && isCompared(rule) ? (rule as Compared).defaults : [];
  switch (shape.kind) {
    case "boolean":
      return !(running ?? preset ?? false);
    case "number":
      return Number(running ?? preset ?? 0) + 7;
    case "map":
      return { ...(isProperties(running) ? running : {}), other: "other" };
    case "string":
      return /policy$/i.test(name) || name === "eventPattern" ? EVERYBODY : `other-${name}`;
    case "object":
      return Object.fromEntries(
        [...shape.properties].map(([each, nested]) => [each, other(each, nested, undefined, undefined)]),
      );
  }
}
