import { isDeepStrictEqual } from "node:util";
import type { Fault } from "./faults";
import { HUB } from "../../../components/settings/networks";
import { stackConfig, type Project } from "./project";

/** Keys that describe the whole network: each stack reads them, and no two stacks may differ. */
const SHARED_KEYS = ["networks", "address-space", "domain", "prefix"];

/** Keys of {@link SHARED_KEYS} in which a spoke differs from the hub, as faults of the spoke. */
export function sharedKeyFaults(project: Project): Fault[] {
  const configOf = (stack: string) => stackConfig(project, project.stacks[stack] ?? {});
  const hub = configOf(HUB);
  return Object.keys(project.stacks).flatMap((stack) => {
    const config = configOf(stack);
    return SHARED_KEYS.flatMap((key) => {
      const qualified = `${project.name}:${key}`;
      if (isDeepStrictEqual(config[qualified], hub[qualified])) return [];
      return [{ stack, text: `${key} is ${valuesOf(config[qualified], hub[qualified])}: ${advice(key)}` }];
    });
  });
}

function valuesOf(here: unknown, inTheHub: unknown): string {
  const isShort = [here, inTheHub].every((value) => typeof value === "string" && value.length <= 100);
  return isShort ? `${JSON.stringify(here)}, and ${JSON.stringify(inTheHub)} in ${HUB}` : `not that of ${HUB}`;
}

function advice(key: string): string {
  return (
    "it must be the same in every stack, so set it in Pulumi.yaml and in no stack's file; " +
    `to try another, --set '*:${key}=VALUE'`
  );
}
