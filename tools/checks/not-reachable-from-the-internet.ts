import { contains } from "../model/addresses/ranges";
import { traceFromInternet } from "../model/paths/trace";
import {
  attribute,
  isProperties,
  items,
  type Properties,
  type StackResources,
  text,
  textIn,
  texts,
} from "../model/resource";
import { allocationsOf } from "../model/topology/nat-gateways";
import { describeSource } from "../model/topology/packet-filters";
import { isGatewayTier, networksOf, topologyOf, type Topology } from "../model/topology/topology";
import { finding, resourcesOfType, type NetworkCheck, type Observation } from "./shared/check";

const EVERYBODY = ["0.0.0.0/0", "::/0"];

/** Shortest prefix, in bits, assigned to one organization: /8 for IPv4 (RFC 1366), /12 for IPv6 (RFC 7020 registries). */
const WIDEST = { v4: 8, v6: 12 } as const;

/** Whether any CIDR is wider than one organization can own; the whole internet may be written as two halves. */
function areForEverybody(blocks: readonly string[]): boolean {
  return blocks.some((each) => {
    const prefix = Number(each.split("/")[1] ?? 128);
    return prefix < (each.includes(":") ? WIDEST.v6 : WIDEST.v4);
  });
}

export const notReachableFromTheInternet: NetworkCheck = {
  name: "not-reachable-from-the-internet",
  sentence: "The internet reaches no private subnet, and a cluster's API only from listed CIDRs.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (networks.length === 0) return undefined;
    const subnets = networks
      .flatMap((network) => network.subnets)
      .map((subnet): Observation => {
        const isReached = traceFromInternet(topology, subnet).end === "arrives";
        return {
          passed: !isReached || isGatewayTier(subnet),
          evidence: `${subnet.name} (${subnet.tier}): ${isReached ? "public addresses are reachable" : "not reachable"} from the internet`,
        };
      });
    return finding([
      ...subnets,
      ...observeSecurityGroups(stack, topology, [all.addressSpace, ...(all.sites ?? []).flatMap(({ cidrs }) => cidrs)]),
      ...observeElasticIps(stack),
      ...observeTemplates(stack),
      ...observeClusters(stack),
      ...observeSsh(stack),
    ]);
  },
};

/** Security groups may allow only the address space, external sites and each other; the default security group of a VPC allows nothing. */
function observeSecurityGroups(stack: StackResources, { rules }: Topology, ours: readonly string[]): Observation[] {
  const groups = resourcesOfType(stack, "aws:ec2/securityGroup:SecurityGroup");
  const defaults = resourcesOfType(stack, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
  const rulesOfGroups = groups.flatMap(({ id, name }) =>
    (rules.get(id) ?? []).map(({ source, resource }) => ({
      passed:
        source.kind === "security group" || ("cidr" in source && ours.some((block) => contains(block, source.cidr))),
      evidence: `security group ${name}: ${resource} allows ${describeSource(source)}`,
    })),
  );
  const vpcs = resourcesOfType(stack, "aws:ec2/vpc:Vpc").map((vpc) => {
    const own = defaults.find((group) => text(group, "vpcId") === vpc.id);
    // Inline rules, and rules that are separate resources.
    const separate = rules.get(attribute(vpc, "defaultSecurityGroupId")) ?? [];
    const isEmpty = own !== undefined && items(own, "ingress").length === 0 && separate.length === 0;
    return {
      passed: isEmpty,
      evidence: `VPC ${vpc.name}: the default security group ${isEmpty ? "allows no ingress" : "has ingress rules or is not managed"}`,
    };
  });
  return [...rulesOfGroups, ...vpcs];
}

/** Only NAT gateways, which accept no inbound connections, have Elastic IP addresses. */
function observeElasticIps(stack: StackResources): Observation[] {
  const used = resourcesOfType(stack, "aws:ec2/natGateway:NatGateway").flatMap(allocationsOf);
  return resourcesOfType(stack, "aws:ec2/eip:Eip").map(({ id, name }) => ({
    passed: used.includes(id),
    evidence: `Elastic IP address ${name}: ${used.includes(id) ? "used" : "not used"} by a NAT gateway`,
  }));
}

function observeTemplates(stack: StackResources): Observation[] {
  return resourcesOfType(stack, "aws:ec2/launchTemplate:LaunchTemplate").map((template) => {
    const isPublic = items(template, "networkInterfaces").some(
      (each) => String(each["associatePublicIpAddress"]) === "true",
    );
    return {
      passed: !isPublic,
      evidence: `launch template ${template.name}: nodes get ${isPublic ? "" : "no "}public addresses`,
    };
  });
}

function observeClusters(stack: StackResources): Observation[] {
  return resourcesOfType(stack, "aws:eks/cluster:Cluster").map(({ name, inputs }) => {
    const config: Properties = isProperties(inputs["vpcConfig"]) ? inputs["vpcConfig"] : {};
    // EKS's default is public, for every address (Amazon EKS API Reference, VpcConfigRequest).
    const isPublic = config["endpointPublicAccess"] !== false;
    const listed = Array.isArray(config["publicAccessCidrs"]) ? config["publicAccessCidrs"].map(String) : EVERYBODY;
    const passed = !isPublic || !areForEverybody(listed);
    return {
      passed,
      evidence: `cluster ${name}: the API is reachable ${isPublic ? `from ${listed.join(", ")}` : "only from its VPC"}`,
    };
  });
}

/**
 * SSH access to nodes. EKS opens port 22 to the internet if a key is set without source security groups (Amazon EKS API
 * Reference, RemoteAccessConfig).
 */
function observeSsh(stack: StackResources): Observation[] {
  return resourcesOfType(stack, "aws:eks/nodeGroup:NodeGroup").flatMap(({ name, inputs: { remoteAccess } }) => {
    if (!isProperties(remoteAccess) || textIn(remoteAccess, "ec2SshKey") === "") return [];
    const passed = texts({ inputs: remoteAccess }, "sourceSecurityGroupIds").length > 0;
    return [
      {
        passed,
        evidence: `node group ${name}: port 22 is open to ${passed ? "listed security groups" : "the internet"}`,
      },
    ];
  });
}
