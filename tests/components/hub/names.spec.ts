import { expect } from "chai";
import type { PlannedResource } from "../../../tools/planner/engine/resource";
import { plan, type Plan } from "../../../tools/planner/plan";
import { project, stack, withConfig } from "../../support/plans";

let planned: Plan;
before(async () => {
  planned = await plan(project);
});

const ofType = (name: string, type: string): PlannedResource[] =>
  stack(planned, name).resources.filter((resource) => resource.type === type);

describe("the zones of the hub", () => {
  it("ignore the VPCs that the spokes associate, which the next update would otherwise remove", () => {
    const zones = ofType("hub", "aws:route53/zone:Zone");
    expect(zones.map(({ inputs, options }) => [inputs["name"], options.ignoreChanges])).to.deep.equal(
      [
        "piksel.internal",
        "dev.piksel.internal",
        "staging.piksel.internal",
        "prod.piksel.internal",
        "api.ecr.ap-southeast-3.amazonaws.com",
        "dkr.ecr.ap-southeast-3.amazonaws.com",
      ].map((domain) => [domain, ["vpcs"]]),
    );
  });

  it("are made with the hub's VPC, as private zones must be", () => {
    for (const { inputs } of ofType("hub", "aws:route53/zone:Zone")) {
      expect(inputs["vpcs"]).to.deep.equal([{ vpcId: "${aws:ec2/vpc:Vpc::hub}" }]);
    }
  });

  it("have a wildcard where image references need one, and the name itself elsewhere", () => {
    expect(ofType("hub", "aws:route53/record:Record").map(({ inputs }) => inputs["name"])).to.deep.equal([
      "api.ecr.ap-southeast-3.amazonaws.com",
      "*.dkr.ecr.ap-southeast-3.amazonaws.com",
    ]);
  });

  it("are authorised by the hub's role and associated by the spoke: the shared one, its own, and the endpoints'", () => {
    const domains = [
      "api.ecr.ap-southeast-3.amazonaws.com",
      "dev.piksel.internal",
      "dkr.ecr.ap-southeast-3.amazonaws.com",
      "piksel.internal",
    ];
    const pairs = (type: string): unknown[][] =>
      ofType("dev", type)
        .map(({ name, options }) => [name, options.provider])
        .sort();
    expect(pairs("aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization")).to.deep.equal(
      domains.map((domain) => [`dev-${domain}`, "pulumi:providers:aws::hub"]),
    );
    expect(pairs("aws:route53/zoneAssociation:ZoneAssociation")).to.deep.equal(
      domains.map((domain) => [`dev-${domain}`, "pulumi:providers:aws::aws"]),
    );
  });
});

describe("the inbound resolver", () => {
  it("has two pinned addresses, in the first two zones, whatever the hub grows to", async () => {
    const addresses = (of: Plan): unknown =>
      stack(of, "hub").resources.find(({ type }) => type === "aws:route53/resolverEndpoint:ResolverEndpoint")?.inputs[
        "ipAddresses"
      ];
    const expected = [
      { subnetId: "${aws:ec2/subnet:Subnet::hub-private-1}", ip: "10.0.0.10" },
      { subnetId: "${aws:ec2/subnet:Subnet::hub-private-2}", ip: "10.0.64.10" },
    ];
    expect(addresses(planned)).to.deep.equal(expected);
    expect(addresses(await plan(withConfig(project, "hub", { "az-count": 2 })))).to.deep.equal(expected);
  });

  it("and the endpoints allow the address space, only on their port", () => {
    const rules = ofType("hub", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(
      rules.map(({ name, inputs }) => [
        name,
        inputs["cidrIpv4"],
        inputs["ipProtocol"],
        inputs["fromPort"],
        inputs["toPort"],
      ]),
    ).to.deep.equal([
      ["hub-resolver-tcp", "10.0.0.0/8", "tcp", 53, 53],
      ["hub-resolver-udp", "10.0.0.0/8", "udp", 53, 53],
      ["hub-endpoint-https", "10.0.0.0/8", "tcp", 443, 443],
    ]);
  });
});

describe("the DHCP options of a spoke", () => {
  it("name the spoke's own domain, and always AmazonProvidedDNS, by which EKS finds its private endpoint", async () => {
    const servers = (of: Plan): unknown[] => {
      const options = stack(of, "dev").resources.find(({ type }) => type === "aws:ec2/vpcDhcpOptions:VpcDhcpOptions");
      return [options?.inputs["domainName"], options?.inputs["domainNameServers"]];
    };
    // Review A2: the hub's resolver does not know the names of the spoke's own VPC.
    expect(servers(planned)).to.deep.equal(["dev.piksel.internal", ["AmazonProvidedDNS"]]);
    const byHub = await plan(withConfig(project, "dev", { "dns-resolver": "hub" }));
    expect(servers(byHub)).to.deep.equal(["dev.piksel.internal", ["10.0.0.10", "10.0.64.10", "AmazonProvidedDNS"]]);
  });
});
