import * as aws from "@pulumi/aws";
import type { Properties } from "./wire";

const requiredByType = new Map<string, readonly string[]>();

/**
 * Required inputs of an AWS resource that are absent.
 *
 * The SDK's constructors refuse a missing argument, and let an output through that turns out to be undefined; the
 * engine would refuse that one. What is required stands in the constructors' own error messages, and is read there.
 */
export function missingInputs(type: string, inputs: Properties): string[] {
  return required(type).filter((name) => inputs[name] === undefined || inputs[name] === null);
}

function required(type: string): readonly string[] {
  const known = requiredByType.get(type);
  if (known !== undefined) return known;
  const [pkg, path = "", className = ""] = type.split(":");
  const [module = ""] = path.split("/");
  const namespace = pkg === "aws" ? (aws as unknown as Record<string, Record<string, unknown>>)[module] : undefined;
  const source = String(namespace?.[className] ?? "");
  const names = [...source.matchAll(/Missing required property '(\w+)'/g)].map(([, name = ""]) => name);
  requiredByType.set(type, names);
  return names;
}
