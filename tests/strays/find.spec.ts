import { expect } from "chai";
import { assert as property, constantFrom, property as forAll, subarray } from "fast-check";
import { key, type PlannedResource } from "../../plan/engine/resource";
import { plan } from "../../plan/plan";
import { remedy } from "../../strays/commands";
import { findStrays, type StackFacts, type Stray } from "../../strays/find";
import type { Item } from "../../strays/item";
import { deletionRank, KINDS } from "../../strays/kinds";
import { project, stack, withConfig } from "../support/plans";
import { existing, facts, idOf, stateOf } from "./existing";

const VPC = "aws:ec2/vpc:Vpc::dev";

/** `VPC vpc-dev-first: import`, as the report has them. */
function told(strays: readonly Stray[]): string[] {
  return strays.map(({ item, counterpart }) => {
    const what = counterpart === undefined ? "delete" : `is ${counterpart.resource.name}`;
    return `${KINDS[item.kind].title} ${item.id}: ${what}`;
  });
}

function commands(strays: readonly Stray[], given: StackFacts, id: string): unknown {
  return remedy(
    strays.find(({ item }) => item.id === id)!,
    given,
    strays,
  );
}

// Review, engine fault 1.
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
  const ofType =
    (...types: readonly string[]) =>
    (resource: PlannedResource): boolean =>
      types.some((type) => resource.type.endsWith(`:${type}`));

  it("are none where the state has everything", () => {
    expect(findStrays([facts(two, stateOf(two, "first", all), existing(two, "first"))])).to.deep.equal([]);
  });

  describe("of a first update that was killed", () => {
    it("are the VPC, which the state has only as a creation that was begun", () => {
      const given = facts(two, stateOf(two, "first", none, [VPC]), existing(twoNetwork.filter(ofType("Vpc")), "first"));
      const strays = findStrays([given]);
      expect(told(strays)).to.deep.equal(["VPC vpc-dev-first: is dev"]);
      expect(strays[0]?.why).to.equal(
        "dev plans it as dev, and its state does not have it: the update that created it was interrupted",
      );
      expect(commands(strays, given, "vpc-dev-first")).to.deep.equal([
        "pulumi import aws:ec2/vpc:Vpc dev vpc-dev-first --stack dev " +
          "--parent 'parent=urn:pulumi:dev::piksel-network::piksel:spoke:Spoke$piksel:network:Network$awsx:ec2:Vpc::dev' " +
          "--provider provider=urn:pulumi:dev::piksel-network::pulumi:providers:aws::aws " +
          "--protect=false --generate-code=false",
      ]);
    });

    it("are the VPC and all in it where the state has nothing but components, each to be imported below its parent", () => {
      const given = facts(two, stateOf(two, "first", none), existing(twoNetwork, "first"));
      const strays = findStrays([given]);
      const counted = twoNetwork.filter((resource) => existing([resource], "first").length > 0);
      expect(strays.map(({ counterpart }) => counterpart && key(counterpart.resource))).to.deep.equal(counted.map(key));
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

    it("cannot be imported where the state has lost the components too", () => {
      const lost = { ...stateOf(two, "first", none), urns: new Set<string>() };
      const given = facts(two, lost, existing(twoNetwork.filter(ofType("Vpc")), "first"));
      const strays = findStrays([given]);
      expect(commands(strays, given, "vpc-dev-first")).to.deep.equal({
        impossible: "the state of dev does not have awsx.ec2.Vpc dev, which it belongs to",
      });
    });

    it("are all of the first network after a second update, to be deleted in an order in which AWS lets it", () => {
      const items = [...existing(twoNetwork, "first"), ...existing(two, "second")];
      const strays = findStrays([facts(two, stateOf(two, "second", all), items)]);
      expect(told(strays)).to.deep.equal([
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
      const whys = new Map(strays.map(({ item, why }) => [item.id, why]));
      expect(whys.get("vpc-dev-first")).to.equal("the state of dev has vpc-dev-second as dev");
      expect(whys.get("subnet-dev-private-1-first")).to.equal("it is in vpc-dev-first, which no state has");
      expect(whys.get("lt-dev-system-2-first")).to.equal("the state of dev has lt-dev-system-2-second as dev-system-2");
    });

    it("include what others have put into the VPC, where it can only be deleted, and not where it stays", () => {
      const theirs: Item[] = [
        { kind: "securityGroup", id: "sg-theirs", name: "theirs", tagged: false, vpc: "vpc-dev-first" },
        {
          kind: "endpoint",
          id: "vpce-guardduty",
          name: "com.amazonaws.guardduty-data",
          tagged: false,
          vpc: "vpc-dev-first",
        },
      ];
      const vpc = existing(twoNetwork.filter(ofType("Vpc")), "first");
      const goes = findStrays([facts(two, stateOf(two, "second", all), [...vpc, ...theirs])]);
      expect(told(goes)).to.deep.equal([
        "VPC endpoint vpce-guardduty: delete",
        "security group sg-theirs: delete",
        "VPC vpc-dev-first: delete",
      ]);
      const known = findStrays([facts(two, stateOf(two, "first", all), [...vpc, ...theirs])]);
      const imported = findStrays([facts(two, stateOf(two, "first", none), [...vpc, ...theirs])]);
      expect([told(known), told(imported)]).to.deep.equal([[], ["VPC vpc-dev-first: is dev"]]);
    });
  });

  describe("of an update to a third Availability Zone that was killed", () => {
    const created = (resource: PlannedResource): boolean =>
      ["dev-private-3", "dev-transit-3", "dev-system-3"].includes(resource.name) &&
      ofType("RouteTable", "LaunchTemplate")(resource);
    const thirdZone = (resource: PlannedResource): boolean => /-3(-transit)?$/.test(resource.name);

    it("are the two route tables and the launch template that the state lacks, as what they are planned", () => {
      const items = existing(
        three.filter((resource) => created(resource) || ofType("Subnet")(resource) || !thirdZone(resource)),
        "first",
      );
      const state = stateOf(three, "first", (each) => !created(each) && (ofType("Subnet")(each) || !thirdZone(each)));
      const given = facts(three, state, items);
      const strays = findStrays([given]);
      expect(told(strays)).to.deep.equal([
        "route table rtb-dev-private-3-first: is dev-private-3",
        "route table rtb-dev-transit-3-first: is dev-transit-3",
        "launch template lt-dev-system-3-first: is dev-system-3",
      ]);
      const network = "urn:pulumi:dev::piksel-network::piksel:spoke:Spoke$piksel:network:Network$awsx:ec2:Vpc";
      const rest =
        "--provider provider=urn:pulumi:dev::piksel-network::pulumi:providers:aws::aws --protect=false --generate-code=false";
      expect(strays.map(({ item }) => commands(strays, given, item.id))).to.deep.equal([
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

    it("are to be deleted after the next update, which made others", () => {
      const items = [
        ...existing(three, "second"),
        ...existing(three.filter(created), "first").map((item) => ({ ...item, vpc: item.vpc && "vpc-dev-second" })),
      ];
      const strays = findStrays([facts(three, stateOf(three, "second", all), items)]);
      expect(strays.map(({ item, why }) => `${item.id}: ${why}`)).to.deep.equal([
        "rtb-dev-private-3-first: the state of dev has rtb-dev-private-3-second as dev-private-3",
        "rtb-dev-transit-3-first: the state of dev has rtb-dev-transit-3-second as dev-transit-3",
        "lt-dev-system-3-first: the state of dev has lt-dev-system-3-second as dev-system-3",
      ]);
    });

    it("include an association and a route that exist already, which the next update would stumble over", () => {
      const missing = ofType("RouteTableAssociation", "Route");
      const state = stateOf(three, "first", (each) => !(missing(each) && thirdZone(each)));
      const strays = findStrays([facts(three, state, existing(three, "first"))]);
      expect(told(strays).sort()).to.deep.equal([
        "route rtb-dev-private-3-first_0.0.0.0/0: is dev-private-3",
        "route rtb-dev-private-3-first_10.0.0.0/16: is dev-private-3-transit",
        "route rtb-dev-public-3-first_0.0.0.0/0: is dev-public-3",
        "route table association subnet-dev-private-3-first/rtb-dev-private-3-first: is dev-private-3",
        "route table association subnet-dev-public-3-first/rtb-dev-public-3-first: is dev-public-3",
        "route table association subnet-dev-transit-3-first/rtb-dev-transit-3-first: is dev-transit-3",
      ]);
    });
  });

  it("are not taken for what is planned in another VPC, whatever they are called", () => {
    const subnet = (resource: PlannedResource): boolean =>
      resource.name === "dev-private-2" && ofType("Subnet")(resource);
    const items = [
      ...existing(twoNetwork.filter(ofType("Vpc")), "second"),
      ...existing(
        twoNetwork.filter((each) => ofType("Vpc")(each) || subnet(each)),
        "first",
      ),
    ];
    const strays = findStrays([
      facts(
        two,
        stateOf(two, "second", (each) => !subnet(each)),
        items,
      ),
    ]);
    expect(told(strays)).to.deep.equal(["subnet subnet-dev-private-2-first: delete", "VPC vpc-dev-first: delete"]);
  });

  it("are, of two VPCs that the plan may mean, the one with the most in it to import, and the other to delete", () => {
    const items = [...existing(twoNetwork.filter(ofType("Vpc")), "second"), ...existing(twoNetwork, "first")];
    const strays = findStrays([facts(two, stateOf(two, "first", none), items)]);
    expect(told(strays).filter((line) => line.startsWith("VPC vpc"))).to.deep.equal([
      "VPC vpc-dev-first: is dev",
      "VPC vpc-dev-second: delete",
    ]);
  });

  it("are all to be deleted where that is asked for", () => {
    const given = facts(two, stateOf(two, "first", none), existing(twoNetwork, "first"));
    const strays = findStrays([given], false);
    expect(strays.every(({ counterpart }) => counterpart === undefined)).to.equal(true);
    const kinds = new Set(strays.map(({ item }) => item.kind));
    expect([kinds.has("vpc"), kinds.has("route"), kinds.has("routeTableAssociation")]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  describe("of a cluster", () => {
    const made: Item[] = [
      {
        kind: "securityGroup",
        id: "sg-eks",
        name: "eks-cluster-sg-piksel-dev-1",
        tagged: false,
        vpc: "vpc-dev-first",
        cluster: "piksel-dev",
      },
      {
        kind: "networkInterface",
        id: "eni-1",
        name: "aws-K8S-i-1",
        tagged: false,
        vpc: "vpc-dev-first",
        cluster: "piksel-dev",
      },
      { kind: "instance", id: "i-1", name: "dev-system-1", tagged: true, vpc: "vpc-dev-first", cluster: "piksel-dev" },
    ];
    const cluster: Item = { kind: "cluster", id: "piksel-dev", name: "piksel-dev", tagged: true, vpc: "vpc-dev-first" };
    const group: Item = {
      kind: "nodeGroup",
      id: "piksel-dev:system-1-abc",
      name: "system-1-abc",
      tagged: true,
      cluster: "piksel-dev",
    };
    const addon: Item = {
      kind: "addon",
      id: "piksel-dev:coredns",
      name: "coredns",
      tagged: true,
      cluster: "piksel-dev",
    };
    const has = (resource: PlannedResource): boolean => !resource.type.startsWith("aws:eks/");
    const vpcItems = (): Item[] => existing(twoNetwork.filter(ofType("Vpc")), "first");

    it("are the cluster, its node groups and add-ons, as they are planned, and not what EKS makes for it", () => {
      const strays = findStrays([
        facts(two, stateOf(two, "first", has), [...vpcItems(), addon, group, cluster, ...made]),
      ]);
      expect(told(strays)).to.deep.equal([
        "EKS cluster piksel-dev: is dev-eksCluster",
        "node group piksel-dev:system-1-abc: is dev-system-1",
        "EKS add-on piksel-dev:coredns: is dev-coredns",
      ]);
    });

    it("are what EKS has made for it and left, once it is gone, and the log group that EKS has made anew", () => {
      const log: Item = {
        kind: "logGroup",
        id: "/aws/eks/piksel-dev/cluster",
        name: "/aws/eks/piksel-dev/cluster",
        tagged: true,
      };
      const state = stateOf(
        two,
        "first",
        ({ type }) => type !== "aws:cloudwatch/logGroup:LogGroup" && !type.startsWith("aws:eks/"),
      );
      const alone = two.filter(
        ({ type }) => type !== "aws:cloudwatch/logGroup:LogGroup" && !type.startsWith("aws:eks/"),
      );
      const strays = findStrays([facts(alone, state, [...vpcItems(), ...made, log])]);
      expect(strays.map(({ item, why }) => `${item.id}: ${why}`)).to.deep.equal([
        "i-1: it was made for the cluster piksel-dev, which no state has",
        "eni-1: it was made for the cluster piksel-dev, which no state has",
        "sg-eks: it was made for the cluster piksel-dev, which no state has",
        "/aws/eks/piksel-dev/cluster: dev plans nothing of its name",
      ]);
    });
  });

  it("are not what another stack's state has", () => {
    const [vpc] = existing(twoNetwork.filter(ofType("Vpc")), "first");
    const dev = facts(two, stateOf(two, "second", all), [vpc!]);
    const other = facts([], { ...stateOf([], "first", none), identifiers: new Set(["vpc-dev-first"]) }, []);
    expect(findStrays([dev, other])).to.deep.equal([]);
  });

  it("are always all that no state has, once each, and what is deleted comes after what uses it", () => {
    const resources = twoNetwork;
    property(
      forAll(subarray([...resources]), constantFrom("first" as const, "second" as const), (kept, deployment) => {
        const names = new Set(kept.map(key));
        const state = stateOf(two, deployment, (each) => names.has(key(each)) || !resources.includes(each));
        const items = existing(resources, "first");
        const strays = findStrays([facts(two, state, items)]);
        const ids = strays.map(({ item }) => item.id);
        if (new Set(ids).size !== ids.length) return false;
        const deleted = strays
          .filter(({ counterpart }) => counterpart === undefined)
          .map(({ item }) => deletionRank(item.kind));
        if (deleted.some((rank, index) => rank < (deleted[index - 1] ?? 0))) return false;
        const known = new Set(
          resources.filter((each) => names.has(key(each)) && deployment === "first").map((each) => idOf(each, "first")),
        );
        const things = items.filter(({ kind }) => kind !== "route" && kind !== "routeTableAssociation");
        return things.every(({ id }) => known.has(id) !== ids.includes(id));
      }),
      { numRuns: 200 },
    );
  });
});
