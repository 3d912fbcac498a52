import { usableAddresses } from "../../components/address-plan";
import { parseBlock } from "../model/addresses/ranges";
import { objectIn, type StackResources, texts } from "../model/resource";
import { networksOf, type Subnet, topologyOf } from "../model/topology/topology";
import { finding, type NetworkCheck, type Observation } from "./shared/check";

/** Prefix length of the smallest subnet of a load balancer (Elastic Load Balancing, "Application Load Balancers"). */
const LOAD_BALANCER_PREFIX = 27;

/**
 * Addresses that Amazon EKS recommends for its network interfaces in each subnet of a cluster; it requires 6 (Amazon EKS User
 * Guide, "View Amazon EKS networking requirements for VPC and subnets").
 */
const CONTROL_PLANE_ADDRESSES = 16;

/** Prefix length of the smallest subnet that AWS creates (Amazon VPC, "Subnet CIDR blocks"). */
const SMALLEST_PREFIX = 28;

/** AWS cannot change the size of a subnet, so one that is too small stays so. */
export const subnetsHaveRoom: NetworkCheck = {
  name: "subnets-have-room",
  sentence: "Public subnets fit a load balancer, and a cluster's subnets its control plane.",
  check(stack, all) {
    const clusterSubnets = new Set(clusterSubnetIds(stack));
    const subnets = networksOf(topologyOf(all), stack).flatMap((network) => network.subnets);
    const observations = subnets.flatMap((subnet) => [
      ...tooSmall(subnet),
      ...(subnet.tier === "public" ? [forLoadBalancer(subnet)] : []),
      ...(clusterSubnets.has(subnet.id) ? [forControlPlane(subnet)] : []),
    ]);
    return observations.length === 0 ? undefined : finding(observations);
  },
};

function clusterSubnetIds({ resources }: StackResources): string[] {
  return resources
    .filter(({ type }) => type === "aws:eks/cluster:Cluster")
    .flatMap(({ inputs }) => texts({ inputs: objectIn(inputs, "vpcConfig") }, "subnetIds"));
}

function tooSmall({ name, block }: Subnet): Observation[] {
  if ((parseBlock(block)?.prefix ?? 0) <= SMALLEST_PREFIX) return [];
  return [
    { passed: false, evidence: `${name}: ${block} is smaller than a /${String(SMALLEST_PREFIX)}, which AWS refuses` },
  ];
}

function forLoadBalancer({ name, block }: Subnet): Observation {
  const passed = (parseBlock(block)?.prefix ?? Infinity) <= LOAD_BALANCER_PREFIX;
  return {
    passed,
    evidence: `${name}: ${block} has ${passed ? "" : "no "}room for a load balancer, which needs a /27`,
  };
}

function forControlPlane({ name, block }: Subnet): Observation {
  const usable = parseBlock(block) === undefined ? 0 : usableAddresses(block);
  const passed = usable >= CONTROL_PLANE_ADDRESSES;
  return {
    passed,
    evidence: `${name}: ${block} has ${String(usable)} usable addresses; Amazon EKS recommends ${String(CONTROL_PLANE_ADDRESSES)}`,
  };
}
