/** Configuration that cannot be deployed. Its message lists every fault, one a line. */
export class ConfigurationError extends Error {
  constructor(
    stack: string,
    readonly faults: readonly string[],
  ) {
    const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
    super([`The configuration of stack ${stack} has ${count}:`, ...faults.map((fault) => `  - ${fault}`)].join("\n"));
    this.name = "ConfigurationError";
  }
}
