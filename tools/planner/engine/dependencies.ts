import type { Child } from "../doubles/cloud";
import { keyOfUrn } from "./resource";
import type { RegisterResourceRequest } from "./wire";

/** Keys of the resources behind each of a request's inputs, without those that are only to come first. */
export function inputDependencies(request: RegisterResourceRequest): Record<string, string[]> {
  const properties = [...request.getPropertydependenciesMap().entries()] as const;
  return Object.fromEntries(
    properties.flatMap(([name, dependencies]) => {
      const keys = [...new Set(dependencies.getUrnsList().map(keyOfUrn))].sort();
      return keys.length === 0 ? [] : [[name, keys]];
    }),
  );
}

/** The same of a plugin's child, whose inputs name what they come from. */
export function namedIn({ inputs, dependsOn }: Child): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) => {
      const text = JSON.stringify(value);
      const keys = dependsOn.filter((each) => ["}", "."].some((end) => text.includes(`\${${each}${end}`)));
      return keys.length === 0 ? [] : [[name, keys.sort()]];
    }),
  );
}
