import { expect } from "chai";
import type { Changes } from "../../tools/planner/changes/changes";
import { plan } from "../../tools/planner/plan";
import { stacksOfPlan } from "../../tools/planner/stacks";
import { changes, project, stack, withConfig } from "../support/plans";

const nothing: Changes = { create: [], update: [], replace: [], delete: [] };

describe("inbound-resolver", () => {
  // Review A2.
  it("makes the inbound endpoint, its group and its rules, and nothing else", async () => {
    const without = withConfig(project, "hub", { "inbound-resolver": false });
    const { hub, ...spokes } = await changes(without, project);
    expect({ ...hub, create: [...(hub?.create ?? [])].sort() }).to.deep.equal({
      ...nothing,
      create: [
        "aws:ec2/securityGroup:SecurityGroup::hub-resolver",
        "aws:route53/resolverEndpoint:ResolverEndpoint::hub-resolver",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::hub-resolver-tcp",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::hub-resolver-udp",
        "piksel:hub:Resolver::hub-resolver",
      ],
    });
    expect(spokes).to.deep.equal({ dev: nothing, staging: nothing, prod: nothing });
  });

  it("is required, in a sentence, when a spoke uses the hub's resolver", async () => {
    const mismatch = withConfig(withConfig(project, "hub", { "inbound-resolver": false }), "dev", {
      "dns-resolver": "hub",
    });
    const error: unknown = await plan(mismatch).catch((reason: unknown) => reason);
    expect(String(error)).to.contain(
      'dns-resolver of dev is "hub", but the hub has no Resolver inbound endpoint: ' +
        "set dns-resolver to vpc, or inbound-resolver of the hub to true and update the hub first",
    );
  });
});

describe("security-group-references", () => {
  const TRANSIT = "aws:ec2transitgateway";
  const OPTION = "securityGroupReferencingSupport";
  const setEverywhere = ["hub", "dev", "staging", "prod"].reduce(
    (changed, name) => withConfig(changed, name, { "security-group-references": true }),
    project,
  );

  it("updates the transit gateway and every attachment in place, and nothing else", async () => {
    const attachment = (name: string): Changes => ({
      ...nothing,
      update: [{ name: `${TRANSIT}/vpcAttachment:VpcAttachment::${name}`, properties: [OPTION] }],
    });
    const gateway = { name: `${TRANSIT}/transitGateway:TransitGateway::hub`, properties: [OPTION] };
    const hub = [gateway, ...attachment("hub").update];
    expect(await changes(project, setEverywhere)).to.deep.equal({
      hub: { ...nothing, update: hub },
      dev: attachment("dev"),
      staging: attachment("staging"),
      prod: attachment("prod"),
    });
  });

  it("is off for a transit gateway and left to AWS for attachments while it is false", async () => {
    const options = async (of: typeof project): Promise<unknown[]> =>
      stacksOfPlan(await plan(of)).stacks.flatMap(({ resources }) =>
        resources
          .filter(({ type }) => type.startsWith(`${TRANSIT}/transitGateway:`) || type.endsWith(":VpcAttachment"))
          .map(({ inputs }) => inputs[OPTION]),
      );
    expect(await options(project)).to.deep.equal(Array(5).fill(undefined));
    expect(await options(setEverywhere)).to.deep.equal(Array(5).fill("enable"));
  });
});

describe("cluster-private-access-cidrs", () => {
  // Review A3: the cluster's security group admits only itself.
  const open = withConfig(project, "dev", { "cluster-private-access-cidrs": ["10.0.0.0/16", "192.168.20.0/24"] });

  it("is a rule each on the security group that EKS makes, for HTTPS, and nothing else", async () => {
    const { dev, ...others } = await changes(project, open);
    expect(dev).to.deep.equal({
      ...nothing,
      create: [
        "piksel:spoke:ApiAccess::dev",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::dev-api-10.0.0.0/16",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::dev-api-192.168.20.0/24",
      ],
    });
    expect(others).to.deep.equal({ hub: nothing, staging: nothing, prod: nothing });
    const rules = stack(await plan(open), "dev").resources.filter(({ name }) => name.startsWith("dev-api-"));
    expect(rules.map(({ inputs }) => inputs)).to.deep.equal(
      ["10.0.0.0/16", "192.168.20.0/24"].map((cidrIpv4) => ({
        securityGroupId: "${aws:eks/cluster:Cluster::dev-eksCluster.vpcConfig.clusterSecurityGroupId}",
        description: `Kubernetes API from ${cidrIpv4}`,
        cidrIpv4,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      })),
    );
  });

  it("moves no other rule when one joins or leaves", async () => {
    const less = withConfig(project, "dev", { "cluster-private-access-cidrs": ["192.168.20.0/24"] });
    const { dev } = await changes(open, less);
    expect(dev).to.deep.equal({
      ...nothing,
      delete: ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::dev-api-10.0.0.0/16"],
    });
  });
});

describe("dns-resolver", () => {
  it("hub puts the hub's addresses before the VPC's own resolver: options are made anew, as AWS changes none in place", async () => {
    const { dev } = await changes(project, withConfig(project, "dev", { "dns-resolver": "hub" }));
    expect(dev).to.deep.equal({
      ...nothing,
      update: [
        {
          name: "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation::dev",
          properties: ["dhcpOptionsId"],
        },
      ],
      replace: [{ name: "aws:ec2/vpcDhcpOptions:VpcDhcpOptions::dev", properties: ["domainNameServers"] }],
    });
  });
});
