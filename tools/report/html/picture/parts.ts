import type { Json, PlannedResource } from "../../../planner/engine/resource";
import type { Plan, StackPlan } from "../../../planner/plan";
import { ofType, referred, text } from "../../view/resources";

/** What a stack has beside its VPC's subnets and routes: the further numbered parts of the picture. */
export interface Parts {
  /** Managed nodes that a subnet starts with, by the subnet's name. */
  readonly nodes: ReadonlyMap<string, number>;
  /** Kubernetes version of the EKS control plane; undefined: no cluster. */
  readonly kubernetes: string | undefined;
  /** Tags by which EKS and Karpenter find a subnet, by the subnet's name. */
  readonly discoveryTags: ReadonlyMap<string, readonly string[]>;
  readonly hasFlowLogs: boolean;
  /** Names of private hosted zones. */
  readonly hostedZones: readonly string[];
  /** Names of ECR repositories. */
  readonly repositories: readonly string[];
  /** Prefixes of repositories that cache another registry. */
  readonly caches: readonly string[];
  /** Bucket that this stack's flow logs go to; empty: none of its own. */
  readonly archive: string;
}

export const NO_PARTS: Parts = {
  nodes: new Map(),
  kubernetes: undefined,
  discoveryTags: new Map(),
  hasFlowLogs: false,
  hostedZones: [],
  repositories: [],
  caches: [],
  archive: "",
};

/** Parts of every stack of a plan, by its name. */
export function partsByStack(plan: Plan): ReadonlyMap<string, Parts> {
  return new Map(plan.map((stack) => [stack.name, partsOf(stack)]));
}

function partsOf(stack: StackPlan): Parts {
  const [flowLog] = ofType(stack, "aws:ec2/flowLog:FlowLog");
  const [cluster] = ofType(stack, "aws:eks/cluster:Cluster");
  const buckets = ofType(stack, "aws:s3/bucket:Bucket").map(({ name }) => name);
  const archive = referred(withoutProperty(flowLog?.inputs["logDestination"]))?.name ?? "";
  return {
    nodes: nodesBySubnet(ofType(stack, "aws:eks/nodeGroup:NodeGroup")),
    kubernetes: cluster === undefined ? undefined : text(cluster, "version"),
    discoveryTags: new Map(
      ofType(stack, "aws:ec2/subnet:Subnet").map(({ name, inputs }) => [name, discoveryTags(inputs["tags"])]),
    ),
    hasFlowLogs: flowLog !== undefined,
    hostedZones: ofType(stack, "aws:route53/zone:Zone").map((zone) => text(zone, "name")),
    repositories: ofType(stack, "aws:ecr/repository:Repository").map((repository) => text(repository, "name")),
    caches: ofType(stack, "aws:ecr/pullThroughCacheRule:PullThroughCacheRule").map((rule) =>
      text(rule, "ecrRepositoryPrefix"),
    ),
    archive: buckets.includes(archive) ? archive : "",
  };
}

/** A group of several subnets starts its nodes in any of them, so each of them gets its share. */
function nodesBySubnet(groups: readonly PlannedResource[]): ReadonlyMap<string, number> {
  const nodes = new Map<string, number>();
  for (const { inputs } of groups) {
    const subnets = Array.isArray(inputs["subnetIds"]) ? inputs["subnetIds"].flatMap((id) => referred(id) ?? []) : [];
    const scaling = object(inputs["scalingConfig"]);
    const size = typeof scaling["desiredSize"] === "number" ? scaling["desiredSize"] : 0;
    for (const { name } of subnets) nodes.set(name, (nodes.get(name) ?? 0) + Math.ceil(size / subnets.length));
  }
  return nodes;
}

/** Amazon EKS User Guide, "Create a VPC for your Amazon EKS cluster"; Karpenter, "NodeClasses". */
const DISCOVERY = /^(kubernetes\.io\/|karpenter\.sh\/)/;

function discoveryTags(tags: Json | undefined): string[] {
  return Object.keys(object(tags))
    .filter((name) => DISCOVERY.test(name))
    .sort();
}

function object(value: Json | undefined): Readonly<Record<string, Json | undefined>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** `${TYPE::NAME.arn}` → `${TYPE::NAME}`. */
function withoutProperty(value: Json | undefined): Json | undefined {
  return typeof value === "string" ? value.replace(/\.\w+\}$/, "}") : value;
}
