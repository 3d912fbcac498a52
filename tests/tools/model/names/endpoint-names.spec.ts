import { expect } from "chai";
import { endpointOf, resolve, resolveService, serviceName } from "../../../../tools/model/names/resolve";
import type { ModelResource, Properties } from "../../../../tools/model/resource";
import { topologyOf, type Topology } from "../../../../tools/model/topology/topology";
import * as aws from "../support/resources";
import { aRecord, networkOne, zone } from "../support/resources";

const PRIVATE_DNS = 'AWS PrivateLink Guide, "Access an AWS service using an interface VPC endpoint"';
const REGION = "ap-southeast-3";

describe(`private DNS of an endpoint (${PRIVATE_DNS})`, () => {
  const endpoint = (service: string, inputs: Properties = { privateDnsEnabled: true }): aws.Part =>
    aws.interfaceEndpoint(service, service, { vpcId: aws.ref("one"), ...inputs });
  const inOne = (...parts: readonly aws.Part[]): Topology =>
    aws.topology(aws.vpc("one", "10.1.0.0/16"), aws.subnet("one-private-1", "10.1.0.0/18"), ...parts);
  const service = (topology: Topology, name: string): unknown => {
    const { kind, endpointId } = resolveService(topology, networkOne(topology), name, REGION);
    return [kind, endpointId];
  };

  it("answers to the service's name, in the VPC of the endpoint alone", () => {
    expect(service(inOne(endpoint("ecr.api")), "ecr.api")).to.deep.equal(["private", aws.ref("ecr.api")]);
    expect(
      service(inOne(endpoint("ecr.api", { vpcId: aws.ref("two"), privateDnsEnabled: true })), "ecr.api"),
    ).to.deep.equal(["public", undefined]);
  });

  it("answers to the registry of any account, and not to the name above it", () => {
    const topology = inOne(endpoint("ecr.dkr"));
    expect(service(topology, "ecr.dkr")).to.deep.equal(["private", aws.ref("ecr.dkr")]);
    expect(resolve(topology, networkOne(topology), `123456789012.dkr.ecr.${REGION}.amazonaws.com`).kind).to.equal(
      "record",
    );
    expect(resolve(topology, networkOne(topology), `dkr.ecr.${REGION}.amazonaws.com`).kind).to.equal("no such name");
  });

  it("is off where it is not switched on", () => {
    expect(service(inOne(endpoint("sts", {})), "sts")).to.deep.equal(["public", undefined]);
  });

  it("is not there without the DNS attributes of the VPC", () => {
    const off = aws.topology(
      ...[aws.vpc("one", "10.1.0.0/16", { enableDnsHostnames: false }), endpoint("sts")],
      aws.subnet("one-private-1", "10.1.0.0/18"),
    );
    expect(service(off, "sts")).to.deep.equal(["public", undefined]);
  });

  it("leaves a service that has no endpoint to public DNS", () => {
    expect(service(inOne(endpoint("sts")), "s3")).to.deep.equal(["public", undefined]);
    expect(["sts", "s3", "ecr.api", "ecr.dkr"].map((each) => serviceName(each, REGION))).to.deep.equal([
      ...[`sts.${REGION}.amazonaws.com`, `s3.${REGION}.amazonaws.com`, `api.ecr.${REGION}.amazonaws.com`],
      `000000000000.dkr.ecr.${REGION}.amazonaws.com`,
    ]);
  });
});

describe("an alias of an endpoint", () => {
  const name = "vpce-1-abc.sts.ap-southeast-3.vpce.amazonaws.com";
  const domain = `sts.${REGION}.amazonaws.com`;

  /** As `pulumi stack export` has it: AWS's ids, and its attributes in `outputs`. */
  function running(alias: string): Topology {
    const made = (type: string, id: string, inputs: Properties, outputs: Properties): ModelResource => ({
      ...{ type: `aws:${type}`, name: id, id, inputs, outputs },
    });
    const resources = [
      made(
        "ec2/vpc:Vpc",
        "vpc-1",
        { cidrBlock: "10.1.0.0/16", enableDnsHostnames: true },
        { defaultRouteTableId: "rtb-main" },
      ),
      made("ec2/subnet:Subnet", "subnet-1", { vpcId: "vpc-1", availabilityZone: aws.ZONES[0] }, {}),
      made(
        "ec2/vpcEndpoint:VpcEndpoint",
        "vpce-1",
        { vpcId: "vpc-1", vpcEndpointType: "Interface", serviceName: `com.amazonaws.${REGION}.sts` },
        { dnsEntries: [{ dnsName: name }, { dnsName: name.replace("abc", "abc-ap-southeast-3a") }] },
      ),
      made("route53/zone:Zone", "Z1", { name: domain, vpcs: [{ vpcId: "vpc-1" }] }, {}),
      made("route53/record:Record", "Z1_A", { zoneId: "Z1", name: domain, type: "A", aliases: [{ name: alias }] }, {}),
    ];
    return topologyOf({ stacks: [{ name: "hub", isHub: true, resources }] });
  }

  const leadsTo = (topology: Topology): unknown =>
    resolveService(topology, topology.networks[0]!, "sts", REGION).endpointId;

  it("leads to it by the symbol of a plan", () => {
    const topology = aws.topology(
      ...[aws.vpc("one", "10.1.0.0/16"), zone(domain, {})],
      aws.interfaceEndpoint("sts", "sts", { vpcId: aws.ref("one") }),
      [aRecord(domain, domain, { aliases: [{ name: aws.ref("sts.dnsEntries[0].dnsName") }] })],
    );
    expect(leadsTo(topology)).to.equal(aws.ref("sts"));
  });

  for (const [what, alias] of [
    ["its name", name],
    ["its name with a dot at its end", `${name}.`],
    ["its name as Route 53's console writes it, with dualstack", `dualstack.${name}.`],
    ["its name in capitals", name.toUpperCase()],
    ["its name in one zone", name.replace("abc", "abc-ap-southeast-3a")],
  ] as const) {
    it(`leads to it by ${what}, where it runs`, () => {
      expect(leadsTo(running(alias))).to.equal("vpce-1");
    });
  }

  it("leads nowhere by another's name", () => {
    expect(leadsTo(running(name.replace("abc", "xyz")))).to.equal(undefined);
    expect(endpointOf(running(name), [])).to.equal(undefined);
  });
});
