import { isProperties, type Properties } from "../../model/resource";
import { UNKNOWN } from "./export";

/** Key by which the engine marks a value as special, and the mark of a secret (Pulumi's sdk/go/common/resource/sig). */
const MARK = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Properties without what the engine keeps in them for itself, and without secrets, in clear text or not. */
export function plainProperties(properties: unknown): Properties {
  if (!isProperties(properties)) return {};
  const kept = Object.entries(properties).filter(([name]) => !name.startsWith("__"));
  return Object.fromEntries(kept.map(([name, value]) => [name, plain(value)]));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isProperties(value)) return value;
  return value[MARK] === SECRET ? UNKNOWN : plainProperties(value);
}
