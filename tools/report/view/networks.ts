import { topologyOf, type Topology } from "../../model/topology/topology";
import { estateOfPlan } from "../../planner/estate";
import type { Plan, StackPlan } from "../../planner/plan";
import { awsResources, ofType, referred, text } from "./resources";

/** The network that a stack builds. */
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
  readonly natGateways: readonly NatGatewayView[];
  /** Its services for all networks. */
  readonly services: readonly ServiceView[];
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
}

export interface NatGatewayView {
  readonly name: string;
  /** Name of its subnet. */
  readonly subnet: string;
}

/** A Resolver inbound endpoint, or an interface endpoint. */
export interface ServiceView {
  readonly kind: "resolver" | "endpoint";
  readonly name: string;
  /** `resolver`, or the service of the endpoint: `ecr.api`. */
  readonly label: string;
}

/** The networks of a plan, the hub first. */
export function networks(plan: Plan): NetworkView[] {
  const topology = topologyOf(estateOfPlan(plan));
  return plan.flatMap((stack) => {
    const vpc = ofType(stack, "aws:ec2/vpc:Vpc")[0];
    if (vpc === undefined) return [];
    const subnets = subnetsOf(stack);
    return {
      name: stack.name,
      role: stack.settings.role,
      account: stack.settings.network.account,
      region: stack.settings.region,
      cidr: text(vpc, "cidrBlock"),
      zones: [...new Set(subnets.map(({ zone }) => zone))],
      subnets,
      natGateways: ofType(stack, "aws:ec2/natGateway:NatGateway").map(({ name, inputs }) => ({
        name,
        subnet: referred(inputs["subnetId"])?.name ?? "",
      })),
      services: servicesOf(topology, stack.name),
      resources: awsResources(stack).length,
    };
  });
}

function subnetsOf(stack: StackPlan): SubnetView[] {
  return ofType(stack, "aws:ec2/subnet:Subnet").map((subnet) => ({
    name: subnet.name,
    ...slotOf(subnet.name),
    zone: text(subnet, "availabilityZone"),
    cidr: text(subnet, "cidrBlock"),
  }));
}

function servicesOf({ networks, resolvers, endpoints }: Topology, stack: string): ServiceView[] {
  const network = networks.find((each) => each.stack === stack);
  const subnets = new Set(network?.subnets.map(({ id }) => id));
  return [
    ...resolvers
      .filter(({ listeners }) => listeners.some(({ subnetId }) => subnets.has(subnetId)))
      .map(({ name }) => ({ kind: "resolver" as const, name, label: "resolver" })),
    ...endpoints
      .filter(({ vpcId }) => vpcId === network?.id)
      .map(({ name, service }) => ({ kind: "endpoint" as const, name, label: service })),
  ];
}

/** A subnet is named NETWORK-TIER-NUMBER. */
function slotOf(name: string): Pick<SubnetView, "tier" | "number"> {
  const [number, tier = ""] = name.split("-").reverse();
  return { tier, number: Number(number) };
}
