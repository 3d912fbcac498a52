import { expect } from "chai";
import { type Changes, isEmpty } from "../../../tools/planner/changes/changes";
import { changesBetween, stackChanges } from "../../../tools/planner/changes/compare";
import type { Json, PlannedResource } from "../../../tools/planner/engine/resource";
import type { Plan, StackPlan } from "../../../tools/planner/plan";

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
const between = (before: PlannedResource[], after: PlannedResource[]): Changes => stackChanges(before, after);

const SUBNET = "aws:ec2/subnet:Subnet";
const vpc = (cidrBlock: string): PlannedResource => resource("aws:ec2/vpc:Vpc", "v", { cidrBlock });
const subnet = (inputs: Record<string, Json>): PlannedResource =>
  resource(SUBNET, "s", { vpcId: "${aws:ec2/vpc:Vpc::v}", cidrBlock: "10.0.0.0/18", ...inputs });

describe("the changes from one plan to another", () => {
  it("are none between equal plans", () => {
    const changes = between([vpc("10.0.0.0/16")], [vpc("10.0.0.0/16")]);
    expect(changes).to.deep.equal({ create: [], update: [], replace: [], delete: [] });
    expect(isEmpty(changes)).to.be.true;
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
    expect(between([subnet({})], [subnet({ mapPublicIpOnLaunch: true })]).update).to.deep.equal([
      { name: `${SUBNET}::s`, properties: ["mapPublicIpOnLaunch"] },
    ]);
  });

  it("are a replacement where it cannot, with the properties that force it", () => {
    const changes = between([subnet({})], [subnet({ cidrBlock: "10.0.64.0/18", mapPublicIpOnLaunch: true })]);
    expect(changes.update).to.deep.equal([]);
    expect(changes.replace).to.deep.equal([{ name: `${SUBNET}::s`, properties: ["cidrBlock"] }]);
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
    expect(forced.replace).to.deep.equal([{ name: `${TYPE}::c`, properties: ["kubernetesNetworkConfig"] }]);
    const inPlace = between([cluster({})], [cluster({ elasticLoadBalancing: { enabled: true } })]);
    expect(inPlace.update).to.deep.equal([{ name: `${TYPE}::c`, properties: ["kubernetesNetworkConfig"] }]);
  });

  it("leave out what the program ignores", () => {
    const zone = (vpcs: Json): PlannedResource => resource("aws:route53/zone:Zone", "z", { vpcs }, ["vpcs"]);
    expect(isEmpty(between([zone([])], [zone([{ vpcId: "vpc-1" }])]))).to.be.true;
  });

  it("of a type whose replacements are unknown are refused, not guessed", () => {
    const odd = (a: number): PlannedResource => resource("aws:odd/thing:Thing", "o", { a });
    expect(() => between([odd(1)], [odd(2)])).to.throw(
      "tools/planner/changes/forces-replacement.json does not know aws:odd/thing:Thing: add what replaces it",
    );
  });

  it("cover a stack that only one of the plans has", () => {
    const changes = changesBetween([], planOf(vpc("10.0.0.0/16")));
    expect(changes).to.deep.equal({
      s: { create: ["aws:ec2/vpc:Vpc::v"], update: [], replace: [], delete: [], warnings: [] },
    });
  });

  describe("follow what depends on a change", () => {
    const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
    const GROUP = "aws:eks/nodeGroup:NodeGroup";
    const template = (inputs: Record<string, Json>): PlannedResource => resource(LAUNCH_TEMPLATE, "t.1", inputs);
    const group = resource(GROUP, "g", {
      launchTemplate: { id: `\${${LAUNCH_TEMPLATE}::t.1}`, version: `\${${LAUNCH_TEMPLATE}::t.1.latestVersion}` },
    });

    // Review F7.
    it("to an attribute that the provider computes anew", () => {
      const changes = between(
        [template({ instanceType: "m7g.large" }), group],
        [template({ instanceType: "m7g.xlarge" }), group],
      );
      expect(changes.update).to.deep.equal([
        { name: `${LAUNCH_TEMPLATE}::t.1`, properties: ["instanceType"] },
        { name: `${GROUP}::g`, properties: ["launchTemplate"] },
      ]);
    });

    // Review F7.
    it("but not to one that stays as it is", () => {
      for (const property of ["description", "tags"]) {
        const changes = between([template({ [property]: "a" }), group], [template({ [property]: "b" }), group]);
        expect(changes.update).to.deep.equal([{ name: `${LAUNCH_TEMPLATE}::t.1`, properties: [property] }]);
      }
    });

    // Review F8.
    it("to an id inside of a resource that is replaced, also where a name has dots", () => {
      const changes = between([template({ name: "a" }), group], [template({ name: "b" }), group]);
      expect(changes.replace).to.deep.equal([
        { name: `${LAUNCH_TEMPLATE}::t.1`, properties: ["name"] },
        { name: `${GROUP}::g`, properties: ["launchTemplate"] },
      ]);
    });

    // Review F8.
    it("to the name of a resource that keeps it, which is deleted before its successor is there", () => {
      const REPOSITORY = "aws:ecr/repository:Repository";
      const RULES = "aws:ecr/lifecyclePolicy:LifecyclePolicy";
      const repository = (encryptionType: string): PlannedResource =>
        resource(REPOSITORY, "r", { name: "images", encryptionConfigurations: [{ encryptionType }] });
      const rules = { ...resource(RULES, "r", { repository: "images" }), dependsOn: [`${REPOSITORY}::r`] };
      const stranger = resource(RULES, "other", { repository: "images" });
      expect(
        between([repository("AES256"), rules, stranger], [repository("KMS"), rules, stranger]).replace,
      ).to.deep.equal([
        { name: `${REPOSITORY}::r`, properties: ["encryptionConfigurations"] },
        { name: `${RULES}::r`, properties: ["repository"] },
      ]);
    });

    // Review F8.
    it("to a cluster whose subnets move to another VPC, and not to one whose subnets change within it", () => {
      const CLUSTER = "aws:eks/cluster:Cluster";
      const cluster = (...ids: string[]): PlannedResource => resource(CLUSTER, "c", { vpcConfig: { subnetIds: ids } });
      const id = `\${${SUBNET}::s}`;
      const moved = between(
        [vpc("10.0.0.0/16"), subnet({}), cluster(id)],
        [vpc("10.9.0.0/16"), subnet({}), cluster(id)],
      );
      expect(moved.replace.at(-1)).to.deep.equal({ name: `${CLUSTER}::c`, properties: ["vpcConfig"] });
      const within = between(
        [vpc("10.0.0.0/16"), subnet({}), cluster(id)],
        [vpc("10.0.0.0/16"), subnet({ cidrBlock: "10.0.64.0/18" }), cluster(id, "subnet-2")],
      );
      expect(within.update).to.deep.equal([{ name: `${CLUSTER}::c`, properties: ["vpcConfig"] }]);
    });
  });

  describe("follow the provider", () => {
    const provider = (inputs: Record<string, Json>): PlannedResource =>
      resource("pulumi:providers:aws", "aws", { region: "eu-west-1", ...inputs });
    const rest = [vpc("10.0.0.0/16"), resource("aws:ec2/route:Route", "r", { routeTableId: "rtb-1" })];

    // Review F4.
    it("to all its resources, where its Region changes", () => {
      expect(between([provider({}), ...rest], [provider({ region: "eu-west-3" }), ...rest])).to.deep.equal({
        create: [],
        update: [{ name: "pulumi:providers:aws::aws", properties: ["region"] }],
        replace: [
          { name: "aws:ec2/vpc:Vpc::v", properties: ["provider"] },
          { name: "aws:ec2/route:Route::r", properties: ["provider"] },
        ],
        delete: [],
      });
    });

    // Review F7.
    it("to the tags of those that have any, where its default tags change", () => {
      const changes = between([provider({ defaultTags: "a" }), ...rest], [provider({ defaultTags: "b" }), ...rest]);
      expect(changes.update).to.deep.equal([
        { name: "pulumi:providers:aws::aws", properties: ["defaultTags"] },
        { name: "aws:ec2/vpc:Vpc::v", properties: ["tags"] },
      ]);
      expect(changes.replace).to.deep.equal([]);
    });
  });

  describe("know a resource by its URN", () => {
    const withAliases = (each: PlannedResource, ...aliases: string[]): PlannedResource => ({
      ...each,
      options: { ...each.options, aliases },
    });
    const VPC = "aws:ec2/vpc:Vpc";
    const named = (name: string): PlannedResource => resource(VPC, name, { cidrBlock: "10.0.0.0/16" });
    const inside = resource(SUBNET, "s", { vpcId: `\${${VPC}::old}` });
    const insideNew = resource(SUBNET, "s", { vpcId: `\${${VPC}::new}` });

    it("so that another name is another resource", () => {
      const changes = between([named("old")], [named("new")]);
      expect([changes.create, changes.delete]).to.deep.equal([[`${VPC}::new`], [`${VPC}::old`]]);
    });

    it("and by its aliases, so that one that is renamed stays, and what refers to it, too", () => {
      expect(between([named("old"), inside], [withAliases(named("new"), `${VPC}::old`), insideNew])).to.deep.equal({
        create: [],
        update: [],
        replace: [],
        delete: [],
      });
    });

    it("so that another parent is another resource, unless an alias says where it was", () => {
      const part = resource("my:own:Part", "p", {});
      const below = { ...named("v"), parent: "my:own:Part::p" };
      expect(between([named("v")], [part, below])).to.deep.include({
        create: ["my:own:Part::p", `${VPC}::v`],
        delete: [`${VPC}::v`],
      });
      expect(between([named("v")], [part, withAliases(below, `${VPC}::v`)])).to.deep.include({
        create: ["my:own:Part::p"],
        update: [],
        delete: [],
      });
    });

    it("and by the aliases of its parent", () => {
      const part = (name: string): PlannedResource => resource("my:own:Part", name, {});
      const below = (parent: string): PlannedResource => ({
        ...named(`${parent}-v`),
        parent: `my:own:Part::${parent}`,
      });
      const changes = between(
        [part("old"), below("old")],
        [withAliases(part("new"), "my:own:Part::old"), below("new")],
      );
      expect(isEmpty(changes)).to.be.true;
    });

    it("and read a file in which parents form a circle", () => {
      const [one, two] = [named("a"), named("b")];
      const circle = [
        { ...one, parent: `${VPC}::b` },
        { ...two, parent: `${VPC}::a` },
      ];
      expect(isEmpty(between(circle, circle))).to.be.true;
    });
  });
});
