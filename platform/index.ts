import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { rawConfig } from "../components/settings/decode";
import { ConfigurationError } from "../components/settings/faults";
import { accessFault } from "./access";
import { deployPlatform } from "./program";
import { decodePlatformSettings, type PlatformSettings } from "./settings";
import { readSpoke } from "./spoke-contract";

/** `Pulumi.yaml` of the network's project, in which the spokes are. */
const NETWORK_PROJECT = join(__dirname, "..", "Pulumi.yaml");

/** The program of a spoke's platform. Its stack has the same name as the spoke's stack. */
export = async (): Promise<Record<string, unknown>> => {
  const settings = readSettings();
  const { name: project } = parse(readFileSync(NETWORK_PROJECT, "utf8")) as { readonly name: string };
  const contract = await readSpoke(settings, project);
  // Before the first resource: the plugin would use any cluster that the kubeconfig names.
  const fault = accessFault(contract);
  if (fault !== undefined) throw new pulumi.RunError(fault);
  return deployPlatform(settings, contract);
};

/** @throws RunError for a configuration with faults, before any resource is registered */
function readSettings(): PlatformSettings {
  try {
    return decodePlatformSettings(rawConfig(pulumi.getStack(), pulumi.getProject(), pulumi.runtime.allConfig()));
  } catch (error) {
    if (error instanceof ConfigurationError) throw new pulumi.RunError(error.message);
    throw error;
  }
}
