import { architectureOf } from "../../components/facts/instance-types";
import { HOURS_PER_MONTH, sumInCents } from "./costs";
import type { Prices } from "./price-list";

/** Which instances a node pool may launch. */
export interface InstanceChoice {
  /** Names in Kubernetes, `arm64` and `amd64`; empty: any. */
  readonly architectures: readonly string[];
  /** Letters of instance families; empty: any. */
  readonly categories: readonly string[];
  /** Lowest generation; undefined: any. */
  readonly minGeneration: number | undefined;
}

/** An instance type that a node pool may launch, as an example of what its nodes cost. */
export interface ExampleInstance {
  readonly type: string;
  /** Price of one vCPU for an hour, on demand, with the fee of EKS Auto Mode where it launches the nodes, US dollars. */
  readonly vcpuHour: number;
}

/** vCPUs of the size `large` in the families c, m and r (Amazon EC2, "Instance Types Guide"). */
const LARGE = /^([cmr])(\d+)[a-z]*\.large$/;
const VCPUS_OF_LARGE = 2;

/**
 * The cheapest instance type with a price that a pool may launch; undefined where the price list has none.
 *
 * @param fee share of the on-demand price that is added to it
 */
export function exampleInstance(
  choice: InstanceChoice,
  { instanceHour }: Prices,
  fee = 0,
): ExampleInstance | undefined {
  const fitting = Object.entries(instanceHour)
    .filter(([type]) => mayLaunch(choice, type))
    .map(([type, hour]) => ({ type, vcpuHour: (hour / VCPUS_OF_LARGE) * (1 + fee) }));
  return fitting.sort((a, b) => a.vcpuHour - b.vcpuHour)[0];
}

function mayLaunch({ architectures, categories, minGeneration = 0 }: InstanceChoice, type: string): boolean {
  const [, category = "", generation] = LARGE.exec(type) ?? [];
  if (generation === undefined) return false;
  const architecture = architectureOf(type) === "arm64" ? "arm64" : "amd64";
  return (
    (architectures.length === 0 || architectures.includes(architecture)) &&
    (categories.length === 0 || categories.includes(category)) &&
    Number(generation) >= minGeneration
  );
}

/** What a pool costs a month while such instances use its whole limit of vCPUs, US dollars in whole cents. */
export function costAtLimit({ vcpuHour }: ExampleInstance, vcpus: number): number {
  return sumInCents([vcpus * vcpuHour * HOURS_PER_MONTH]);
}
