import { expect } from "chai";
import { key, type PlannedResource } from "../../../tools/planner/engine/resource";
import { plan } from "../../../tools/planner/plan";
import { remedyFor } from "../../../tools/strays/strays";
import { findStrays, type StackFacts, type Stray } from "../../../tools/strays/find";
import type { ExistingResource } from "../../../tools/strays/kinds";
import { project, stack, withConfig } from "../../support/plans";
import { existingOf, facts, ofType, stateOf, summaries } from "./support";

const VPC = "aws:ec2/vpc:Vpc::dev";

function commands(strays: readonly Stray[], given: StackFacts, id: string): unknown {
  return remedyFor(
    strays.find(({ resource }) => resource.id === id)!,
    given,
    strays,
  );
}

describe("the strays of a stack", () => {
  let two: readonly PlannedResource[];
  let three: readonly PlannedResource[];
  let twoNetwork: readonly PlannedResource[];
  before(async () => {
    two = stack(await plan(project), "dev").resources;
    three = stack(await plan(withConfig(project, "dev", { "az-count": 3 })), "dev").resources;
    twoNetwork = two.filter(({ type }) => /^aws:(ec2|ec2transitgateway)\//.test(type));
  });
  const all = (): boolean => true;
  const none = (): boolean => false;

  describe("of a first update that was killed", () => {
    it("are the VPC, of which the state has only a pending creation", () => {
      const given = facts(
        two,
        stateOf(two, "first", none, [VPC]),
        existingOf(twoNetwork.filter(ofType("Vpc")), "first"),
      );
      const strays = findStrays([given]);
      expect(summaries(strays)).to.deep.equal(["VPC vpc-dev-first: is dev"]);
      expect(strays[0]?.why).to.equal(
        "dev plans it as dev, but it is not in its state: the update that created it was interrupted",
      );
      expect(commands(strays, given, "vpc-dev-first")).to.deep.equal([
        "pulumi import aws:ec2/vpc:Vpc dev vpc-dev-first --stack dev " +
          "--parent 'parent=urn:pulumi:dev::piksel-network::piksel:spoke:Spoke$piksel:network:Network$awsx:ec2:Vpc::dev' " +
          "--provider provider=urn:pulumi:dev::piksel-network::pulumi:providers:aws::aws " +
          "--protect=false --generate-code=false",
      ]);
    });

    it("are the VPC and its contents if the state has only components, each to be imported with its parent", () => {
      const given = facts(two, stateOf(two, "first", none), existingOf(twoNetwork, "first"));
      const strays = findStrays([given]);
      const counted = twoNetwork.filter((resource) => existingOf([resource], "first").length > 0);
      expect(strays.map(({ counterpart }) => counterpart && key(counterpart.planned))).to.deep.equal(counted.map(key));
      expect(commands(strays, given, "vpc-dev-first")).to.deep.equal([
        "pulumi import aws:ec2/vpc:Vpc dev vpc-dev-first --stack dev " +
          "--parent 'parent=urn:pulumi:dev::piksel-network::piksel:spoke:Spoke$piksel:network:Network$awsx:ec2:Vpc::dev' " +
          "--provider provider=urn:pulumi:dev::piksel-network::pulumi:providers:aws::aws " +
          "--protect=false --generate-code=false",
      ]);
      // The parent of a subnet is the VPC, which is imported before.
      expect(commands(strays, given, "subnet-dev-private-2-first")).to.deep.equal([
        "pulumi import aws:ec2/subnet:Subnet dev-private-2 subnet-dev-private-2-first --stack dev " +
          "--parent 'parent=urn:pulumi:dev::piksel-network::piksel:spoke:Spoke$piksel:network:Network$awsx:ec2:Vpc$aws:ec2/vpc:Vpc::dev' " +
          "--provider provider=urn:pulumi:dev::piksel-network::pulumi:providers:aws::aws " +
          "--protect=false --generate-code=false",
      ]);
    });

    it("cannot be imported if the state has lost the components too", () => {
      const lost = { ...stateOf(two, "first", none), urns: new Set<string>() };
      const given = facts(two, lost, existingOf(twoNetwork.filter(ofType("Vpc")), "first"));
      const strays = findStrays([given]);
      expect(commands(strays, given, "vpc-dev-first")).to.deep.equal({
        impossible: "its parent or provider awsx.ec2.Vpc dev is not in the state of dev",
      });
    });

    it("are, after a second update, the first network, to be deleted in an order that AWS allows", () => {
      const items = [...existingOf(twoNetwork, "first"), ...existingOf(two, "second")];
      const strays = findStrays([facts(two, stateOf(two, "second", all), items)]);
      expect(summaries(strays)).to.deep.equal([
        "VPC endpoint vpce-dev-s3-first: delete",
        "NAT gateway nat-dev-1-first: delete",
        "Elastic IP address eipalloc-dev-1-first: delete",
        "transit gateway attachment tgw-attach-dev-first: delete",
        "flow log fl-dev-first: delete",
        "internet gateway igw-dev-first: delete",
        ...["private-1", "private-2", "public-1", "public-2", "transit-1", "transit-2"].map(
          (name) => `route table rtb-dev-${name}-first: delete`,
        ),
        ...["private-1", "private-2", "public-1", "public-2", "transit-1", "transit-2"].map(
          (name) => `subnet subnet-dev-${name}-first: delete`,
        ),
        "VPC vpc-dev-first: delete",
        "DHCP option set dopt-dev-first: delete",
        "launch template lt-dev-system-1-first: delete",
        "launch template lt-dev-system-2-first: delete",
      ]);
      const whys = new Map(strays.map(({ resource, why }) => [resource.id, why]));
      expect(whys.get("vpc-dev-first")).to.equal("the state of dev has vpc-dev-second instead, as dev");
      expect(whys.get("subnet-dev-private-1-first")).to.equal("it is in vpc-dev-first, which is in no state");
      expect(whys.get("lt-dev-system-2-first")).to.equal(
        "the state of dev has lt-dev-system-2-second instead, as dev-system-2",
      );
    });

    it("include resources of others in the VPC, if it can only be deleted, but not if it stays", () => {
      const theirs: ExistingResource[] = [
        { kind: "securityGroup", id: "sg-theirs", name: "theirs", tagged: false, vpc: "vpc-dev-first" },
        {
          kind: "endpoint",
          id: "vpce-guardduty",
          name: "com.amazonaws.guardduty-data",
          tagged: false,
          vpc: "vpc-dev-first",
        },
      ];
      const vpc = existingOf(twoNetwork.filter(ofType("Vpc")), "first");
      const goes = findStrays([facts(two, stateOf(two, "second", all), [...vpc, ...theirs])]);
      expect(summaries(goes)).to.deep.equal([
        "VPC endpoint vpce-guardduty: delete",
        "security group sg-theirs: delete",
        "VPC vpc-dev-first: delete",
      ]);
      const known = findStrays([facts(two, stateOf(two, "first", all), [...vpc, ...theirs])]);
      const imported = findStrays([facts(two, stateOf(two, "first", none), [...vpc, ...theirs])]);
      expect([summaries(known), summaries(imported)]).to.deep.equal([[], ["VPC vpc-dev-first: is dev"]]);
    });
  });

  describe("of an update to a third Availability Zone that was killed", () => {
    const created = (resource: PlannedResource): boolean =>
      ["dev-private-3", "dev-transit-3", "dev-system-3"].includes(resource.name) &&
      ofType("RouteTable", "LaunchTemplate")(resource);
    const thirdZone = (resource: PlannedResource): boolean => /-3(-transit)?$/.test(resource.name);

    it("are the two route tables and the launch template that the state lacks, to be imported", () => {
      const items = existingOf(
        three.filter((resource) => created(resource) || ofType("Subnet")(resource) || !thirdZone(resource)),
        "first",
      );
      const state = stateOf(three, "first", (each) => !created(each) && (ofType("Subnet")(each) || !thirdZone(each)));
      const given = facts(three, state, items);
      const strays = findStrays([given]);
      expect(summaries(strays)).to.deep.equal([
        "route table rtb-dev-private-3-first: is dev-private-3",
        "route table rtb-dev-transit-3-first: is dev-transit-3",
        "launch template lt-dev-system-3-first: is dev-system-3",
      ]);
      const network = "urn:pulumi:dev::piksel-network::piksel:spoke:Spoke$piksel:network:Network$awsx:ec2:Vpc";
      const rest =
        "--provider provider=urn:pulumi:dev::piksel-network::pulumi:providers:aws::aws --protect=false --generate-code=false";
      expect(strays.map(({ resource }) => commands(strays, given, resource.id))).to.deep.equal([
        [
          "pulumi import aws:ec2/routeTable:RouteTable dev-private-3 rtb-dev-private-3-first --stack dev " +
            `--parent 'parent=${network}$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::dev-private-3' ${rest}`,
        ],
        [
          "pulumi import aws:ec2/routeTable:RouteTable dev-transit-3 rtb-dev-transit-3-first --stack dev " +
            `--parent 'parent=${network}$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::dev-transit-3' ${rest}`,
        ],
        [
          "pulumi import aws:ec2/launchTemplate:LaunchTemplate dev-system-3 lt-dev-system-3-first --stack dev " +
            "--parent 'parent=urn:pulumi:dev::piksel-network::piksel:spoke:Spoke$piksel:spoke:Kubernetes$piksel:spoke:NodeGroups::dev' " +
            rest,
        ],
      ]);
    });

    it("are to be deleted after the next update, which created others", () => {
      const items = [
        ...existingOf(three, "second"),
        ...existingOf(three.filter(created), "first").map((item) => ({ ...item, vpc: item.vpc && "vpc-dev-second" })),
      ];
      const strays = findStrays([facts(three, stateOf(three, "second", all), items)]);
      expect(strays.map(({ resource, why }) => `${resource.id}: ${why}`)).to.deep.equal([
        "rtb-dev-private-3-first: the state of dev has rtb-dev-private-3-second instead, as dev-private-3",
        "rtb-dev-transit-3-first: the state of dev has rtb-dev-transit-3-second instead, as dev-transit-3",
        "lt-dev-system-3-first: the state of dev has lt-dev-system-3-second instead, as dev-system-3",
      ]);
    });

    it("include existing associations and routes, on which the next update would fail", () => {
      const missing = ofType("RouteTableAssociation", "Route");
      const state = stateOf(three, "first", (each) => !(missing(each) && thirdZone(each)));
      const strays = findStrays([facts(three, state, existingOf(three, "first"))]);
      expect(summaries(strays).sort()).to.deep.equal([
        "route rtb-dev-private-3-first_0.0.0.0/0: is dev-private-3",
        "route rtb-dev-private-3-first_10.0.0.0/8: is dev-private-3-transit",
        "route rtb-dev-public-3-first_0.0.0.0/0: is dev-public-3",
        "route table association subnet-dev-private-3-first/rtb-dev-private-3-first: is dev-private-3",
        "route table association subnet-dev-public-3-first/rtb-dev-public-3-first: is dev-public-3",
        "route table association subnet-dev-transit-3-first/rtb-dev-transit-3-first: is dev-transit-3",
      ]);
    });
  });
});
