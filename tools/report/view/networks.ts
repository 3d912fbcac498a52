import { type Topology, topologyOf } from "../../model/topology/topology";
import type { Json, PlannedResource } from "../../planner/engine/resource";
import { stackResources } from "../../planner/stacks";
import type { Plan, StackPlan } from "../../planner/plan";
import { awsResources, ofType, referred, text } from "./resources";
import { routeTables, type RouteTableView, type RouteView } from "./routes";

/** The network that a stack builds, and what the stack has beside its VPC. */
export interface NetworkView {
  /** Stack name. */
  readonly name: string;
  readonly role: "hub" | "spoke";
  readonly account: string;
  readonly region: string;
  readonly cidr: string;
  /** Availability Zones with a subnet, in order. */
  readonly zones: readonly string[];
  /** AZ by AZ, in the order of the plan. */
  readonly subnets: readonly SubnetView[];
  /** Of its subnets. */
  readonly tables: readonly RouteTableView[];
  readonly natGateways: readonly NatGatewayView[];
  /** Its services for all networks. */
  readonly services: readonly ServiceView[];
  /** Kubernetes version of the EKS control plane; undefined: no cluster. */
  readonly kubernetes: string | undefined;
  readonly hasFlowLogs: boolean;
  /** Bucket of this stack that its flow logs go to; empty: none of its own. */
  readonly archive: string;
  /** Names of private hosted zones. */
  readonly hostedZones: readonly string[];
  /** Names of ECR repositories. */
  readonly repositories: readonly string[];
  /** Prefixes of repositories that cache another registry. */
  readonly caches: readonly string[];
  /** Number of AWS resources of the stack, without Pulumi's components and providers. */
  readonly resources: number;
}

export interface SubnetView {
  /** `dev-private-1`. */
  readonly name: string;
  /** `private`. */
  readonly tier: string;
  /** Number of its AZ in the network, from 1. */
  readonly number: number;
  readonly zone: string;
  readonly cidr: string;
  readonly routes: readonly RouteView[];
  /** Managed nodes that it starts with; undefined: no node group uses it. */
  readonly nodes: number | undefined;
  /** Tags by which EKS and Karpenter find it. */
  readonly discoveryTags: readonly string[];
}

interface NatGatewayView {
  readonly name: string;
  /** Name of its subnet. */
  readonly subnet: string;
}

/** A Resolver inbound endpoint, or an interface endpoint. */
interface ServiceView {
  readonly kind: "resolver" | "endpoint";
  readonly name: string;
  /** `resolver`, or the service of the endpoint: `ecr.api`. */
  readonly label: string;
}

const known = new WeakMap<StackPlan, NetworkView | null>();

/** The networks of a plan, the hub first; each is read once. */
export function networks(plan: Plan): NetworkView[] {
  return plan.flatMap((stack) => {
    const view = known.get(stack) ?? networkOf(stack);
    known.set(stack, view);
    return view ?? [];
  });
}

/** Null for a stack without a VPC. */
function networkOf(stack: StackPlan): NetworkView | null {
  const { name, settings } = stack;
  const [vpc] = ofType(stack, "aws:ec2/vpc:Vpc");
  if (vpc === undefined) return null;
  const topology = topologyOf({ stacks: [stackResources(stack)] });
  const tables = topology.networks.flatMap(routeTables).sort((a, b) => a.name.localeCompare(b.name));
  const subnets = subnetsOf(stack, topology, tables);
  const names = (type: string, property: string): string[] => ofType(stack, type).map((each) => text(each, property));
  const [cluster] = names("aws:eks/cluster:Cluster", "version");
  return {
    ...{ name, role: settings.role, account: settings.network.account, region: settings.region },
    ...{ cidr: text(vpc, "cidrBlock"), zones: [...new Set(subnets.map(({ zone }) => zone))], subnets, tables },
    natGateways: ofType(stack, "aws:ec2/natGateway:NatGateway").map((gateway) => ({
      name: gateway.name,
      subnet: referred(gateway.inputs["subnetId"])?.name ?? "",
    })),
    services: [
      ...topology.resolvers.map((each) => ({ kind: "resolver" as const, name: each.name, label: "resolver" })),
      ...topology.endpoints.map((each) => ({ kind: "endpoint" as const, name: each.name, label: each.service })),
    ],
    kubernetes: cluster,
    ...flowLogs(stack),
    hostedZones: names("aws:route53/zone:Zone", "name"),
    repositories: names("aws:ecr/repository:Repository", "name"),
    caches: names("aws:ecr/pullThroughCacheRule:PullThroughCacheRule", "ecrRepositoryPrefix"),
    resources: awsResources(stack).length,
  };
}

function subnetsOf(
  stack: StackPlan,
  { networks: all }: Topology,
  tables: readonly RouteTableView[],
): readonly SubnetView[] {
  const subnets = all.flatMap((network) => network.subnets);
  const zones = [...new Set(subnets.map(({ zone }) => zone))];
  const nodes = nodesBySubnet(ofType(stack, "aws:eks/nodeGroup:NodeGroup"));
  const tags = new Map(ofType(stack, "aws:ec2/subnet:Subnet").map(({ name, inputs }) => [name, inputs["tags"]]));
  return subnets.map(({ name, tier, zone, block }) => ({
    ...{ name, tier, number: zones.indexOf(zone) + 1, zone, cidr: block },
    routes: tables.find((table) => table.subnets.includes(name))?.routes ?? [],
    nodes: nodes.get(name),
    discoveryTags: discoveryTags(tags.get(name)),
  }));
}

function flowLogs(stack: StackPlan): Pick<NetworkView, "hasFlowLogs" | "archive"> {
  const [flowLog] = ofType(stack, "aws:ec2/flowLog:FlowLog");
  const destination = flowLog?.inputs["logDestination"];
  // `${TYPE::NAME.arn}` → `${TYPE::NAME}`
  const bucket = typeof destination === "string" ? destination.replace(/\.\w+\}$/, "}") : undefined;
  const archive = referred(bucket)?.name ?? "";
  const isOwn = ofType(stack, "aws:s3/bucket:Bucket").some(({ name }) => name === archive);
  return { hasFlowLogs: flowLog !== undefined, archive: isOwn ? archive : "" };
}

/** A group of several subnets starts its nodes in any of them, so each of them gets its share. */
function nodesBySubnet(groups: readonly PlannedResource[]): ReadonlyMap<string, number> {
  const nodes = new Map<string, number>();
  for (const { inputs } of groups) {
    const subnets = Array.isArray(inputs["subnetIds"]) ? inputs["subnetIds"].flatMap((id) => referred(id) ?? []) : [];
    const size = object(inputs["scalingConfig"])["desiredSize"];
    const each = typeof size === "number" ? Math.ceil(size / subnets.length) : 0;
    for (const { name } of subnets) nodes.set(name, (nodes.get(name) ?? 0) + each);
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
