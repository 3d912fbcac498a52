import { expect } from "chai";
import { changesBetween, isEmpty, type Changes } from "../plan/changes";
import type { PlannedResource } from "../plan/engine/resource";
import type { Json } from "../plan/engine/wire";
import type { Plan, StackPlan } from "../plan/plan";

const resource = (
  type: string,
  name: string,
  inputs: Record<string, Json>,
  ignoreChanges: string[] = [],
): PlannedResource => ({
  type,
  name,
  parent: null,
  inputs,
  dependsOn: [],
  inputDependencies: {},
  options: { protect: false, ignoreChanges, provider: null },
});
const planOf = (...resources: PlannedResource[]): Plan => [{ name: "s", resources } as unknown as StackPlan];
const between = (before: PlannedResource[], after: PlannedResource[]): Changes | undefined =>
  changesBetween(planOf(...before), planOf(...after))["s"];

const SUBNET = "aws:ec2/subnet:Subnet";
const vpc = (cidrBlock: string): PlannedResource => resource("aws:ec2/vpc:Vpc", "v", { cidrBlock });
const subnet = (inputs: Record<string, Json>): PlannedResource =>
  resource(SUBNET, "s", { vpcId: "${aws:ec2/vpc:Vpc::v}", cidrBlock: "10.0.0.0/18", ...inputs });

describe("the changes from one plan to another", () => {
  it("are none between equal plans", () => {
    const changes = between([vpc("10.0.0.0/16")], [vpc("10.0.0.0/16")]);
    expect(changes).to.deep.equal({ create: [], update: [], replace: [], delete: [] });
    expect(isEmpty(changes!)).to.be.true;
  });

  it("name what comes and what goes", () => {
    expect(between([vpc("10.0.0.0/16")], [subnet({})])).to.deep.equal({
      create: [`${SUBNET}::s`],
      update: [],
      replace: [],
      delete: ["aws:ec2/vpc:Vpc::v"],
    });
  });

  it("are an update where AWS can change the property in place", () => {
    expect(between([subnet({})], [subnet({ mapPublicIpOnLaunch: true })])?.update).to.deep.equal([
      { name: `${SUBNET}::s`, properties: ["mapPublicIpOnLaunch"] },
    ]);
  });

  it("are a replacement where it cannot, with the properties that force it", () => {
    const changes = between([subnet({})], [subnet({ cidrBlock: "10.0.64.0/18", mapPublicIpOnLaunch: true })]);
    expect(changes?.update).to.deep.equal([]);
    expect(changes?.replace).to.deep.equal([{ name: `${SUBNET}::s`, properties: ["cidrBlock"] }]);
  });

  it("follow a replacement to those who hold the old id", () => {
    const route = resource("aws:ec2/route:Route", "r", {
      routeTableId: "rtb-1",
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: "${aws:ec2/subnet:Subnet::s.ipv6Gateway}",
    });
    const before = [vpc("10.0.0.0/16"), subnet({}), route];
    const after = [vpc("10.9.0.0/16"), subnet({}), route];
    expect(between(before, after)).to.deep.equal({
      create: [],
      update: [{ name: "aws:ec2/route:Route::r", properties: ["gatewayId"] }],
      replace: [
        { name: "aws:ec2/vpc:Vpc::v", properties: ["cidrBlock"] },
        { name: `${SUBNET}::s`, properties: ["vpcId"] },
      ],
      delete: [],
    });
  });

  it("see a nested property that forces a replacement, and one beside it that does not", () => {
    const TYPE = "aws:eks/cluster:Cluster";
    const cluster = (fields: Record<string, Json>): PlannedResource =>
      resource(TYPE, "c", { kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16", ...fields } });
    const forced = between([cluster({})], [cluster({ serviceIpv4Cidr: "10.100.0.0/16" })]);
    expect(forced?.replace).to.deep.equal([{ name: `${TYPE}::c`, properties: ["kubernetesNetworkConfig"] }]);
    const inPlace = between([cluster({})], [cluster({ elasticLoadBalancing: { enabled: true } })]);
    expect(inPlace?.update).to.deep.equal([{ name: `${TYPE}::c`, properties: ["kubernetesNetworkConfig"] }]);
  });

  it("leave out what the program ignores", () => {
    const zone = (vpcs: Json): PlannedResource => resource("aws:route53/zone:Zone", "z", { vpcs }, ["vpcs"]);
    expect(isEmpty(between([zone([])], [zone([{ vpcId: "vpc-1" }])])!)).to.be.true;
  });

  it("of a type whose replacements are unknown are refused, not guessed", () => {
    const odd = (a: number): PlannedResource => resource("aws:odd/thing:Thing", "o", { a });
    expect(() => between([odd(1)], [odd(2)])).to.throw(
      "plan/forces-replacement.json does not know aws:odd/thing:Thing: add what replaces it",
    );
  });

  it("cover a stack that only one of the plans has", () => {
    const changes = changesBetween([], planOf(vpc("10.0.0.0/16")));
    expect(changes).to.deep.equal({ s: { create: ["aws:ec2/vpc:Vpc::v"], update: [], replace: [], delete: [] } });
  });
});
