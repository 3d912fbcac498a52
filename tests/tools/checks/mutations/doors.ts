import { more, withInputs, without } from "../../../support/bend";
import { group, on, subnet, vpc, type Mutation } from "./mutation";

export const DOORS: readonly Mutation[] = [
  on(
    "hub",
    "endpoints open to everybody",
    ["hub-admits-the-address-space", "not-reachable-from-the-internet"],
    withInputs("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "hub-endpoint-https", {
      cidrIpv4: "0.0.0.0/0",
    }),
  ),
  on(
    "hub",
    "endpoints open to one network alone",
    ["hub-admits-the-address-space", "shared-endpoints-are-reachable", "image-pulls-are-private"],
    withInputs("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "hub-endpoint-https", {
      cidrIpv4: "10.1.0.0/16",
    }),
  ),
  on(
    "hub",
    "a resolver without TCP",
    ["shared-endpoints-are-reachable", "names-resolve-consistently"],
    without("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "hub-resolver-tcp"),
  ),
  on(
    "hub",
    "a resolver without UDP",
    ["shared-endpoints-are-reachable", "names-resolve-consistently"],
    without("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "hub-resolver-udp"),
  ),
  on(
    "hub",
    "endpoints in a group without rules",
    ["shared-endpoints-are-reachable", "image-pulls-are-private", "paths-are-fully-modeled"],
    withInputs("ec2/vpcEndpoint:VpcEndpoint", "hub-endpoint-ecr.dkr", { securityGroupIds: ["sg-0"] }),
  ),
  on(
    "hub",
    "a rule inside the group, open to the internet",
    ["not-reachable-from-the-internet", "hub-admits-the-address-space"],
    withInputs("ec2/securityGroup:SecurityGroup", "hub-endpoint", {
      ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
    }),
  ),
  on(
    "dev",
    "a rule of the older kind, open to IPv6",
    ["not-reachable-from-the-internet"],
    more("aws:ec2/securityGroup:SecurityGroup", "dev-open", { vpcId: vpc("dev") }),
    more("aws:ec2/securityGroupRule:SecurityGroupRule", "dev-open", {
      type: "ingress",
      securityGroupId: group("dev-open"),
      protocol: "-1",
      ipv6CidrBlocks: ["::/0"],
    }),
  ),
  on(
    "dev",
    "a default group that is not emptied",
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
    "an address that is no NAT gateway's",
    ["not-reachable-from-the-internet"],
    more("aws:ec2/eip:Eip", "dev-bastion", {}),
  ),
  on(
    "dev",
    "a cluster's API open to everybody",
    ["not-reachable-from-the-internet", "data-and-access-are-protected"],
    withInputs("eks/cluster:Cluster", "dev-eksCluster", { vpcConfig: { endpointPublicAccess: true } }),
  ),
  on(
    "dev",
    "nodes that ask for public addresses",
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
    "a public subnet that Karpenter finds",
    ["nodes-are-in-private-subnets"],
    withInputs("ec2/subnet:Subnet", "dev-public-1", {
      tags: { SubnetType: "Public", "karpenter.sh/discovery": "piksel-dev" },
    }),
  ),
  on(
    "hub",
    "a resolver open on every port",
    ["hub-admits-the-address-space"],
    withInputs("vpc/securityGroupIngressRule:SecurityGroupIngressRule", "hub-resolver-tcp", {
      fromPort: 0,
      toPort: 65535,
    }),
  ),
];
