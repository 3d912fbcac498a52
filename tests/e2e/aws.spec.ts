import { expect } from "chai";
import { Checks } from "../../e2e/checks";
import { expectedNetwork, expectedTransitGateway, type DeployedNetworks } from "../../e2e/expected";
import { projectDefaults, type RunSettings } from "../../e2e/settings";
import type { ModelResource } from "../../tools/model/resource";
import { stacksOfPlan } from "../../tools/planner/stacks";
import { plan, type Plan } from "../../tools/planner/plan";
import { project, register, withConfig, withNetworks } from "../support/plans";
import { problemsIn, zoneNames } from "./support/fake-world";
import { plannedAws } from "./support/planned-aws";

const deployed: DeployedNetworks = new Map([
  ["hub", { zones: zoneNames(3), natPerZone: false }],
  ["dev", { zones: zoneNames(2), natPerZone: false }],
  ["staging", { zones: zoneNames(3), natPerZone: false }],
  ["prod", { zones: zoneNames(3), natPerZone: true }],
]);

const networks = Object.fromEntries(
  Object.entries(register()).map(([name, entry]) => [name, { name, ...(entry as { cidr: string; account: string }) }]),
);
const settings: RunSettings = { ...projectDefaults(project), networks };

const resourcesOf = (planned: Plan): ModelResource[] => stacksOfPlan(planned).stacks.flatMap((each) => each.resources);

/** The lines of the checks that fail if AWS has these resources. */
async function differences(
  resources: readonly ModelResource[],
  expected: { readonly deployed: DeployedNetworks; readonly settings: RunSettings } = { deployed, settings },
): Promise<string[]> {
  const lines: string[] = [];
  const checks = new Checks((line) => void lines.push(line));
  const aws = plannedAws(resources, expected.settings);
  for (const name of expected.deployed.keys()) {
    const wanted = expectedNetwork(name, expected.deployed, expected.settings);
    checks.compare(name, await aws.describeNetwork(name), wanted);
  }
  const wanted = expectedTransitGateway(expected.deployed, expected.settings);
  checks.compare("transit gateway", await aws.describeTransitGateway(), wanted);
  return problemsIn(lines);
}

describe("the comparison of AWS with the configuration", () => {
  let resources: readonly ModelResource[];
  before(async () => {
    resources = resourcesOf(await plan(withConfig(project, "staging", { "az-count": 3 })));
  });
  const without = (type: string, name: string): ModelResource[] => {
    const rest = resources.filter((each) => each.type !== type || each.name !== name);
    expect(rest.length, `${type}::${name} is planned`).to.equal(resources.length - 1);
    return rest;
  };
  const changed = (type: string, name: string, inputs: ModelResource["inputs"]): ModelResource[] => [
    ...without(type, name),
    ...resources
      .filter((each) => each.type === type && each.name === name)
      .map((each) => ({ ...each, inputs: { ...each.inputs, ...inputs } })),
  ];

  it("finds no difference in the planned resources", async () => {
    expect(await differences(resources)).to.deep.equal([]);
  });

  it("finds none with other shared endpoints, another domain and one more spoke", async () => {
    const entries = { ...register(), qa: { cidr: "10.9.0.0/16", account: "555555555555" } };
    const other = withNetworks(project, entries);
    const defaults = { domain: "corp.example", "shared-endpoints": ["sts", "eks-auth"] };
    const declared = Object.fromEntries(
      Object.entries(other.declared).map(([key, declaration]) => [
        key,
        Object.hasOwn(defaults, key)
          ? { ...declaration, default: defaults[key as keyof typeof defaults] }
          : declaration,
      ]),
    );
    const planned = await plan({ ...other, declared });
    const expected = {
      deployed: new Map([
        ...deployed,
        ["staging", { zones: zoneNames(2), natPerZone: false }],
        ["qa", { zones: zoneNames(2), natPerZone: false }],
      ]),
      settings: {
        ...projectDefaults({ ...other, declared }),
        networks: { ...networks, qa: { name: "qa", ...entries.qa } },
      },
    };
    expect(await differences(resourcesOf(planned), expected)).to.deep.equal([]);
  });

  it("reports a missing route", async () => {
    expect(await differences(without("aws:ec2/route:Route", "dev-private-2-transit"))).to.deep.equal([
      "FAILED dev: routes of its subnets, without the local route",
      "missing dev-private-2: 0.0.0.0/0 → NAT dev-1, 10.0.0.0/8 → transit gateway",
      "unexpected dev-private-2: 0.0.0.0/0 → NAT dev-1",
    ]);
  });

  it("reports a subnet on the main route table", async () => {
    const rest = without("aws:ec2/routeTableAssociation:RouteTableAssociation", "prod-transit-3");
    expect(await differences(rest)).to.deep.equal([
      "FAILED prod: routes of its subnets, without the local route",
      "missing prod-transit-3: none",
      "unexpected prod-transit-3: routes of the main table",
    ]);
  });

  it("reports a NAT gateway in another AZ", async () => {
    const first = "${aws:ec2/natGateway:NatGateway::prod-1}";
    expect(await differences(changed("aws:ec2/route:Route", "prod-private-3", { natGatewayId: first }))).to.deep.equal([
      "FAILED prod: routes of its subnets, without the local route",
      "missing prod-private-3: 0.0.0.0/0 → NAT prod-3, 10.0.0.0/8 → transit gateway",
      "unexpected prod-private-3: 0.0.0.0/0 → NAT prod-1, 10.0.0.0/8 → transit gateway",
    ]);
  });

  it("reports spokes that reach each other", async () => {
    const leak = {
      type: "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",
      name: "leak",
      id: "leak",
      inputs: {
        transitGatewayRouteTableId: "${aws:ec2transitgateway/routeTable:RouteTable::hub-spokes}",
        transitGatewayAttachmentId: "${aws:ec2transitgateway/vpcAttachment:VpcAttachment::dev}",
      },
    };
    expect(await differences([...resources, leak])).to.deep.equal([
      "FAILED transit gateway: propagating to hub-spokes",
      "unexpected dev",
    ]);
  });

  it("reports a missing blackhole route for the other spokes", async () => {
    const rest = without("aws:ec2transitgateway/route:Route", "hub-spokes-blackhole");
    expect(await differences(rest)).to.deep.equal([
      "FAILED transit gateway: static routes of hub-spokes",
      "missing 10.0.0.0/8 → blackhole",
    ]);
  });

  it("reports a hosted zone that a spoke cannot read", async () => {
    const rest = without("aws:route53/zoneAssociation:ZoneAssociation", "dev-piksel.internal");
    expect(await differences(rest)).to.deep.equal(["FAILED dev: private hosted zones", "missing piksel.internal"]);
  });

  it("reports a gateway endpoint and an attachment that lack an AZ", async () => {
    const [one, two] = [1, 2].map((n) => `aws:ec2/routeTable:RouteTable::staging-private-${String(n)}`);
    const tables = [`\${${one ?? ""}}`, `\${${two ?? ""}}`];
    const s3 = "Gateway com.amazonaws.ap-southeast-3.s3 for staging-private-1, staging-private-2";
    expect(
      await differences(changed("aws:ec2/vpcEndpoint:VpcEndpoint", "staging-s3", { routeTableIds: tables })),
    ).to.deep.equal(["FAILED staging: endpoints", `missing ${s3}, staging-private-3`, `unexpected ${s3}`]);
    const subnetIds = [1, 2].map((n) => `\${aws:ec2/subnet:Subnet::staging-transit-${String(n)}}`);
    const attachment = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";
    expect(await differences(changed(attachment, "staging", { subnetIds }))).to.deep.equal([
      "FAILED staging: subnets of its transit gateway attachment",
      "missing staging-transit-3",
    ]);
  });

  it("reports DNS servers that are not configured, or in another order, because the first one is queried first", async () => {
    const options = "aws:ec2/vpcDhcpOptions:VpcDhcpOptions";
    const domainNameServers = ["AmazonProvidedDNS", "10.0.0.10", "10.0.64.10"];
    expect(await differences(changed(options, "dev", { domainNameServers }))).to.deep.equal([
      "FAILED dev: DHCP options",
      "missing domain-name-servers: AmazonProvidedDNS",
      "unexpected domain-name-servers: AmazonProvidedDNS, 10.0.0.10, 10.0.64.10",
    ]);
    const withHubResolver = expectedNetwork("dev", deployed, { ...settings, dnsResolver: "hub" });
    expect(withHubResolver["DHCP options"]).to.deep.equal([
      "domain-name: dev.piksel.internal",
      "domain-name-servers: 10.0.0.10, 10.0.64.10, AmazonProvidedDNS",
    ]);
  });
});

describe("the leftovers of a run", () => {
  it("are all resources that cost money or block a run, by tag and by name of the hosted zone", async () => {
    const planned = await plan(withNetworks(project, Object.fromEntries(Object.entries(register()).slice(0, 2))));
    expect(await plannedAws(resourcesOf(planned), settings).listLeftovers()).to.deep.equal([
      "VPC ${aws:ec2/vpc:Vpc::hub}",
      "VPC ${aws:ec2/vpc:Vpc::dev}",
      "Elastic IP address ${aws:ec2/eip:Eip::dev-1}",
      "DHCP options ${aws:ec2/vpcDhcpOptions:VpcDhcpOptions::dev}",
      "transit gateway ${aws:ec2transitgateway/transitGateway:TransitGateway::hub}",
      "hosted zone piksel.internal (${aws:route53/zone:Zone::hub-zone-piksel.internal})",
      "hosted zone dev.piksel.internal (${aws:route53/zone:Zone::hub-zone-dev.piksel.internal})",
      "hosted zone api.ecr.ap-southeast-3.amazonaws.com (${aws:route53/zone:Zone::hub-endpoint-api.ecr.ap-southeast-3.amazonaws.com})",
      "hosted zone dkr.ecr.ap-southeast-3.amazonaws.com (${aws:route53/zone:Zone::hub-endpoint-dkr.ecr.ap-southeast-3.amazonaws.com})",
    ]);
  });

  it("are no hosted zones of others, and no deleted transit gateway, which AWS lists for a while", async () => {
    const resource = (type: string, inputs: ModelResource["inputs"]): ModelResource => ({
      type,
      name: "a",
      id: "a",
      inputs,
    });
    const others = [
      resource("aws:route53/zone:Zone", { name: "notpiksel.internal" }),
      resource("aws:route53/zone:Zone", { name: "api.ecr.eu-west-1.amazonaws.com" }),
      resource("aws:ec2transitgateway/transitGateway:TransitGateway", { state: "deleted" }),
    ];
    expect(await plannedAws(others, settings).listLeftovers()).to.deep.equal([]);
  });
});
