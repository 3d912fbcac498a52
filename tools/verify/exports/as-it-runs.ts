import type { Properties } from "../../model/resource";
import type { RunningResource } from "./export";

type Kept = Pick<RunningResource, "inputs" | "outputs">;

/**
 * The properties of a resource as AWS last returned them; properties that AWS never returns, as they were set.
 *
 * A refresh writes what it finds into the outputs, but only partly into the inputs: lists keep their length and maps their
 * keys there, so additions are only in the outputs (pulumi-terraform-bridge, extractInputs).
 */
export function asItRuns({ inputs, outputs }: Kept): Properties {
  const told = Object.entries(outputs).filter(([, value]) => value !== null && value !== undefined);
  return { ...inputs, ...Object.fromEntries(told) };
}
