import { groupsOf } from "../../io/words";
import { text } from "../../model/resource";
import type { Route } from "../../model/topology/route-tables";
import { type Topology, topologyOf, type VpcNetwork } from "../../model/topology/topology";
import type { Identity, Json, PlannedResource } from "../../planner/engine/resource";
import type { Plan, StackPlan } from "../../planner/plan";
import { stackResources } from "../../planner/stacks";
import { platforms, type PlatformView } from "./platform";

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
  /** What `platform/` builds in the cluster; undefined: it has no stack there. */
  readonly platform: PlatformView | undefined;
  readonly hasFlowLogs: boolean;
  /** Bucket of this stack that its flow logs go to; empty where the bucket is in another stack. */
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

/** A route table, and the subnets that use it. */
export interface RouteTableView {
  readonly name: string;
  /** Names of the subnets that use it. */
  readonly subnets: readonly string[];
  /** The most specific first, as AWS chooses. */
  readonly routes: readonly RouteView[];
}

export interface RouteView {
  /** A CIDR, or a service that a gateway endpoint leads to. */
  readonly destination: string;
  readonly kind: "local" | "endpoint" | "transit gateway" | "NAT gateway" | "internet gateway" | "other";
  /** Name of what it leads to; empty for local. */
  readonly target: string;
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
    platform: platforms([stack])[0],
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

/** Each subnet of a node group gets its share of the nodes, because the group starts them in any of its subnets. */
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

/** Route tables that the subnets of a VPC use. */
function routeTables({ blocks, subnets }: VpcNetwork): RouteTableView[] {
  const local = blocks.map((destination): RouteView => ({ destination, kind: "local", target: "" }));
  return groupsOf(subnets, ({ table }) => table.id).map((those) => {
    const { name, routes } = those[0].table;
    return {
      name,
      subnets: those.map((subnet) => subnet.name),
      routes: [...local, ...routes.map(routeView)].sort((a, b) => specificity(b) - specificity(a)),
    };
  });
}

function routeView({ destination, kind, target }: Route): RouteView {
  const name = referred(target)?.name ?? target;
  if (kind !== "gateway endpoint") return { destination, kind, target: name };
  return { destination: destination.toUpperCase(), kind: "endpoint", target: name };
}

function specificity({ destination, kind }: RouteView): number {
  // The VPC's own CIDR is listed first: a reader starts there. A service's addresses are never private ones.
  if (kind === "local") return 34;
  return kind === "endpoint" ? 33 : Number(destination.split("/")[1]);
}

function flowLogs(stack: StackPlan): Pick<NetworkView, "hasFlowLogs" | "archive"> {
  const flowLog = ofType(stack, "aws:ec2/flowLog:FlowLog").find(({ inputs }) => inputs["vpcId"] !== undefined);
  const destination = flowLog?.inputs["logDestination"];
  // `${TYPE::NAME.arn}` → `${TYPE::NAME}`
  const bucket = typeof destination === "string" ? destination.replace(/\.\w+\}$/, "}") : undefined;
  const archive = referred(bucket)?.name ?? "";
  const isOwn = ofType(stack, "aws:s3/bucket:Bucket").some(({ name }) => name === archive);
  return { hasFlowLogs: flowLog !== undefined, archive: isOwn ? archive : "" };
}

function object(value: Json | undefined): Readonly<Record<string, Json | undefined>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** Resources of a stack that have this type, in the order of the plan. */
function ofType({ resources }: StackPlan, type: string): PlannedResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** AWS resources of a stack: not the components, providers and references that only Pulumi knows. */
export function awsResources({ resources }: StackPlan): readonly PlannedResource[] {
  return resources.filter(({ type }) => type.startsWith("aws:"));
}

/** The resource that a property refers to, `${TYPE::NAME}`. */
export function referred(value: Json | undefined): Identity | undefined {
  const [, type, name] = (typeof value === "string" ? /^\$\{([^{}]+)::([^{}]+)\}$/.exec(value) : null) ?? [];
  return type === undefined || name === undefined ? undefined : { type, name };
}
