import { expect } from "chai";
import type { ModelResource, Properties } from "../../../../tools/model/resource";
import * as aws from "../support/resources";
import { attachment, transitGateway, transitTable } from "../support/transit-gateways";

/** What the model does not cover of these resources. */
function unsupported(...resources: readonly ModelResource[]): readonly string[] {
  return aws.topology(resources).unsupported.get("hub") ?? [];
}

describe("the report of what is not modeled", () => {
  it("is empty for the resource types that this program creates", () => {
    const parts = [
      ...[aws.vpc("one", "10.1.0.0/16"), aws.block("one", "10.41.0.0/16"), aws.table("one-private", { "pl-a": "nat" })],
      ...[aws.subnet("one-private-1", "10.1.0.0/18", "one-private"), aws.internetGateway("igw", "one")],
      ...[aws.nat("nat", "one-private-1"), aws.gatewayEndpoint("s3", "s3"), aws.interfaceEndpoint("sts", "sts", {})],
      ...[aws.prefixList("pl-a"), transitGateway("tgw"), attachment("one", []), transitTable("t", {})],
    ];
    expect(unsupported(...parts.flat())).to.deep.equal([]);
  });

  it("names every other kind of path, filter and DNS source", () => {
    const types = [
      "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
      "aws:ec2/vpnGateway:VpnGateway",
      "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
      "aws:ec2/networkInterface:NetworkInterface",
      "aws:ec2/instance:Instance",
      // Review G6.
      "aws:ec2/defaultVpc:DefaultVpc",
      "aws:ec2/defaultSubnet:DefaultSubnet",
      "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
      "aws:ec2/eipAssociation:EipAssociation",
      "aws:ec2/somethingNew:SomethingNew",
      "aws:ec2clientvpn/endpoint:Endpoint",
      "aws:verifiedaccess/endpoint:Endpoint",
      "aws:networkmanager/vpcAttachment:VpcAttachment",
      "aws:globalaccelerator/accelerator:Accelerator",
      "aws:cloudformation/stack:Stack",
      "aws:autoscaling/group:Group",
      "aws-native:ec2:VpcPeeringConnection",
      "aws-native:ec2:Vpc",
      "aws-native:vpclattice:ServiceNetwork",
      "awscc:index/ec2TransitGatewayPeeringAttachment:Ec2TransitGatewayPeeringAttachment",
      "aws:index/vpcPeeringConnection:VpcPeeringConnection",
      "command:local:Command",
      "pulumi-nodejs:dynamic:Resource",
      "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
      "aws:ec2/securityGroupAssociation:SecurityGroupAssociation",
      "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
      "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
      "aws:ec2transitgateway/prefixListReference:PrefixListReference",
      "aws:ec2transitgateway/connect:Connect",
      "aws:lb/loadBalancer:LoadBalancer",
      "aws:vpclattice/serviceNetwork:ServiceNetwork",
      "aws:route53/resolverDnsSecConfig:ResolverDnsSecConfig",
      "aws:route53/recordsExclusive:RecordsExclusive",
      "aws:vpc/endpointPrivateDns:EndpointPrivateDns",
      "aws:route53/profilesAssociation:ProfilesAssociation",
    ];
    const resources = types.map((type) => ({ type, name: "x", id: `id of ${type}`, inputs: {} }));
    expect(types.filter((type) => !unsupported(...resources).includes(`${type}::x is not modeled`))).to.deep.equal([]);
  });

  it("includes IPv6 and routes propagated by a virtual private gateway", () => {
    const table = (propagatingVgws: readonly string[]): ModelResource =>
      aws.resource("ec2/routeTable:RouteTable", "t", { vpcId: aws.ref("one"), propagatingVgws });
    const dualStack = aws.vpc("one", "10.1.0.0/16", { assignGeneratedIpv6CidrBlock: true });
    expect(unsupported(table(["vgw-1"]), ...dualStack)).to.deep.equal([
      "aws:ec2/routeTable:RouteTable::t sets propagatingVgws",
      "aws:ec2/vpc:Vpc::one sets assignGeneratedIpv6CidrBlock",
    ]);
    expect(unsupported(table([]), ...aws.vpc("one", "10.1.0.0/16"))).to.deep.equal([]);
  });

  // Review G6.
  it("judges a Cloud Control resource by its CloudFormation type", () => {
    const generic = (type: string, inputs: Properties): readonly string[] =>
      unsupported({ type, name: "x", id: "x", inputs });
    const control = "aws:cloudcontrol/resource:Resource";
    const extension = "aws-native:index:ExtensionResource";
    expect(generic(control, { typeName: "AWS::EC2::VPCPeeringConnection" })).to.deep.equal([
      `${control}::x is not modeled`,
    ]);
    expect(generic(extension, { type: "AWS::VpcLattice::ServiceNetwork" })).to.deep.equal([
      `${extension}::x is not modeled`,
    ]);
    expect(generic(control, {})).to.deep.equal([`${control}::x is not modeled`]);
    expect(generic(control, { typeName: "AWS::S3::Bucket" })).to.deep.equal([]);
    expect(generic(extension, { type: "AWS::Logs::LogGroup" })).to.deep.equal([]);
  });

  // Review G6.
  it("includes endpoints to third-party services, and types other than Interface and Gateway", () => {
    const endpoint = (inputs: Properties): readonly string[] =>
      unsupported(...aws.vpc("one", "10.1.0.0/16"), aws.resource("ec2/vpcEndpoint:VpcEndpoint", "x", inputs)).map(
        (each) => each.replace("aws:ec2/vpcEndpoint:VpcEndpoint::x ", ""),
      );
    const strange = "com.amazonaws.vpce.ap-southeast-3.vpce-svc-0123456789abcdef0";
    expect(endpoint({ vpcEndpointType: "Interface", serviceName: strange })).to.deep.equal([
      `connects to ${strange}, which is not an AWS service`,
    ]);
    expect(endpoint({ vpcEndpointType: "Resource", resourceConfigurationArn: "arn:x" })).to.deep.equal([
      "sets resourceConfigurationArn",
      "has the type Resource",
    ]);
    expect(endpoint({ vpcEndpointType: "GatewayLoadBalancer", serviceName: strange })).to.deep.equal([
      "has the type GatewayLoadBalancer",
    ]);
    const service = "com.amazonaws.ap-southeast-3.s3";
    expect(endpoint({ vpcEndpointType: "Interface", serviceName: service, serviceRegion: "us-east-1" })).to.deep.equal([
      "sets serviceRegion",
    ]);
    expect(endpoint({ vpcEndpointType: "Interface", serviceName: service, ipAddressType: "ipv4" })).to.deep.equal([]);
  });

  it("excludes services without networking, and components", () => {
    const types = [
      "aws:s3/bucket:Bucket",
      "aws:sns/topic:Topic",
      "aws-native:logs:LogGroup",
      "awscc:index/s3Bucket:S3Bucket",
    ];
    const more = ["piksel:hub:Hub", "awsx:ec2:Vpc", "kubernetes:core/v1:Service", "aws:ec2/eip:Eip"];
    const resources = [...types, ...more].map((type) => ({ type, name: "x", id: type, inputs: {} }));
    expect(unsupported(...resources)).to.deep.equal([]);
  });
});
