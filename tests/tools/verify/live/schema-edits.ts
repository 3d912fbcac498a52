import { isProperties, type Properties } from "../../../../tools/model/resource";
import { isCompared, ruleOf, type LiveTable, type PropertyRule } from "../../../../tools/verify/live/rule";
import type { Shape, Shapes } from "./schema";

/** Another value that AWS might have in a property. */
export interface SchemaEdit {
  /** `metadataOptions.httpTokens`. */
  readonly path: string;
  readonly property: string;
  /** The whole property. */
  readonly value: unknown;
  readonly rule: PropertyRule;
}

/** A policy that allows everything for everybody. */
const EVERYBODY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});

/** One edit of a deployed resource for each property of the schema, at any depth. */
export function editsOf(rows: LiveTable, shapes: Shapes, running: Properties): SchemaEdit[] {
  return [...shapes].flatMap(([property, shape]) => {
    const rule = ruleOf(rows, property);
    if (rule === undefined) throw new Error(`no rule for ${property}`);
    const whole: EditAtPath = { path: property, value: other(property, shape, running[property], rule), rule };
    // Items that other resources have set are compared with those; additional items are not.
    const isWhole = shape.kind !== "object" || (shape.isList && !isCompared(rule));
    const edits = isWhole ? [whole] : [...(shape.isList ? [whole] : []), ...inside(whole, shape, running[property])];
    return edits.map((edit) => ({ ...edit, property }));
  });
}

type EditAtPath = Omit<SchemaEdit, "property">;

/** Edits of single properties of an object; of a list, in its first item. */
function inside({ path, rule }: EditAtPath, shape: Shape, running: unknown): EditAtPath[] {
  if (shape.isList) {
    const [first, ...others] = Array.isArray(running) ? (running as unknown[]) : [];
    if (!isProperties(first)) return [];
    const edits = inside({ path, rule, value: undefined }, { ...shape, isList: false }, first);
    return edits.map((edit) => ({ ...edit, value: [edit.value, ...others] }));
  }
  const has: Properties = isProperties(running) ? running : {};
  return [...shape.properties].flatMap(([name, nested]) => {
    const own = nestedRule(rule, name);
    const whole: EditAtPath = { path: `${path}.${name}`, value: other(name, nested, has[name], own), rule: own };
    const isObject = nested.kind === "object" && !(nested.isList && !Array.isArray(has[name]));
    const edits = isObject ? inside(whole, nested, has[name]) : [whole];
    return edits.map((edit) => ({ ...edit, value: { ...has, [name]: edit.value } }));
  });
}

function nestedRule(rule: PropertyRule, name: string): PropertyRule {
  if (!isCompared(rule)) return rule;
  const { concern, within = {} } = rule;
  return ruleOf(within, name) ?? { concern, defaults: [] };
}

/** Another value of the same type as the property's; it turns on what is off. */
function other(name: string, shape: Shape, running: unknown, rule: PropertyRule | undefined): unknown {
  if (shape.isList) {
    const item = other(name, { ...shape, isList: false }, undefined, undefined);
    return [...(Array.isArray(running) ? (running as unknown[]) : []), item];
  }
  const [preset] = rule !== undefined && isCompared(rule) ? rule.defaults : [];
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
