import { isProperties, type ModelResource, type StackResources } from "../../model/resource";
import { resourcesOfType } from "./check";

/**
 * Clusters in which EKS Auto Mode is on. It launches nodes without any further resource: those of built-in node pools in
 * the subnets of the cluster (Amazon EKS User Guide, "Enable or Disable Built-in NodePools").
 */
export function autoModeClusters(stack: StackResources): readonly ModelResource[] {
  return resourcesOfType(stack, "aws:eks/cluster:Cluster").filter(({ inputs: { computeConfig } }) =>
    isProperties(computeConfig) ? computeConfig["enabled"] === true : false,
  );
}
