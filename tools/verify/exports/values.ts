import { isProperties, type Properties } from "../../model/resource";
import { UNKNOWN } from "./export";

/** Key that marks a special value in the Pulumi state (Pulumi's sdk/go/common/resource/sig); most are secrets. */
const MARK = "4dabf18193072939515e22adb298388d";

/** Whether a value is special: a secret, an asset or a resource reference. */
export function isSpecial(value: Properties): boolean {
  return Object.hasOwn(value, MARK);
}

/** Properties without Pulumi's internal keys and without secrets, encrypted or not. */
export function plainProperties(properties: Properties): Properties {
  const kept = Object.entries(properties).filter(([name]) => !name.startsWith("__"));
  return Object.fromEntries(kept.map(([name, value]) => [name, plain(value)]));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isProperties(value)) return value;
  return isSpecial(value) ? UNKNOWN : plainProperties(value);
}
