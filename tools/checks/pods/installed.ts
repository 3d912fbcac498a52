import { CHARTS, type Chart } from "../../../components/facts/charts";
import {
  isProperties,
  lookup,
  type ModelResource,
  type Properties,
  type StackResources,
  text,
} from "../../model/resource";
import { resourcesOfType } from "../shared/check";

/** A Helm chart that the platform of a spoke installs. */
export interface InstalledChart {
  readonly release: ModelResource;
  /** Name of the chart in components/facts/charts.ts. */
  readonly name: string;
  readonly version: string;
  readonly values: Properties;
  /** Its facts; undefined for a chart that the program does not know. */
  readonly chart: Chart | undefined;
}

/** The charts of a spoke's platform; none for a spoke without one. */
export function installedCharts({ platform = [] }: StackResources): InstalledChart[] {
  return resourcesOfType({ resources: platform }, "kubernetes:helm.sh/v3:Release").map((release) => {
    // `oci://public.ecr.aws/karpenter/karpenter` → `karpenter`
    const name = text(release, "chart").split("/").pop() ?? "";
    const { values } = release.inputs;
    return {
      ...{ release, name, version: text(release, "version") },
      ...{ values: isProperties(values) ? values : {}, chart: lookup<Chart>(CHARTS, name) },
    };
  });
}

/** An add-on of EKS in a spoke's cluster. */
export interface InstalledAddon {
  readonly addon: ModelResource;
  /** `vpc-cni`. */
  readonly name: string;
  readonly version: string;
  /** Its configuration; empty where it has none, or a preview does not know it. */
  readonly values: Properties;
}

export function installedAddons(stack: StackResources): InstalledAddon[] {
  return resourcesOfType(stack, "aws:eks/addon:Addon").map((addon) => ({
    ...{ addon, name: text(addon, "addonName"), version: text(addon, "addonVersion") },
    values: parsed(text(addon, "configurationValues")),
  }));
}

/** JSON or YAML; this program writes JSON. */
function parsed(values: string): Properties {
  try {
    const found: unknown = JSON.parse(values);
    return isProperties(found) ? found : {};
  } catch {
    return {};
  }
}

/** Every text in a value, with the name of its property. */
export function textsIn(value: unknown, property = ""): { readonly property: string; readonly text: string }[] {
  if (typeof value === "string") return [{ property, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Array.isArray(value)
    ? value.flatMap((each) => textsIn(each, property))
    : Object.entries(value).flatMap(([name, each]) => textsIn(each, name));
}
