import { idOf, withInputs, without, withPolicy, withResource } from "../../../support/modifications";
import { attachment, group, on, subnet, TGW, transitTable, vpc, zone, type Mutation } from "./mutation";

const PRINCIPAL = "aws:ram/principalAssociation:PrincipalAssociation";
const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
/** The security group that EKS creates with a cluster. */
const CLUSTER_GROUP = "sg-0cluster";

const ofCluster = (publicAccessCidrs: readonly string[]) =>
  withInputs("eks/cluster:Cluster", "dev-eksCluster", { vpcConfig: { endpointPublicAccess: true, publicAccessCidrs } });

/** Changes that expose the network to the internet, or connect it to an unknown account. */
export const EXPOSURE: readonly Mutation[] = [
  on(
    "hub",
    "endpoints open to the internet",
    ["hub-admits-the-address-space", "not-reachable-from-the-internet"],
    withInputs("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "hub-endpoint-https", {
      cidrIpv4: "0.0.0.0/0",
    }),
  ),
  on(
    "hub",
    "endpoints open to only one network",
    ["hub-admits-the-address-space", "shared-endpoints-are-reachable", "image-pulls-are-private"],
    withInputs("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "hub-endpoint-https", {
      cidrIpv4: "10.1.0.0/16",
    }),
  ),
  on(
    "hub",
    "a Resolver endpoint without TCP",
    ["shared-endpoints-are-reachable", "names-resolve-consistently"],
    without("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "hub-resolver-tcp"),
  ),
  on(
    "hub",
    "a Resolver endpoint without UDP",
    ["shared-endpoints-are-reachable", "names-resolve-consistently"],
    without("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "hub-resolver-udp"),
  ),
  on(
    "hub",
    "endpoints in an unknown security group",
    ["shared-endpoints-are-reachable", "image-pulls-are-private", "paths-are-fully-modeled"],
    withInputs("ec2/vpcEndpoint:VpcEndpoint", "hub-endpoint-ecr.dkr", { securityGroupIds: ["sg-0"] }),
  ),
  on(
    "hub",
    "an inline security group rule, open to the internet",
    ["not-reachable-from-the-internet", "hub-admits-the-address-space"],
    withInputs("ec2/securityGroup:SecurityGroup", "hub-endpoint", {
      ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
    }),
  ),
  on(
    "dev",
    "a SecurityGroupRule resource, open to IPv6",
    ["not-reachable-from-the-internet"],
    withResource("aws:ec2/securityGroup:SecurityGroup", "dev-open", { vpcId: vpc("dev") }),
    withResource("aws:ec2/securityGroupRule:SecurityGroupRule", "dev-open", {
      type: "ingress",
      securityGroupId: group("dev-open"),
      protocol: "-1",
      ipv6CidrBlocks: ["::/0"],
    }),
  ),
  on(
    "dev",
    "an unmanaged default security group",
    ["not-reachable-from-the-internet"],
    without("ec2/defaultSecurityGroup:DefaultSecurityGroup", "dev"),
  ),
  on(
    "dev",
    "public addresses for a private subnet",
    ["private-subnets-are-private"],
    withInputs("ec2/subnet:Subnet", "dev-private-1", { mapPublicIpOnLaunch: true }),
  ),
  on(
    "dev",
    "an Elastic IP address without a NAT gateway",
    ["not-reachable-from-the-internet"],
    withResource("aws:ec2/eip:Eip", "dev-bastion", {}),
  ),
  on(
    "dev",
    "a cluster's API open to the internet",
    ["not-reachable-from-the-internet", "data-and-access-are-protected"],
    withInputs("eks/cluster:Cluster", "dev-eksCluster", { vpcConfig: { endpointPublicAccess: true } }),
  ),
  on(
    "dev",
    "nodes with public addresses",
    ["not-reachable-from-the-internet"],
    withInputs("ec2/launchTemplate:LaunchTemplate", "dev-system-1", {
      networkInterfaces: [{ associatePublicIpAddress: "true" }],
    }),
  ),
  on(
    "dev",
    "a node group in a public subnet",
    ["nodes-are-in-private-subnets"],
    withInputs("eks/nodeGroup:NodeGroup", "dev-system-1", { subnetIds: [subnet("dev-public-1")] }),
  ),
  on(
    "dev",
    "a public subnet with Karpenter's discovery tag",
    ["nodes-are-in-private-subnets"],
    withInputs("ec2/subnet:Subnet", "dev-public-1", {
      tags: { SubnetType: "Public", "karpenter.sh/discovery": "piksel-dev" },
    }),
  ),
  on(
    "hub",
    "a Resolver endpoint open on every port",
    ["hub-admits-the-address-space"],
    withInputs("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "hub-resolver-tcp", {
      fromPort: 0,
      toPort: 65535,
    }),
  ),

  // Unknown accounts.
  on(
    "hub",
    "the transit gateway in no resource share",
    ["only-known-accounts-have-access"],
    without("ram/resourceAssociation:ResourceAssociation", "hub"),
  ),
  on(
    "hub",
    "the transit gateway shared with a role of an unknown account",
    ["only-known-accounts-have-access"],
    withResource(PRINCIPAL, "unknown", { principal: "arn:aws:iam::999999999999:role/any" }),
  ),
  on(
    "dev",
    "a resource share of a spoke with an unknown account",
    ["only-known-accounts-have-access"],
    withResource(PRINCIPAL, "unknown", { principal: "999999999999" }),
  ),
  on(
    "dev",
    "a shared subnet of a spoke",
    ["only-known-accounts-have-access", "paths-are-fully-modeled"],
    withResource("aws:ram/resourceAssociation:ResourceAssociation", "subnet", {
      resourceArn: "arn:aws:ec2:ap-southeast-3:222222222222:subnet/subnet-1",
    }),
  ),
  on(
    "dev",
    "an association with a hosted zone of an unknown account",
    ["paths-are-fully-modeled"],
    withResource("aws:route53/zoneAssociation:ZoneAssociation", "unknown", { zoneId: "Z0UNKNOWN", vpcId: vpc("dev") }),
  ),
  on(
    "hub",
    "a shared hosted zone authorized for the VPC of an unknown account",
    ["paths-are-fully-modeled"],
    withResource("aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization", "unknown", {
      ...{ zoneId: zone("hub-zone-piksel.internal"), vpcId: "vpc-0unknown" },
    }),
  ),
  on(
    "dev",
    "a hosted zone of the spoke that hides a shared one",
    ["names-resolve-consistently"],
    withResource("aws:route53/zone:Zone", "own", { name: "db.piksel.internal", vpcs: [{ vpcId: vpc("dev") }] }),
  ),
  on(
    "dev",
    "the cluster's own security group open to the internet",
    ["paths-are-fully-modeled"],
    withResource(RULE, "open", { securityGroupId: CLUSTER_GROUP, cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" }),
  ),
  on(
    "hub",
    "the Resolver endpoint's security group open to a group of an unknown account",
    ["hub-admits-the-address-space", "paths-are-fully-modeled"],
    withResource(RULE, "open", {
      securityGroupId: idOf("aws:ec2/securityGroup:SecurityGroup", "hub-resolver"),
      ...{ referencedSecurityGroupId: "999999999999/sg-1", ipProtocol: "-1" },
    }),
  ),
  on(
    "dev",
    "a cluster's API open to both halves of the internet",
    ["data-and-access-are-protected", "not-reachable-from-the-internet"],
    ofCluster(["0.0.0.0/1", "128.0.0.0/1"]),
  ),
  on(
    "dev",
    "a cluster's API open to IPv6",
    ["data-and-access-are-protected", "not-reachable-from-the-internet"],
    ofCluster(["2000::/3"]),
  ),
  on(
    "dev",
    "nodes with SSH open to the internet",
    ["data-and-access-are-protected", "not-reachable-from-the-internet"],
    withInputs("eks/nodeGroup:NodeGroup", "dev-system-1", { remoteAccess: { ec2SshKey: "key" } }),
  ),
  on(
    "dev",
    "a public subnet with Karpenter's discovery tag as a separate resource",
    ["nodes-are-in-private-subnets"],
    withResource("aws:ec2/tag:Tag", "tag", { resourceId: subnet("dev-public-1"), key: "karpenter.sh/discovery" }),
  ),
  on(
    "hub",
    "a default route of the hub's route table to a spoke",
    ["transit-routes-isolate-spokes"],
    withResource(`aws:${TGW}/route:Route`, "stray", {
      ...{ transitGatewayRouteTableId: transitTable("hub-hub"), destinationCidrBlock: "0.0.0.0/0" },
      transitGatewayAttachmentId: attachment("dev"),
    }),
  ),
  on(
    "dev",
    "an S3 endpoint that denies what it allows",
    ["image-pulls-are-private", "s3-endpoint-allows-registries"],
    withPolicy(
      "ec2/vpcEndpoint:VpcEndpoint",
      "dev-s3",
      "policy",
      '"Statement":[',
      '"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"},',
    ),
  ),
  on(
    "dev",
    "an S3 endpoint with another policy as a separate resource",
    ["image-pulls-are-private"],
    withResource("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", "other", {
      vpcEndpointId: idOf("aws:ec2/vpcEndpoint:VpcEndpoint", "dev-s3"),
      policy: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"222222222222"},"Action":"s3:Get","Resource":"x"}]}',
    }),
  ),
];
