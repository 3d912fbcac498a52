import { idOf, withInputs, without, withPolicy, withResource } from "../../../support/modifications";
import { on, vpc, type Mutation } from "./mutation";

export const LOGS_AND_POLICIES: readonly Mutation[] = [
  on(
    "dev",
    "a network on another's block",
    [
      ...["spokes-reach-the-hub", "cidrs-do-not-overlap", "return-paths-are-symmetric"],
      // Its subnets are not in the VPC's block, so nothing that comes back finds them.
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
    "a second block, outside the address space",
    ["cidrs-do-not-overlap"],
    withResource("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", "dev", {
      vpcId: vpc("dev"),
      cidrBlock: "172.16.0.0/16",
    }),
  ),
  on("dev", "a VPC without a flow log", ["flow-logs-reach-the-archive"], without("ec2/flowLog:FlowLog", "dev")),
  on(
    "dev",
    "a flow log of rejected traffic alone",
    ["flow-logs-reach-the-archive"],
    withInputs("ec2/flowLog:FlowLog", "dev", { trafficType: "REJECT" }),
  ),
  on(
    "dev",
    "a flow log to a bucket of one's own",
    ["flow-logs-reach-the-archive"],
    withInputs("ec2/flowLog:FlowLog", "dev", { logDestination: "arn:aws:s3:::mine" }),
  ),
  on(
    "dev",
    "a query log of no VPC",
    ["dns-queries-are-logged"],
    without("route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation", "dev"),
  ),
  on(
    "dev",
    "a query log to a bucket of one's own",
    ["dns-queries-are-logged"],
    withInputs("route53/resolverQueryLogConfig:ResolverQueryLogConfig", "dev", { destinationArn: "arn:aws:s3:::mine" }),
  ),
  on(
    "hub",
    "an archive that leaves out a network",
    ["only-known-accounts-have-access"],
    withPolicy("s3/bucketPolicy:BucketPolicy", "hub-logs", "policy", /"222222222222",/g, ""),
  ),
  on(
    "hub",
    "an endpoint that lets a stranger in",
    ["only-known-accounts-have-access"],
    withPolicy("ec2/vpcEndpoint:VpcEndpoint", "hub-endpoint-ecr.api", "policy", "222222222222", "999999999999"),
  ),
  on(
    "hub",
    "a repository that an organization pulls from which the hub is not shared with",
    ["only-known-accounts-have-access"],
    withPolicy(
      "ecr/repositoryPolicy:RepositoryPolicy",
      "hub-images-piksel-core",
      "policy",
      /"aws:PrincipalAccount":\[.*?\]/,
      '"aws:PrincipalOrgID":["o-stranger000"]',
    ),
  ),
  on(
    "hub",
    "a repository that everybody pulls from but our accounts",
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
    "an archive that an account delivers to whatever its number ends with",
    ["only-known-accounts-have-access"],
    withPolicy("s3/bucketPolicy:BucketPolicy", "hub-logs", "policy", /"222222222222"/g, '"22*"'),
  ),
  on(
    "hub",
    "a registry that another network's images cannot pass the endpoint to",
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
    "a transit gateway that is shared with an organization besides",
    ["only-known-accounts-have-access"],
    withResource("aws:ram/principalAssociation:PrincipalAssociation", "hub-o-stranger000", {
      principal: "arn:aws:organizations::999999999999:organization/o-stranger000",
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
    "a repository that is shared with nobody",
    ["only-known-accounts-have-access"],
    without("ecr/repositoryPolicy:RepositoryPolicy", "hub-images-piksel-core"),
  ),
  on(
    "hub",
    "a role that everybody may take",
    ["wildcards-are-allowlisted"],
    withPolicy("iam/role:Role", "hub-spoke-dev-access", "assumeRolePolicy", /"arn:aws:iam::[0-9]+:root"/, '"*"'),
  ),
  on(
    "hub",
    "a role for all of Route 53",
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
    "an administrator's policy on the nodes",
    ["wildcards-are-allowlisted"],
    withResource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "dev-admin", {
      role: idOf("aws:iam/role:Role", "dev-node"),
      policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  ),
  on(
    "hub",
    "a trust policy beyond 2,048 characters",
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
    "six public addresses",
    ["fits-default-quotas", "not-reachable-from-the-internet"],
    ...[2, 3, 4, 5, 6].map((n) => withResource("aws:ec2/eip:Eip", `dev-${String(n)}`, {})),
  ),
];
