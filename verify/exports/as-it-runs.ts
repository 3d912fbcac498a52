import type { Properties } from "../../model/resource";
import type { RunningResource } from "./export";

type Kept = Pick<RunningResource, "inputs" | "outputs">;

/**
 * The properties of a resource as AWS told them last; of what it never tells, as they were asked for.
 *
 * A refresh writes what it finds into the outputs, and into the inputs only in part: a list keeps its length there, and
 * a map its keys, so what somebody has added is in the outputs alone (pulumi-terraform-bridge, extractInputs).
 */
export function asItRuns({ inputs, outputs }: Kept): Properties {
  const told = Object.entries(outputs).filter(([, value]) => value !== null && value !== undefined);
  return { ...inputs, ...Object.fromEntries(told) };
}
