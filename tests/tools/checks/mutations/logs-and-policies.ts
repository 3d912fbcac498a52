import { idOf, withInputs, without, withPolicy, withResource } from "../../../support/modifications";
import { attachment, on, vpc, type Mutation } from "./mutation";

export const LOGS_AND_POLICIES: readonly Mutation[] = [
  on(
    "dev",
    "a network with the CIDR of another",
    [
      ...["spokes-reach-the-hub", "cidrs-do-not-overlap", "return-paths-are-symmetric"],
      // Its subnets are outside the VPC's CIDR, so no reply reaches them.
      ...[
        "nat-gateway-of-the-same-az",
        "shared-endpoints-are-reachable",
        "image-pulls-are-private",
        "names-resolve-consistently",
      ],
      ...["subnets-reach-each-other", "paths-are-fully-modeled"],
    ],
    withInputs("ec2/vpc:Vpc", "dev", { cidrBlock: "10.3.0.0/16" }),
  ),
  on(
    "dev",
    "a second CIDR outside the address space",
    ["cidrs-do-not-overlap"],
    withResource("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "dev", {
      vpcId: vpc("dev"),
      cidrBlock: "172.16.0.0/16",
    }),
  ),
  on(
    "hub",
    "a public subnet of the hub without room for a load balancer",
    ["subnets-have-room"],
    withInputs("ec2/subnet:Subnet", "hub-public-3", { cidrBlock: "10.0.194.0/28" }),
  ),
  on(
    "dev",
    "a public subnet without room for a load balancer",
    ["subnets-have-room"],
    withInputs("ec2/subnet:Subnet", "dev-public-2", { cidrBlock: "10.1.193.0/28" }),
  ),
  on("dev", "a VPC without a flow log", ["flow-logs-reach-the-archive"], without("ec2/flowLog:FlowLog", "dev")),
  on(
    "dev",
    "a flow log of only rejected traffic",
    ["flow-logs-reach-the-archive"],
    withInputs("ec2/flowLog:FlowLog", "dev", { trafficType: "REJECT" }),
  ),
  on(
    "dev",
    "a flow log to another bucket",
    ["flow-logs-reach-the-archive"],
    withInputs("ec2/flowLog:FlowLog", "dev", { logDestination: "arn:aws:s3:::mine" }),
  ),
  on(
    "hub",
    "a transit gateway without a flow log",
    ["flow-logs-reach-the-archive"],
    without("ec2/flowLog:FlowLog", "hub-transit"),
  ),
  on(
    "hub",
    "a flow log of the transit gateway to another bucket",
    ["flow-logs-reach-the-archive"],
    withInputs("ec2/flowLog:FlowLog", "hub-transit", { logDestination: "arn:aws:s3:::mine" }),
  ),
  on(
    "hub",
    "a flow log of another transit gateway",
    ["flow-logs-reach-the-archive"],
    withInputs("ec2/flowLog:FlowLog", "hub-transit", { transitGatewayId: "tgw-0123" }),
  ),
  on(
    "hub",
    "a flow log of one attachment of the transit gateway",
    ["flow-logs-reach-the-archive"],
    withInputs("ec2/flowLog:FlowLog", "hub-transit", {
      transitGatewayId: "",
      transitGatewayAttachmentId: attachment("hub"),
    }),
  ),
  on(
    "dev",
    "a query log without a VPC",
    ["dns-queries-are-logged"],
    without("route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation", "dev"),
  ),
  on(
    "dev",
    "a query log to another bucket",
    ["dns-queries-are-logged"],
    withInputs("route53/resolverQueryLogConfig:ResolverQueryLogConfig", "dev", { destinationArn: "arn:aws:s3:::mine" }),
  ),
  on(
    "hub",
    "a log archive that omits a network",
    ["only-known-accounts-have-access"],
    withPolicy("s3/bucketPolicy:BucketPolicy", "hub-logs", "policy", /"222222222222",/g, ""),
  ),
  on(
    "hub",
    "an endpoint that allows an unknown account",
    ["only-known-accounts-have-access"],
    withPolicy("ec2/vpcEndpoint:VpcEndpoint", "hub-endpoint-ecr.api", "policy", "222222222222", "999999999999"),
  ),
  on(
    "hub",
    "a repository that allows an unknown organization",
    ["only-known-accounts-have-access"],
    withPolicy(
      "ecr/repositoryPolicy:RepositoryPolicy",
      "hub-images-piksel-core",
      "policy",
      /"aws:PrincipalAccount":\[.*?\]/,
      '"aws:PrincipalOrgID":["o-unknown000"]',
    ),
  ),
  on(
    "hub",
    "a repository that allows everybody except the known accounts",
    ["only-known-accounts-have-access", "wildcards-are-allowlisted"],
    withPolicy(
      "ecr/repositoryPolicy:RepositoryPolicy",
      "hub-images-piksel-core",
      "policy",
      "StringEquals",
      "StringNotEquals",
    ),
  ),
  on(
    "hub",
    "a log archive that allows account IDs by wildcard",
    ["only-known-accounts-have-access"],
    withPolicy("s3/bucketPolicy:BucketPolicy", "hub-logs", "policy", /"222222222222"/g, '"22*"'),
  ),
  on(
    "hub",
    "a registry endpoint that omits a network's account as owner",
    ["only-known-accounts-have-access"],
    withPolicy(
      "ec2/vpcEndpoint:VpcEndpoint",
      "hub-endpoint-ecr.dkr",
      "policy",
      /"aws:ResourceAccount":\["111111111111","222222222222"/,
      '"aws:ResourceAccount":["111111111111"',
    ),
  ),
  on(
    "hub",
    "a transit gateway that is also shared with an unknown organization",
    ["only-known-accounts-have-access"],
    withResource("aws:ram/principalAssociation:PrincipalAssociation", "hub-o-unknown000", {
      principal: "arn:aws:organizations::999999999999:organization/o-unknown000",
    }),
  ),
  on(
    "hub",
    "a transit gateway that is not shared with a network",
    ["only-known-accounts-have-access"],
    without("ram/principalAssociation:PrincipalAssociation", "hub-222222222222"),
  ),
  on(
    "hub",
    "a repository without a policy",
    ["only-known-accounts-have-access"],
    without("ecr/repositoryPolicy:RepositoryPolicy", "hub-images-piksel-core"),
  ),
  on(
    "hub",
    "a role that everybody may assume",
    ["wildcards-are-allowlisted"],
    withPolicy("iam/role:Role", "hub-spoke-dev-access", "assumeRolePolicy", /"arn:aws:iam::[0-9]+:root"/, '"*"'),
  ),
  on(
    "hub",
    "a role for every action of Route 53",
    ["wildcards-are-allowlisted"],
    withPolicy(
      "iam/rolePolicy:RolePolicy",
      "hub-spoke-dev-access",
      "policy",
      /"Action":\[[^\]]*\]/,
      '"Action":"route53:*"',
    ),
  ),
  on(
    "dev",
    "AdministratorAccess attached to the nodes' role",
    ["wildcards-are-allowlisted"],
    withResource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "dev-admin", {
      role: idOf("aws:iam/role:Role", "dev-node"),
      policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  ),
  on(
    "hub",
    "a trust policy longer than 2,048 characters",
    ["fits-default-quotas"],
    withPolicy(
      "iam/role:Role",
      "hub-spoke-dev-access",
      "assumeRolePolicy",
      '"Version"',
      `"Id":"${"x".repeat(2048)}","Version"`,
    ),
  ),
  on(
    "dev",
    "six Elastic IP addresses",
    ["fits-default-quotas", "not-reachable-from-the-internet"],
    ...[2, 3, 4, 5, 6].map((n) => withResource("aws:ec2/eip:Eip", `dev-${String(n)}`, {})),
  ),
];
