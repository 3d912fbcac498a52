import { type PlannedResource, symbolicId } from "./engine/resource";
import type { Plan, StackPlan } from "./plan";
import type { AllStacks, ClusterAccess, ModelResource, StackResources } from "../model/resource";

const known = new WeakMap<Plan, AllStacks>();

/**
 * The stacks of a plan in the form that checks read; the same object for the same plan, so that its topology is computed once.
 */
export function stacksOfPlan(plan: Plan): AllStacks {
  const found = known.get(plan) ?? allStacks(plan);
  known.set(plan, found);
  return found;
}

function allStacks(plan: Plan): AllStacks {
  const accountMap = plan[0]?.settings.networks ?? [];
  const shareWith = plan.flatMap(({ settings }) => (settings.role === "hub" ? settings.shareWith : []));
  const access = new Map(plan.flatMap(({ name, settings }) => accessOf(name, settings)));
  const addressSpace = plan[0]?.settings.addressSpace ?? "";
  const connections = plan[0]?.settings.connections ?? { tables: [], forAll: [] };
  const inspection = plan.some(({ settings }) => settings.role === "hub" && settings.inspection.enabled);
  const sites = plan[0]?.settings.sites ?? [];
  const alarms = new Map(plan.map(({ name, settings }) => [name, settings.alarms] as const));
  const project = plan[0]?.settings.naming.project ?? "";
  const transitFlowLogs = plan.some(({ settings }) => settings.role === "hub" && settings.transitFlowLogs);
  const firewalls = new Map(
    plan.flatMap(({ name, settings: { dnsFirewall } }) => (dnsFirewall === undefined ? [] : [[name, dnsFirewall]])),
  );
  return {
    ...{ project, stacks: plan.map(stackResources), addressSpace, accountMap, connections, sites, shareWith, access },
    ...{ inspection, transitFlowLogs, firewalls, alarms },
  };
}

function accessOf(name: string, settings: StackPlan["settings"]): [string, ClusterAccess][] {
  if (settings.role === "hub") return [];
  const { clusterAdmins, clusterPublicAccessCidrs, internetLoadBalancers } = settings;
  return [[name, { administrators: clusterAdmins, publicCidrs: clusterPublicAccessCidrs, internetLoadBalancers }]];
}

/** One stack, without the resources of other stacks that it refers to. */
export function stackResources({ name, settings, resources, platform }: StackPlan): StackResources {
  return {
    name,
    isHub: settings.role === "hub",
    resources: resources.map(modelResource),
    ...(platform === undefined ? {} : { platform: platform.resources.map(modelResource) }),
  };
}

function modelResource(resource: PlannedResource): ModelResource {
  return { ...resource, id: symbolicId(resource) };
}
