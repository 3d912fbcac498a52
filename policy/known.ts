import { UnknownValueError } from "@pulumi/policy";
import { isProperties, type Properties } from "../model/resource";

/** Properties without what a preview does not know. */
export interface KnownProperties {
  readonly properties: Properties;
  /** Paths of what is left out, `vpcConfig.subnetIds`; items of a list have the path of the list. */
  readonly unknown: readonly string[];
}

/** What may stand for an unknown value; undefined: nothing does. */
export type StandIn = (property: string, path: string) => string | undefined;

/**
 * Reads the properties that a policy is given. They throw where an unknown value is touched, and a policy that lets the
 * error pass is not enforced in that preview, mandatory or not; so each value is read by itself.
 */
export function known(given: Properties, standIn: StandIn = () => undefined): KnownProperties {
  const unknown: string[] = [];
  const read = (holder: object, property: string, path: string): unknown => {
    const last = path.split(".").at(-1) ?? "";
    try {
      return copied((holder as Properties)[property], path);
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      const symbol = standIn(last, path);
      if (symbol === undefined) unknown.push(path);
      return symbol;
    }
  };
  const copied = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) {
      const items = Array.from({ length: value.length }, (_, index) => read(value, String(index), path));
      return items.filter((item) => item !== undefined);
    }
    return isProperties(value) ? fields(value, path) : value;
  };
  const fields = (holder: Properties, path: string): Properties =>
    Object.fromEntries(
      Object.keys(holder).flatMap((property) => {
        const value = read(holder, property, path === "" ? property : `${path}.${property}`);
        return value === undefined ? [] : [[property, value]];
      }),
    );
  return { properties: fields(given, ""), unknown };
}

/** A text among properties; undefined where it is absent, empty or not known. */
export function knownText(given: Properties, property: string): string | undefined {
  const value = known({
    get [property]() {
      return given[property];
    },
  }).properties[property];
  return typeof value === "string" && value !== "" ? value : undefined;
}
