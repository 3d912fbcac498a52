import { UnknownValueError } from "@pulumi/policy";
import { isProperties, type Properties } from "../tools/model/resource";

/** The known properties of a preview. */
export interface KnownProperties {
  readonly properties: Properties;
  /** Paths of unknown values, `vpcConfig.subnetIds`; items of a list have the path of the list. */
  readonly unknown: readonly string[];
}

/** The placeholder for an unknown value; undefined: none. */
export type StandIn = (property: string, path: string) => string | undefined;

/**
 * Reads the properties that a policy receives. Reading an unknown value throws, and a policy that does not catch the error
 * is skipped in that preview, even a mandatory one; so each value is read separately.
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

/** A text property; undefined if it is absent, empty or unknown. */
export function knownText(given: Properties, property: string): string | undefined {
  const value = known({
    get [property]() {
      return given[property];
    },
  }).properties[property];
  return typeof value === "string" && value !== "" ? value : undefined;
}
