import { expect } from "chai";
import type { ModelResource } from "../../model/resource";
import * as aws from "./build";
import { attachment, transitGateway, transitTable } from "./build-transit";

/** What of these the model does not follow, `TYPE::NAME`. */
function unfollowed(...resources: readonly ModelResource[]): readonly string[] {
  return aws.topology(resources).unfollowed.get("hub") ?? [];
}

describe("what the model does not follow", () => {
  it("is none of what its own networks are made of", () => {
    const parts = [
      ...[aws.vpc("one", "10.1.0.0/16"), aws.block("one", "10.41.0.0/16"), aws.table("one-private", { "pl-a": "nat" })],
      ...[aws.subnet("one-private-1", "10.1.0.0/18", "one-private"), aws.internetGateway("igw", "one")],
      ...[aws.nat("nat", "one-private-1"), aws.gatewayEndpoint("s3", "s3"), aws.interfaceEndpoint("sts", "sts", {})],
      ...[aws.prefixList("pl-a"), transitGateway("tgw"), attachment("one", []), transitTable("t", {})],
    ];
    expect(unfollowed(...parts.flat())).to.deep.equal([]);
  });

  it("is every other way in or out, filter and source of names, by its name", () => {
    const types = [
      "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
      "aws:ec2/vpnGateway:VpnGateway",
      "aws:ec2/vpnConnection:VpnConnection",
      "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
      "aws:ec2/networkInterface:NetworkInterface",
      "aws:ec2/instance:Instance",
      "aws:ec2/networkAcl:NetworkAcl",
      "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
      "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
      "aws:ec2/securityGroupAssociation:SecurityGroupAssociation",
      "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
      "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
      "aws:ec2transitgateway/prefixListReference:PrefixListReference",
      "aws:ec2transitgateway/connect:Connect",
      "aws:directconnect/gatewayAssociation:GatewayAssociation",
      "aws:networkfirewall/firewall:Firewall",
      "aws:lb/loadBalancer:LoadBalancer",
      "aws:vpclattice/serviceNetwork:ServiceNetwork",
      "aws:route53/resolverRule:ResolverRule",
      "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation",
      "aws:route53/resolverDnsSecConfig:ResolverDnsSecConfig",
      "aws:route53/recordsExclusive:RecordsExclusive",
      "aws:vpc/endpointPrivateDns:EndpointPrivateDns",
      "aws:route53/profilesAssociation:ProfilesAssociation",
    ];
    const resources = types.map((type) => ({ type, name: "x", id: `id of ${type}`, inputs: {} }));
    expect(types.filter((type) => !unfollowed(...resources).includes(`${type}::x`))).to.deep.equal([]);
  });

  it("is IPv6, and routes that a virtual private gateway propagates", () => {
    const table = (propagatingVgws: readonly string[]): ModelResource =>
      aws.resource("ec2/routeTable:RouteTable", "t", { vpcId: aws.ref("one"), propagatingVgws });
    const dualStack = aws.vpc("one", "10.1.0.0/16", { assignGeneratedIpv6CidrBlock: true });
    expect(unfollowed(table(["vgw-1"]), ...dualStack)).to.deep.equal([
      "aws:ec2/routeTable:RouteTable::t",
      "aws:ec2/vpc:Vpc::one",
    ]);
    expect(unfollowed(table([]), ...aws.vpc("one", "10.1.0.0/16"))).to.deep.equal([]);
  });
});
