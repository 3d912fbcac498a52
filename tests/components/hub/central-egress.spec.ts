import { expect } from "chai";
import { runChecks } from "../../../tools/checks";
import type { PlannedResource } from "../../../tools/planner/engine/resource";
import { plan, type Plan } from "../../../tools/planner/plan";
import type { Project } from "../../../tools/planner/project/project";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { withConnections } from "../../support/connections";
import { changes, project, register, stack, withConfig, withNetworks } from "../../support/plans";

const withEgress = (base: Project, zones = 3): Project =>
  withConfig(base, "hub", { "central-egress": true, "az-count": zones });

const nothing = { create: [], update: [], replace: [], delete: [] };
/** `TYPE NAME`, without modules, sorted. */
const names = (list: readonly string[] | undefined): string[] =>
  [...(list ?? [])].map((key) => key.replace(/^.*:(\w+)::/, "$1 ")).sort();

/** Resources of central egress in one AZ of the hub. */
const ofZone = (zone: number): string[] => {
  const name = `hub-egress-${String(zone)}`;
  return [
    ...["Subnet", "RouteTable", "RouteTableAssociation", "Eip", "NatGateway"].map((type) => `${type} ${name}`),
    ...[`Route ${name}-internet`, `Route ${name}-transit`, `Route hub-transit-${String(zone)}-internet`],
  ];
};
const ofZones = (count: number): string[] => Array.from({ length: count }, (_, index) => ofZone(index + 1)).flat();

/** `TYPE NAME: INPUTS` of resources; ids are shortened to `TYPE NAME`. */
function inputsOf(resources: readonly PlannedResource[], wanted: readonly string[]): string[] {
  const lines = resources.map(({ type, name, inputs }) => {
    const values = Object.values(inputs).map((value) =>
      JSON.stringify(value).replace(/"\$\{\w+:\w+\/\w+:(\w+)::([^}]+)\}"/g, "$1 $2"),
    );
    return { key: `${type.split(":")[2] ?? ""} ${name}`, values: values.join(", ") };
  });
  return lines.filter(({ key }) => wanted.includes(key)).map(({ key, values }) => `${key}: ${values}`);
}

describe("central-egress", () => {
  for (const zones of [2, 3]) {
    it(`adds ${String(zones)} NAT gateways with their subnets and routes, and a default route for spokes`, async () => {
      const before = withConfig(project, "hub", { "az-count": zones });
      const { hub, ...spokes } = await changes(before, withEgress(project, zones));
      expect({ ...hub, create: names(hub?.create) }).to.deep.equal({
        ...nothing,
        create: [...ofZones(zones), "CentralEgress hub-egress", "Route hub-spokes-internet"].sort(),
      });
      expect(spokes).to.deep.equal({ dev: nothing, staging: nothing, prod: nothing });
    });
  }

  it("adds a default route to the table of each connected spoke", async () => {
    const pair = withConnections(project, [["dev", "staging"]]);
    const { hub } = await changes(pair, withEgress(pair));
    expect({ ...hub, create: names(hub?.create) }).to.deep.equal({
      ...nothing,
      create: [
        ...[...ofZones(3), "CentralEgress hub-egress", "Route hub-spokes-internet"],
        ...["Route hub-connection-dev-internet", "Route hub-connection-staging-internet"],
      ].sort(),
    });
  });

  it("adds the resources of one AZ with a third AZ of the hub, and nothing in the hub with another spoke", async () => {
    const third = await changes(withEgress(project, 2), withEgress(project, 3));
    const added = names(third["hub"]?.create).filter((name) => /egress|internet/.test(name));
    expect(added).to.deep.equal(ofZone(3).sort());
    expect([third["hub"]?.replace, third["hub"]?.delete]).to.deep.equal([[], []]);

    const qa = { ...register(), qa: { cidr: "10.4.0.0/16", account: "555555555555" } };
    const { hub } = await changes(withEgress(project), withEgress(withNetworks(project, qa)));
    expect(names(hub?.create).filter((name) => /egress|internet|NatGateway|Eip/.test(name))).to.deep.equal([]);
    expect([hub?.replace, hub?.delete]).to.deep.equal([[], []]);
  });

  it("sends packets to the NAT gateway of the same AZ, and replies back to the transit gateway", async () => {
    const { resources } = stack(await plan(withEgress(project)), "hub");
    const wanted = [...ofZone(2), "Route hub-spokes-internet"];
    expect(inputsOf(resources, wanted)).to.have.members([
      'Subnet hub-egress-2: "ap-southeast-3b", "10.0.224.16/28", {"Name":"hub-egress-2","SubnetType":"Egress"}, Vpc hub',
      'RouteTable hub-egress-2: {"Name":"hub-egress-2","SubnetType":"Egress"}, Vpc hub',
      "RouteTableAssociation hub-egress-2: RouteTable hub-egress-2, Subnet hub-egress-2",
      'Route hub-egress-2-internet: "0.0.0.0/0", InternetGateway hub, RouteTable hub-egress-2',
      'Route hub-egress-2-transit: "10.0.0.0/8", RouteTable hub-egress-2, TransitGateway hub',
      'Eip hub-egress-2: {"Name":"hub-egress-2"}',
      'NatGateway hub-egress-2: Eip hub-egress-2, Subnet hub-egress-2, {"Name":"hub-egress-2"}',
      'Route hub-transit-2-internet: "0.0.0.0/0", NatGateway hub-egress-2, RouteTable hub-transit-2',
      'Route hub-spokes-internet: "0.0.0.0/0", VpcAttachment hub, RouteTable hub-spokes',
    ]);
  });

  it("routes spokes to the hub after every NAT gateway has its way out and back", async () => {
    const { resources } = stack(await plan(withEgress(project)), "hub");
    const after = (name: string): string[] =>
      names(resources.find((each) => each.name === name && each.type.endsWith(":Route"))?.dependsOn);
    expect(after("hub-spokes-internet")).to.include.members(
      [1, 2, 3].map((n) => `Route hub-transit-${String(n)}-internet`),
    );
    expect(after("hub-transit-1-internet")).to.include.members([
      ...["Route hub-egress-1-internet", "Route hub-egress-1-transit", "RouteTableAssociation hub-egress-1"],
    ]);
  });

  it("protects the addresses while protect is true, and exports them to the spokes", async () => {
    const protectedAddresses = ({ resources }: Plan[number]): (boolean | undefined)[] =>
      resources.filter(({ type }) => type === "aws:ec2/eip:Eip").map(({ options }) => options.protect);
    const planned = stack(await plan(withEgress(project)), "hub");
    expect(protectedAddresses(planned)).to.deep.equal([true, true, true]);
    const { egress } = planned.outputs["contract"] as unknown as { egress: unknown };
    expect(egress).to.deep.equal({
      addresses: [1, 2, 3].map((zone) => `\${aws:ec2/eip:Eip::hub-egress-${String(zone)}.publicIp}`),
    });
    const open = stack(await plan(withConfig(withEgress(project), "hub", { protect: false })), "hub");
    expect(protectedAddresses(open).some((each) => each === true)).to.equal(false);
  });

  it("protects the route of spokes to the internet, which a deletion of the NAT gateways comes to first", async () => {
    const protectedRoutes = async (base: Project): Promise<string[]> =>
      stack(await plan(base), "hub")
        .resources.filter(({ type, options }) => type.endsWith(":Route") && options.protect)
        .map(({ name }) => name);
    const connected = withConnections(withEgress(project), [["dev", "staging"]]);
    expect(await protectedRoutes(connected)).to.deep.equal(["hub-spokes-internet"]);
    expect(await protectedRoutes(withConfig(connected, "hub", { protect: false }))).to.deep.equal([]);
  });

  it("passes every check, with and without connections", async () => {
    for (const connections of [[], [["dev", "staging"]], [["prod", "all"]]]) {
      const results = runChecks(stacksOfPlan(await plan(withConnections(withEgress(project), connections))));
      expect(results.filter(({ passed }) => !passed)).to.deep.equal([]);
    }
  });
});
