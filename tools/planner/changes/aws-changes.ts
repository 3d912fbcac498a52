import type { Changes } from "./changes";

/**
 * Changes of AWS resources alone, so that they are counted as the stack's resources are: without the components,
 * providers and references that only Pulumi knows.
 */
export function awsChanges(changes: Changes): Changes {
  const isAws = (resource: string): boolean => resource.startsWith("aws:");
  return {
    ...changes,
    create: changes.create.filter(isAws),
    update: changes.update.filter(({ name }) => isAws(name)),
    replace: changes.replace.filter(({ name }) => isAws(name)),
    delete: changes.delete.filter(isAws),
  };
}
