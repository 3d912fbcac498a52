import * as aws from "@pulumi/aws";
import type { Child } from "./cloud";
import { keyOfUrn, type Properties, type ResourceOptions } from "./resource";
import type { RegisterResourceRequest } from "./wire";

/** Keys of the resources that each input of a request comes from; those of `dependsOn` are not among them. */
export function inputDependencies(request: RegisterResourceRequest): Record<string, string[]> {
  const properties = [...request.getPropertydependenciesMap().entries()] as const;
  return Object.fromEntries(
    properties.flatMap(([name, dependencies]) => {
      const keys = [...new Set(dependencies.getUrnsList().map(keyOfUrn))].sort();
      return keys.length === 0 ? [] : [[name, keys]];
    }),
  );
}

/** The same for the child of a plugin, whose inputs contain symbols. */
export function childInputDependencies({ inputs, dependsOn }: Child): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) => {
      const text = JSON.stringify(value);
      const keys = dependsOn.filter((each) => ["}", "."].some((end) => text.includes(`\${${each}${end}`)));
      return keys.length === 0 ? [] : [[name, keys.sort()]];
    }),
  );
}

/**
 * Aliases of a request, in the form of {@link ResourceOptions.aliases}. What an alias leaves out is as in the request.
 *
 * @param root URN of the stack, which is the parent of resources without one
 */
export function aliasesOf(request: RegisterResourceRequest, root: string): Pick<ResourceOptions, "aliases"> {
  const aliases = [
    ...request.getAliasurnsList().map(partsOfUrn),
    ...request.getAliasesList().map((alias) => {
      const spec = alias.getSpec();
      if (spec === undefined) return partsOfUrn(alias.getUrn());
      const parent = spec.getNoparent() ? "" : spec.getParenturn() || request.getParent();
      const type = spec.getType() || request.getType();
      const above = parent === "" || parent === root ? "" : `${typesOfUrn(parent)}$`;
      return `${above}${type}::${spec.getName() || request.getName()}`;
    }),
  ];
  return aliases.length === 0 ? {} : { aliases };
}

/** `urn:pulumi:STACK::PROJECT::PARENT_TYPE$TYPE::NAME` → `PARENT_TYPE$TYPE::NAME`. */
function partsOfUrn(urn: string): string {
  return urn.split("::").slice(2).join("::");
}

function typesOfUrn(urn: string): string {
  return urn.split("::")[2] ?? "";
}

const requiredByType = new Map<string, readonly string[]>();

/**
 * Required inputs of an AWS resource that are absent.
 *
 * The SDK's constructors refuse a missing argument, but accept an output that turns out to be undefined; the engine would
 * refuse it. The names of required inputs are read from the constructors' own error messages.
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
