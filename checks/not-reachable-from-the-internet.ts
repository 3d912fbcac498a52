import type { EstateStack } from "../model/estate";
import { traceFromInternet } from "../model/paths/trace";
import { contains } from "../model/addresses/blocks";
import { networksOf, topologyOf, type Topology } from "../model/topology/topology";
import { attribute, isProperties, items, text, textIn, texts, type Properties } from "../model/resource";
import { finding, type NetworkCheck } from "./check";

interface Seen {
  readonly passed: boolean;
  readonly evidence: string;
}

const EVERYBODY = ["0.0.0.0/0", "::/0"];

/** Bits of the shortest prefix that anybody is given: a /8 of IPv4 (RFC 1366), a /12 of IPv6 (RFC 7020's registries). */
const WIDEST = { v4: 8, v6: 12 } as const;

/** Whether blocks are for more than somebody: the whole internet may be written as two halves. */
function isForEverybody(blocks: readonly string[]): boolean {
  return blocks.some((each) => {
    const prefix = Number(each.split("/")[1] ?? 128);
    return prefix < (each.includes(":") ? WIDEST.v6 : WIDEST.v4);
  });
}

export const notReachableFromTheInternet: NetworkCheck = {
  name: "not-reachable-from-the-internet",
  sentence: "The internet reaches no private subnet, group, address or API, but from listed blocks.",
  check(stack, all) {
    const topology = topologyOf(all);
    const networks = networksOf(topology, stack);
    if (networks.length === 0) return undefined;
    const subnets = networks
      .flatMap((network) => network.subnets)
      .map((subnet): Seen => {
        const isReached = traceFromInternet(topology, subnet).end === "arrives";
        return {
          passed: !isReached || subnet.tier === "public",
          evidence: `${subnet.name} ${isReached ? "is reached where something has a public address" : "is not reached"}`,
        };
      });
    return finding([
      ...subnets,
      ...groupsOf(stack, topology, all.addressSpace),
      ...addressesOf(stack),
      ...templatesOf(stack),
      ...clustersOf(stack),
      ...shellsOf(stack),
    ]);
  },
};

const ofType = ({ resources }: EstateStack, type: string) => resources.filter((resource) => resource.type === type);

/** Groups of ours let in the address space, or each other, and the VPC's default group lets in nobody. */
function groupsOf(stack: EstateStack, { rules }: Topology, addressSpace: string): Seen[] {
  const groups = ofType(stack, "aws:ec2/securityGroup:SecurityGroup");
  const defaults = ofType(stack, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
  const open = groups.flatMap(({ id, name }) =>
    (rules.get(id) ?? []).map(({ source, sourceKind, resource }) => ({
      passed: sourceKind === "group" || contains(addressSpace, source),
      evidence: `${name} lets in ${source} (${resource})`,
    })),
  );
  const vpcs = ofType(stack, "aws:ec2/vpc:Vpc").map((vpc) => {
    const own = defaults.find((group) => text(group, "vpcId") === vpc.id);
    // Rules inside of it, and those that are resources of their own.
    const more = rules.get(attribute(vpc, "defaultSecurityGroupId")) ?? [];
    const isEmpty = own !== undefined && items(own, "ingress").length === 0 && more.length === 0;
    return {
      passed: isEmpty,
      evidence: `the default group of ${vpc.name} ${isEmpty ? "lets nobody in" : "is not emptied"}`,
    };
  });
  return [...open, ...vpcs];
}

/** Public addresses are those of NAT gateways, which let nobody in. */
function addressesOf(stack: EstateStack): Seen[] {
  const used = ofType(stack, "aws:ec2/natGateway:NatGateway").map((nat) => text(nat, "allocationId"));
  return ofType(stack, "aws:ec2/eip:Eip").map(({ id, name }) => ({
    passed: used.includes(id),
    evidence: `address ${name} ${used.includes(id) ? "is a NAT gateway's" : "is no NAT gateway's"}`,
  }));
}

function templatesOf(stack: EstateStack): Seen[] {
  return ofType(stack, "aws:ec2/launchTemplate:LaunchTemplate").map((template) => {
    const asks = items(template, "networkInterfaces").some(
      (each) => String(each["associatePublicIpAddress"]) === "true",
    );
    return { passed: !asks, evidence: `nodes of ${template.name} ${asks ? "ask for" : "have no"} public addresses` };
  });
}

function clustersOf(stack: EstateStack): Seen[] {
  return ofType(stack, "aws:eks/cluster:Cluster").map(({ name, inputs }) => {
    const config: Properties = isProperties(inputs["vpcConfig"]) ? inputs["vpcConfig"] : {};
    // Public is EKS's default, and so is everybody (Amazon EKS API Reference, VpcConfigRequest).
    const isPublic = config["endpointPublicAccess"] !== false;
    const listed = Array.isArray(config["publicAccessCidrs"]) ? config["publicAccessCidrs"].map(String) : EVERYBODY;
    const passed = !isPublic || !isForEverybody(listed);
    return {
      passed,
      evidence: `the API of ${name} is reached ${isPublic ? `by ${listed.join(", ")}` : "from its VPC alone"}`,
    };
  });
}

/**
 * Shells of nodes. EKS opens port 22 to the internet where a key is given and no group that may come in (Amazon EKS API
 * Reference, RemoteAccessConfig).
 */
function shellsOf(stack: EstateStack): Seen[] {
  return ofType(stack, "aws:eks/nodeGroup:NodeGroup").flatMap(({ name, inputs: { remoteAccess } }) => {
    if (!isProperties(remoteAccess) || textIn(remoteAccess, "ec2SshKey") === "") return [];
    const passed = texts({ inputs: remoteAccess }, "sourceSecurityGroupIds").length > 0;
    return [{ passed, evidence: `port 22 of ${name} is open to ${passed ? "listed groups" : "everybody"}` }];
  });
}
