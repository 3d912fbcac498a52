import { idOf, more, withInputs, withPolicy, without } from "../../../support/bend";
import { attachment, on, subnet, TGW, transitTable, vpc, zone, type Mutation } from "./mutation";

const PRINCIPAL = "aws:ram/principalAssociation:PrincipalAssociation";
const RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
/** The group that EKS makes with a cluster. */
const CLUSTER_GROUP = "sg-0cluster";

const ofCluster = (publicAccessCidrs: readonly string[]) =>
  withInputs("eks/cluster:Cluster", "dev-eksCluster", { vpcConfig: { endpointPublicAccess: true, publicAccessCidrs } });

/** Changes that let somebody in, or that lead to somebody, of no network. */
export const STRANGERS: readonly Mutation[] = [
  on(
    "hub",
    "the transit gateway in no share",
    ["only-known-accounts-have-access"],
    without("ram/resourceAssociation:ResourceAssociation", "hub"),
  ),
  on(
    "hub",
    "the transit gateway shared with a role of a stranger's",
    ["only-known-accounts-have-access"],
    more(PRINCIPAL, "stranger", { principal: "arn:aws:iam::999999999999:role/any" }),
  ),
  on(
    "dev",
    "something shared with a stranger",
    ["only-known-accounts-have-access"],
    more(PRINCIPAL, "stranger", { principal: "999999999999" }),
  ),
  on(
    "dev",
    "a subnet shared",
    ["only-known-accounts-have-access", "paths-are-fully-modeled"],
    more("aws:ram/resourceAssociation:ResourceAssociation", "subnet", {
      resourceArn: "arn:aws:ec2:ap-southeast-3:222222222222:subnet/subnet-1",
    }),
  ),
  on(
    "dev",
    "a stranger's hosted zone",
    ["paths-are-fully-modeled"],
    more("aws:route53/zoneAssociation:ZoneAssociation", "stranger", { zoneId: "Z0STRANGE", vpcId: vpc("dev") }),
  ),
  on(
    "hub",
    "a stranger's VPC that may read the shared zone",
    ["paths-are-fully-modeled"],
    more("aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization", "stranger", {
      ...{ zoneId: zone("hub-zone-piksel.internal"), vpcId: "vpc-0strange" },
    }),
  ),
  on(
    "dev",
    "a zone of the spoke's own that hides a shared one",
    ["names-resolve-consistently"],
    more("aws:route53/zone:Zone", "own", { name: "db.piksel.internal", vpcs: [{ vpcId: vpc("dev") }] }),
  ),
  on(
    "dev",
    "the cluster's own group open to everybody",
    ["paths-are-fully-modeled"],
    more(RULE, "open", { securityGroupId: CLUSTER_GROUP, cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" }),
  ),
  on(
    "hub",
    "the resolver's group open to a group of a stranger's",
    ["hub-admits-the-address-space", "paths-are-fully-modeled"],
    more(RULE, "open", {
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
    "nodes whose shell is open to everybody",
    ["data-and-access-are-protected", "not-reachable-from-the-internet"],
    withInputs("eks/nodeGroup:NodeGroup", "dev-system-1", { remoteAccess: { ec2SshKey: "key" } }),
  ),
  on(
    "dev",
    "a public subnet that Karpenter finds by a tag of its own",
    ["nodes-are-in-private-subnets"],
    more("aws:ec2/tag:Tag", "tag", { resourceId: subnet("dev-public-1"), key: "karpenter.sh/discovery" }),
  ),
  on(
    "hub",
    "all that nobody has, sent to one spoke",
    ["transit-routes-isolate-spokes"],
    more(`aws:${TGW}/route:Route`, "stray", {
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
    "an S3 endpoint with another policy, by a resource of its own",
    ["image-pulls-are-private"],
    more("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", "other", {
      vpcEndpointId: idOf("aws:ec2/vpcEndpoint:VpcEndpoint", "dev-s3"),
      policy: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"222222222222"},"Action":"s3:Get","Resource":"x"}]}',
    }),
  ),
];
