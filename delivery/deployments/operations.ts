/**
 * What Pulumi Deployments run, as `PULUMI_CI_OPERATION` says it (Pulumi Docs, "Environment Variables", of Pulumi
 * Deployments): `update`, `preview`, `destroy`, `refresh`, `detect-drift` or `remediate-drift`.
 */
const OPERATION = '"$PULUMI_CI_OPERATION"';

/** A shell line that runs a command in these operations, and does nothing in all others. */
export function during(operations: readonly string[], command: string): string {
  return `case ${OPERATION} in ${operations.join("|")}) ${command} ;; esac`;
}

/** A shell line that does nothing in these operations, and runs a command in all others. */
export function except(operations: readonly string[], command: string): string {
  return `case ${OPERATION} in ${operations.join("|")}) ;; *) ${command} ;; esac`;
}
