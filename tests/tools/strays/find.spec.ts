import { expect } from "chai";
import { assert as property, constantFrom, property as forAll, subarray } from "fast-check";
import { key, type PlannedResource } from "../../../tools/planner/engine/resource";
import { plan } from "../../../tools/planner/plan";
import { findStrays } from "../../../tools/strays/find";
import { type ExistingResource, deletionRank } from "../../../tools/strays/kinds";
import { project, stack } from "../../support/plans";
import { existingOf, facts, idOf, ofType, stateOf, summaries } from "./support";

describe("the strays of a stack", () => {
  let two: readonly PlannedResource[];
  let twoNetwork: readonly PlannedResource[];
  before(async () => {
    two = stack(await plan(project), "dev").resources;
    twoNetwork = two.filter(({ type }) => /^aws:(ec2|ec2transitgateway)\//.test(type));
  });
  const all = (): boolean => true;
  const none = (): boolean => false;

  it("are none if the state has everything", () => {
    expect(findStrays([facts(two, stateOf(two, "first", all), existingOf(two, "first"))])).to.deep.equal([]);
  });

  it("do not match a planned resource in another VPC, even with the same name", () => {
    const subnet = (resource: PlannedResource): boolean =>
      resource.name === "dev-private-2" && ofType("Subnet")(resource);
    const items = [
      ...existingOf(twoNetwork.filter(ofType("Vpc")), "second"),
      ...existingOf(
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
    expect(summaries(strays)).to.deep.equal(["subnet subnet-dev-private-2-first: delete", "VPC vpc-dev-first: delete"]);
  });

  it("are, of two VPCs that match the plan, the one with more contents to import, and the other to delete", () => {
    const items = [...existingOf(twoNetwork.filter(ofType("Vpc")), "second"), ...existingOf(twoNetwork, "first")];
    const strays = findStrays([facts(two, stateOf(two, "first", none), items)]);
    expect(summaries(strays).filter((line) => line.startsWith("VPC vpc"))).to.deep.equal([
      "VPC vpc-dev-first: is dev",
      "VPC vpc-dev-second: delete",
    ]);
  });

  it("are all to be deleted with --delete", () => {
    const given = facts(two, stateOf(two, "first", none), existingOf(twoNetwork, "first"));
    const strays = findStrays([given], false);
    expect(strays.every(({ counterpart }) => counterpart === undefined)).to.equal(true);
    const kinds = new Set(strays.map(({ resource }) => resource.kind));
    expect([kinds.has("vpc"), kinds.has("route"), kinds.has("routeTableAssociation")]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  describe("of a cluster", () => {
    const createdByEks: ExistingResource[] = [
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
    const createdByControllers: ExistingResource[] = [
      { kind: "other", id: "arn:load-balancer", name: "", tagged: true, cluster: "piksel-dev" },
      { kind: "launchTemplate", id: "lt-karpenter", name: "karpenter", tagged: true, cluster: "piksel-dev" },
    ];
    const cluster: ExistingResource = {
      kind: "cluster",
      id: "piksel-dev",
      name: "piksel-dev",
      tagged: true,
      vpc: "vpc-dev-first",
    };
    const group: ExistingResource = {
      kind: "nodeGroup",
      id: "piksel-dev:system-1-abc",
      name: "system-1-abc",
      tagged: true,
      cluster: "piksel-dev",
    };
    const addon: ExistingResource = {
      kind: "addon",
      id: "piksel-dev:coredns",
      name: "coredns",
      tagged: true,
      cluster: "piksel-dev",
    };
    const has = (resource: PlannedResource): boolean => !resource.type.startsWith("aws:eks/");
    const vpcItems = (): ExistingResource[] => existingOf(twoNetwork.filter(ofType("Vpc")), "first");

    it("are the cluster, its node groups and add-ons, but not what EKS and its controllers create for it", () => {
      const created = [...createdByEks, ...createdByControllers];
      const strays = findStrays([
        facts(two, stateOf(two, "first", has), [...vpcItems(), addon, group, cluster, ...created]),
      ]);
      expect(summaries(strays)).to.deep.equal([
        "EKS cluster piksel-dev: is dev-eksCluster",
        "EKS node group piksel-dev:system-1-abc: is dev-system-1",
        "EKS add-on piksel-dev:coredns: is dev-coredns",
      ]);
    });

    it("are, after its deletion, what EKS and its controllers have left of it, and the log group that EKS has created again", () => {
      const log: ExistingResource = {
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
      const strays = findStrays([facts(alone, state, [...vpcItems(), ...createdByEks, ...createdByControllers, log])]);
      expect(strays.map(({ resource, why }) => `${resource.id}: ${why}`)).to.deep.equal([
        "i-1: it was created for the cluster piksel-dev, which is in no state",
        "eni-1: it was created for the cluster piksel-dev, which is in no state",
        "sg-eks: it was created for the cluster piksel-dev, which is in no state",
        "lt-karpenter: it was created for the cluster piksel-dev, which is in no state",
        "/aws/eks/piksel-dev/cluster: dev plans no resource with its name",
        "arn:load-balancer: it was created for the cluster piksel-dev, which is in no state",
      ]);
    });
  });

  it("are not in the state of another stack", () => {
    const [vpc] = existingOf(twoNetwork.filter(ofType("Vpc")), "first");
    const dev = facts(two, stateOf(two, "second", all), [vpc!]);
    const other = facts([], { ...stateOf([], "first", none), identifiers: new Set(["vpc-dev-first"]) }, []);
    expect(findStrays([dev, other])).to.deep.equal([]);
  });

  it("are always all that is in no state, once each, and users are deleted before what they use", () => {
    const resources = twoNetwork;
    property(
      forAll(subarray([...resources]), constantFrom("first" as const, "second" as const), (kept, deployment) => {
        const names = new Set(kept.map(key));
        const state = stateOf(two, deployment, (each) => names.has(key(each)) || !resources.includes(each));
        const items = existingOf(resources, "first");
        const strays = findStrays([facts(two, state, items)]);
        const ids = strays.map(({ resource }) => resource.id);
        if (new Set(ids).size !== ids.length) return false;
        const deleted = strays
          .filter(({ counterpart }) => counterpart === undefined)
          .map(({ resource }) => deletionRank(resource.kind));
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
