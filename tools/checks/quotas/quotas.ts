import { items, text, texts } from "../../model/resource";
import { topologyOf } from "../../model/topology/topology";
import { parseBlock } from "../../model/addresses/ranges";
import { countOf, longest, longestSum, most, mostBy, ofNetworks, type Measure } from "./measures";
import { nodeVcpus } from "./node-vcpus";
import type { Quota } from "./quota";

const VPC = 'Amazon VPC User Guide, "Amazon VPC quotas"';
const PRIVATELINK = 'AWS PrivateLink Guide, "AWS PrivateLink quotas"';
const TRANSIT = 'Amazon VPC Transit Gateways, "AWS Transit Gateway Quotas"';
const ROUTE53 = 'Amazon Route 53 Developer Guide, "Quotas"';
const IAM = 'IAM User Guide, "IAM and AWS STS quotas"';
const ECR = "Amazon ECR API Reference, policyText";
const S3 = 'Amazon S3 User Guide, "Bucket policies"';
const EKS = 'Amazon EKS User Guide, "View and manage Amazon EKS and Fargate service quotas"';
const EC2 = 'AWS General Reference, "Amazon EC2 endpoints and quotas"';
const OURS = "Pulumi.yaml, address-space";

const fixed = (name: string, limit: number, source: string, used: Measure): Quota => ({
  ...{ name, limit, source, used },
  isAdjustable: false,
});
const raisable = (name: string, limit: number, source: string, used: Measure): Quota => ({
  ...{ name, limit, source, used },
  isAdjustable: true,
});

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const isInterface = (resource: Parameters<typeof text>[0]): boolean =>
  text(resource, "vpcEndpointType") === "Interface";

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
  const count = mostBy("aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization", (each) =>
    text(each, "zoneId"),
  );
  return count({ ...stack, resources: all.stacks.flatMap(({ resources }) => resources) }, all);
};

/** Attachments, or routes in all route tables, of this stack's transit gateway. */
const ofGateway =
  (measure: "attachments" | "routes"): Measure =>
  (stack, all) => {
    if (!stack.isHub) return undefined;
    const { attachments, tables } = topologyOf(all).transit;
    return measure === "attachments" ? attachments.length : tables.reduce((sum, { routes }) => sum + routes.length, 0);
  };

/** VPC-sized CIDRs of the address space that are in use. */
const blocksTaken: Measure = (stack, all) => (stack.isHub ? topologyOf(all).networks.length : undefined);

/** The default quotas that this network uses, policies first. */
export function quotas(addressSpace: string): readonly Quota[] {
  return [
    // AWS increases it to 4,096 at most.
    raisable("characters per role trust policy", 2048, IAM, longest("aws:iam/role:Role", "assumeRolePolicy")),
    raisable("IAM roles per account", 1_000, IAM, countOf("aws:iam/role:Role")),
    fixed(
      "characters of inline policies per role",
      10_240,
      IAM,
      longestSum("aws:iam/rolePolicy:RolePolicy", "policy", (each) => text(each, "role")),
    ),
    raisable(
      "managed policies per role",
      10,
      IAM,
      mostBy("aws:iam/rolePolicyAttachment:RolePolicyAttachment", (each) => text(each, "role")),
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
    raisable("IP addresses per Resolver endpoint", 6, ROUTE53, ({ resources }) =>
      most(
        resources
          .filter(({ type }) => type === "aws:route53/resolverEndpoint:ResolverEndpoint")
          .map((each) => items(each, "ipAddresses").length),
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
    raisable("NAT gateways per Availability Zone", 5, VPC, (stack, all) => {
      const { subnetById } = topologyOf(all);
      return mostBy("aws:ec2/natGateway:NatGateway", (nat) => subnetById.get(text(nat, "subnetId"))?.zone ?? "")(
        stack,
        all,
      );
    }),
    raisable(
      "inbound rules per security group",
      60,
      VPC,
      mostBy("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", (each) => text(each, "securityGroupId")),
    ),
    raisable("security groups per network interface", 5, VPC, ({ resources }) =>
      most(
        resources
          .filter((each) => each.type === ENDPOINT && isInterface(each))
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
    raisable(
      "managed node groups per cluster",
      30,
      EKS,
      mostBy("aws:eks/nodeGroup:NodeGroup", (each) => text(each, "clusterName")),
    ),
    {
      ...raisable("vCPUs of Standard On-Demand instances during node updates", 5, EC2, nodeVcpus),
      isRaisedFirst: true,
    },
    fixed("/16 networks in the address space", 2 ** (16 - (parseBlock(addressSpace)?.prefix ?? 0)), OURS, blocksTaken),
  ];
}
