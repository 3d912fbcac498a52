import { VPC_PREFIXES } from "../../components/address-plan";
import { parseBlock } from "../model/addresses/ranges";
import { type AllStacks, items, type ModelResource, type StackResources, text, texts } from "../model/resource";
import { topologyOf } from "../model/topology/topology";
import { countOf, longest, longestSum, type Measure, most, mostBy, nodeVcpus, ofNetworks } from "./quotas/measures";
import { finding, type NetworkCheck, resourcesOfType } from "./shared/check";

/** Share of a quota from which a passing quota is shown. */
const WORTH_SHOWING = 0.2;

/** An exceeded quota fails an update halfway, for whoever adds one spoke too many. */
export const fitsDefaultQuotas: NetworkCheck = {
  name: "fits-default-quotas",
  sentence: "Counts and policy sizes fit AWS default quotas; the vCPU quota is only reported.",
  check(stack, all) {
    const uses = quotaUsesOf(stack, all, defaultQuotas(all.addressSpace, smallestNetwork(all)));
    if (uses.length === 0) return undefined;
    const observations = uses.map(({ quota, used }) => {
      const isExceeded = used > quota.limit;
      const isReportedOnly = isExceeded && quota.isRaisedFirst === true;
      const advice = isReportedOnly ? ", request an increase before the first deployment" : "";
      return {
        passed: !isExceeded || isReportedOnly,
        share: used / quota.limit,
        evidence: `${quota.name}: ${String(used)} of ${String(quota.limit)}${advice} (${quota.source})`,
      };
    });
    const shown = observations.filter(({ share, passed }) => !passed || share >= WORTH_SHOWING);
    return finding(shown.length > 0 ? shown : observations.slice(0, 1));
  },
};

/** An AWS default quota, and its usage by a stack. */
export interface Quota {
  /** Name, in AWS's terms. */
  readonly name: string;
  /** Default value; for policies, in characters. */
  readonly limit: number;
  /** Whether AWS increases it on request. */
  readonly isAdjustable: boolean;
  /** Page of the AWS documentation with the value. */
  readonly source: string;
  /**
   * Whether it is increased before the first deployment (`docs/runbooks/first-deployment.md`), because only new accounts
   * have the default. Exceeding it is reported, but the check passes. @default false
   */
  readonly isRaisedFirst?: boolean;
  /** Usage by the fullest resource of its kind in the stack; undefined if there is none. */
  readonly used: Measure;
}

/** The usage of a quota by one stack. */
interface QuotaUse {
  readonly quota: Quota;
  readonly stack: string;
  readonly used: number;
}

/** A quota that grows with the number of spokes. */
export interface QuotaReach extends QuotaUse {
  /** Usage added by each spoke. */
  readonly perSpoke: number;
  /** Largest number of spokes that fits. */
  readonly spokes: number;
}

const VPC = 'Amazon VPC User Guide, "Amazon VPC quotas"';
const PRIVATELINK = 'AWS PrivateLink Guide, "AWS PrivateLink quotas"';
const TRANSIT = 'Amazon VPC Transit Gateways, "AWS Transit Gateway Quotas"';
const VPN = 'AWS Site-to-Site VPN User Guide, "AWS Site-to-Site VPN quotas"';
const DIRECT_CONNECT = 'AWS Direct Connect User Guide, "AWS Direct Connect quotas"';
const ROUTE53 = 'Amazon Route 53 Developer Guide, "Quotas"';
const IAM = 'IAM User Guide, "IAM and AWS STS quotas"';
const ECR = "Amazon ECR API Reference, policyText";
const S3 = 'Amazon S3 User Guide, "Bucket policies"';
const EKS = 'Amazon EKS User Guide, "View and manage Amazon EKS and Fargate service quotas"';
const EC2 = 'AWS General Reference, "Amazon EC2 endpoints and quotas"';
const FIREWALL = 'AWS Network Firewall Developer Guide, "AWS Network Firewall quotas"';
const ADDRESS_SPACE = "Pulumi.yaml, address-space";

const fixed = (name: string, limit: number, source: string, used: Measure): Quota => ({
  ...{ name, limit, source, used, isAdjustable: false },
});
const raisable = (name: string, limit: number, source: string, used: Measure): Quota => ({
  ...{ name, limit, source, used, isAdjustable: true },
});

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const isInterface = (endpoint: ModelResource): boolean => text(endpoint, "vpcEndpointType") === "Interface";

/** The value of a property, as a key. A resource whose value is not known yet is counted for itself. */
const by =
  (property: string) =>
  (resource: ModelResource): string =>
    text(resource, property) || resource.name;

/** VPCs associated with the hosted zone of this stack that has the most. */
const vpcsOfZone: Measure = (stack, all) => {
  const own = new Set(stack.resources.map(({ id }) => id));
  return most(
    topologyOf(all)
      .zones.filter(({ id }) => own.has(id))
      .map(({ vpcIds }) => vpcIds.size),
  );
};

/** VPC association authorizations, of all stacks, for the hosted zone of this stack that has the most. */
const authorizationsOfZone: Measure = (stack, all) => {
  if (!stack.isHub) return undefined;
  const count = mostBy("aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization", by("zoneId"));
  return count({ ...stack, resources: all.stacks.flatMap(({ resources }) => resources) }, all);
};

/** Attachments, or routes in all route tables, of this stack's transit gateway. */
const ofGateway =
  (measure: "attachments" | "routes"): Measure =>
  (stack, all) => {
    if (!stack.isHub) return undefined;
    const { attachments, sites, tables } = topologyOf(all).transit;
    return measure === "attachments"
      ? attachments.length + sites.length
      : tables.reduce((sum, { routes }) => sum + routes.length, 0);
  };

/** How many CIDRs of this prefix length the networks take. */
const networksInUse =
  (unit: number): Measure =>
  (stack, all) => {
    if (!stack.isHub) return undefined;
    const blocks = topologyOf(all).networks.flatMap((network) => network.blocks);
    return Math.ceil(blocks.reduce((sum, block) => sum + 2 ** (unit - (parseBlock(block)?.prefix ?? unit)), 0));
  };

/** Prefix length of the smallest network. */
export function smallestNetwork({ accountMap }: Pick<AllStacks, "accountMap">): number {
  return Math.max(VPC_PREFIXES.largest, ...accountMap.map(({ cidr }) => parseBlock(cidr)?.prefix ?? 0));
}

/**
 * The default quotas that this network uses, policies first.
 *
 * @param unit prefix length in which the use of the address space is counted
 */
export function defaultQuotas(addressSpace: string, unit: number = VPC_PREFIXES.largest): readonly Quota[] {
  return [
    // AWS increases it to 4,096 at most.
    raisable("characters per role trust policy", 2048, IAM, longest("aws:iam/role:Role", "assumeRolePolicy")),
    raisable("IAM roles per account", 1_000, IAM, countOf("aws:iam/role:Role")),
    fixed(
      "characters of inline policies per role",
      10_240,
      IAM,
      longestSum("aws:iam/rolePolicy:RolePolicy", "policy", by("role")),
    ),
    raisable(
      "managed policies per role",
      10,
      IAM,
      mostBy("aws:iam/rolePolicyAttachment:RolePolicyAttachment", by("role")),
    ),
    fixed(
      "characters per repository policy",
      10_240,
      ECR,
      longest("aws:ecr/repositoryPolicy:RepositoryPolicy", "policy"),
    ),
    fixed(
      "characters per repository policy of the image cache",
      10_240,
      ECR,
      longest("aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate", "repositoryPolicy"),
    ),
    fixed("characters per registry policy", 10_240, ECR, longest("aws:ecr/registryPolicy:RegistryPolicy", "policy")),
    fixed("bytes per bucket policy", 20_480, S3, longest("aws:s3/bucketPolicy:BucketPolicy", "policy")),
    fixed("characters per endpoint policy", 20_480, PRIVATELINK, longest(ENDPOINT, "policy")),
    fixed("VPCs per private hosted zone", 300, ROUTE53, vpcsOfZone),
    fixed("VPC association authorizations per hosted zone", 1000, ROUTE53, authorizationsOfZone),
    raisable("hosted zones per account", 500, ROUTE53, countOf("aws:route53/zone:Zone")),
    raisable("Resolver endpoints per Region", 4, ROUTE53, countOf("aws:route53/resolverEndpoint:ResolverEndpoint")),
    raisable("IP addresses per Resolver endpoint", 6, ROUTE53, (stack) =>
      most(
        resourcesOfType(stack, "aws:route53/resolverEndpoint:ResolverEndpoint").map(
          (each) => items(each, "ipAddresses").length,
        ),
      ),
    ),
    raisable(
      "query logging configurations per Region",
      20,
      ROUTE53,
      countOf("aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig"),
    ),
    fixed("attachments per transit gateway", 5000, TRANSIT, ofGateway("attachments")),
    raisable("routes per transit gateway", 10_000, TRANSIT, ofGateway("routes")),
    raisable("route tables per transit gateway", 20, TRANSIT, countOf("aws:ec2transitgateway/routeTable:RouteTable")),
    raisable("VPN connections per Region", 50, VPN, countOf("aws:ec2/vpnConnection:VpnConnection")),
    raisable("customer gateways per Region", 50, VPN, countOf("aws:ec2/customerGateway:CustomerGateway")),
    fixed("prefixes per transit gateway to Direct Connect", 200, DIRECT_CONNECT, (stack) =>
      most(
        resourcesOfType(stack, "aws:directconnect/gatewayAssociation:GatewayAssociation").map(
          (each) => texts(each, "allowedPrefixes").length,
        ),
      ),
    ),
    raisable("Resolver rules per Region", 1000, ROUTE53, countOf("aws:route53/resolverRule:ResolverRule")),
    raisable("VPCs per Region", 5, VPC, countOf("aws:ec2/vpc:Vpc")),
    raisable(
      "subnets per VPC",
      200,
      VPC,
      ofNetworks(({ subnets }) => subnets.length),
    ),
    // The main route table counts too.
    raisable(
      "route tables per VPC",
      200,
      VPC,
      ofNetworks(({ subnets }) => new Set(subnets.map(({ table }) => table.id)).size + 1),
    ),
    raisable(
      "routes per route table",
      500,
      VPC,
      ofNetworks(({ subnets }) => Math.max(...subnets.map(({ table }) => table.routes.length + 1))),
    ),
    raisable("Elastic IP addresses per Region", 5, VPC, countOf("aws:ec2/eip:Eip")),
    raisable("firewalls per Region", 5, FIREWALL, countOf("aws:networkfirewall/firewall:Firewall")),
    raisable("stateful rule groups per Region", 50, FIREWALL, countOf("aws:networkfirewall/ruleGroup:RuleGroup")),
    raisable("NAT gateways per Availability Zone", 5, VPC, (stack, all) => {
      const { natById, subnetById } = topologyOf(all);
      // A regional one counts in each of its AZs, so that the count is never too low.
      const zones = resourcesOfType(stack, "aws:ec2/natGateway:NatGateway").flatMap(({ id }) => {
        const nat = natById.get(id);
        return nat?.zones ?? subnetById.get(nat?.subnetId ?? "")?.zone ?? "";
      });
      return most(zones.map((zone) => zones.filter((other) => other === zone).length));
    }),
    raisable(
      "inbound rules per security group",
      60,
      VPC,
      mostBy("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", by("securityGroupId")),
    ),
    raisable("security groups per network interface", 5, VPC, (stack) =>
      most(
        resourcesOfType(stack, ENDPOINT)
          .filter(isInterface)
          .map((each) => texts(each, "securityGroupIds").length),
      ),
    ),
    raisable("interface endpoints per VPC", 50, PRIVATELINK, countOf(ENDPOINT, isInterface)),
    raisable(
      "gateway endpoints per Region",
      20,
      PRIVATELINK,
      countOf(ENDPOINT, (each) => !isInterface(each)),
    ),
    raisable("managed node groups per cluster", 30, EKS, mostBy("aws:eks/nodeGroup:NodeGroup", by("clusterName"))),
    {
      ...raisable("vCPUs of Standard On-Demand instances during node updates", 5, EC2, nodeVcpus),
      isRaisedFirst: true,
    },
    fixed(
      `/${String(unit)} networks in the address space`,
      2 ** (unit - (parseBlock(addressSpace)?.prefix ?? 0)),
      ADDRESS_SPACE,
      networksInUse(unit),
    ),
  ];
}

/** The usage of every quota by every stack. */
export function quotaUses(all: AllStacks, quotas: readonly Quota[]): QuotaUse[] {
  return all.stacks.flatMap((stack) => quotaUsesOf(stack, all, quotas));
}

/** The usage, by one stack, of every quota that it uses. */
function quotaUsesOf(stack: StackResources, all: AllStacks, quotas: readonly Quota[]): QuotaUse[] {
  return quotas.flatMap((quota) => {
    const used = quota.used(stack, all);
    return used === undefined ? [] : [{ quota, stack: stack.name, used }];
  });
}

/**
 * How many spokes each quota allows, from two sets of stacks that differ only in the number of spokes. Usage grows linearly
 * with spokes (apart from digits in names), so two points are enough.
 */
export function quotaReaches(smaller: AllStacks, larger: AllStacks, quotas: readonly Quota[]): QuotaReach[] {
  const spokes = ({ stacks }: AllStacks): number => stacks.filter(({ isHub }) => !isHub).length;
  const more = spokes(larger) - spokes(smaller);
  const after = new Map(quotaUses(larger, quotas).map((use) => [`${use.stack} ${use.quota.name}`, use.used]));
  return quotaUses(smaller, quotas).flatMap((use) => {
    const perSpoke = ((after.get(`${use.stack} ${use.quota.name}`) ?? use.used) - use.used) / more;
    const fitting = spokes(smaller) + Math.floor((use.quota.limit - use.used) / perSpoke);
    return perSpoke > 0 ? [{ ...use, perSpoke, spokes: fitting }] : [];
  });
}
