import { expect } from "chai";
import type { Json, PlannedResource } from "../../../tools/planner/engine/resource";
import { plan, type StackPlan } from "../../../tools/planner/plan";
import { changes, project, stack, withConfig } from "../../support/plans";
import { expectedNamesWithoutAlarms, namesOf } from "../../support/expected";
import { OF_AUTO_MODE, OF_MANAGED_NODES } from "../../support/node-autoscaling";

const devWith = async (config: Record<string, Json>): Promise<StackPlan> =>
  stack(await plan(withConfig(project, "dev", config)), "dev");
const clusterOf = ({ resources }: StackPlan): PlannedResource => {
  const found = resources.find(({ type }) => type === "aws:eks/cluster:Cluster");
  if (found === undefined) throw new Error("no cluster");
  return found;
};

/** What EKS Auto Mode adds to a spoke. */
const AUTO_MODE = [...OF_AUTO_MODE, "piksel:spoke:NodeRole dev-auto-node"];

const OFF = {
  computeConfig: { enabled: false },
  storageConfig: { blockStorage: { enabled: false } },
  kubernetesNetworkConfig: {
    serviceIpv4Cidr: "172.20.0.0/16",
    ipFamily: "ipv4",
    elasticLoadBalancing: { enabled: false },
  },
};

describe("node-autoscaling auto", () => {
  let auto: StackPlan;
  before(async () => {
    auto = await devWith({ "node-autoscaling": "auto" });
  });

  it("has no managed nodes, nothing of Karpenter and none of the add-ons that EKS runs", () => {
    const kept = expectedNamesWithoutAlarms("dev").filter((line) => !OF_MANAGED_NODES.test(line));
    expect(namesOf(auto.resources)).to.deep.equal([...kept, ...AUTO_MODE].sort());
  });

  it("turns on all three parts of EKS Auto Mode, with only the node pool of add-ons", () => {
    const { computeConfig, storageConfig, kubernetesNetworkConfig } = clusterOf(auto).inputs;
    expect({ computeConfig, storageConfig, kubernetesNetworkConfig }).to.deep.equal({
      computeConfig: {
        enabled: true,
        nodePools: ["system"],
        nodeRoleArn: "${aws:iam/role:Role::dev-auto-node.arn}",
      },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: { ...OFF.kubernetesNetworkConfig, elasticLoadBalancing: { enabled: true } },
    });
  });

  it("knows everything in the preview of a new cluster but the ARN of the role, so it shows no replacement", async () => {
    const previewed = stack(
      await plan(withConfig(project, "dev", { "node-autoscaling": "auto" }), { preview: true }),
      "dev",
    );
    const { computeConfig, kubernetesNetworkConfig } = clusterOf(previewed).inputs;
    expect(computeConfig).to.deep.equal({
      enabled: true,
      nodePools: ["system"],
      nodeRoleArn: "(known after apply)",
    });
    expect(kubernetesNetworkConfig).to.deep.include({ serviceIpv4Cidr: "172.20.0.0/16", ipFamily: "ipv4" });
  });

  it("attaches the policies of EKS Auto Mode to the cluster's role, whose name does not change", () => {
    const attached = auto.resources
      .filter(({ parent }) => parent === "eks:index:ServiceRole::dev-eksRole")
      .map(({ name, inputs }) =>
        `${name} ${String(inputs["policyArn"] ?? "")}`.replace("arn:aws:iam::aws:policy/", ""),
      );
    expect(attached.sort()).to.deep.equal([
      "dev-eksRole-1587f79c AmazonEKSLoadBalancingPolicy",
      "dev-eksRole-1e381056 AmazonEKSBlockStoragePolicy",
      "dev-eksRole-4b490823 AmazonEKSClusterPolicy",
      "dev-eksRole-9ae443cd AmazonEKSNetworkingPolicy",
      "dev-eksRole-d86a545b AmazonEKSComputePolicy",
      "dev-eksRole-role ",
    ]);
  });

  it("lets EKS launch no node before routes, DNS, endpoints and the permissions of the nodes exist", () => {
    const component = auto.resources.find(({ type }) => type === "eks:index:Cluster");
    expect(component?.dependsOn).to.include.members([
      "aws:cloudwatch/logGroup:LogGroup::dev-cluster",
      "aws:ec2/route:Route::dev-private-1-transit",
      "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation::dev",
      "aws:ec2/vpcEndpoint:VpcEndpoint::dev-s3",
      "aws:iam/rolePolicy:RolePolicy::dev-auto-node-first-pull",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment::dev-auto-node-AmazonEC2ContainerRegistryPullOnly",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment::dev-auto-node-AmazonEKSWorkerNodeMinimalPolicy",
      "aws:route53/zoneAssociation:ZoneAssociation::dev-piksel.internal",
    ]);
  });

  it("lets its nodes pull an image for the first time, as all nodes", () => {
    const policyOf = (name: string, { resources }: StackPlan): unknown =>
      resources.find((each) => each.name === `${name}-first-pull`)?.inputs["policy"];
    expect(policyOf("dev-auto-node", auto)).to.be.a("string").that.contains("111111111111:repository/");
  });

  it("tells platform/ the name of the nodes' role, for node classes of all AZs", () => {
    expect(auto.outputs["nodeRoleArn"]).to.equal("${aws:iam/role:Role::dev-auto-node.arn}");
    expect(auto.outputs["platform"]).to.deep.include({
      nodeAutoscaling: "auto",
      autoMode: { nodeRoleName: "${aws:iam/role:Role::dev-auto-node}" },
    });
    expect(auto.outputs["platform"]).to.not.have.property("karpenter");
    const tagged = auto.resources.filter(
      ({ inputs: { tags } }) => (tags as Record<string, Json> | undefined)?.["karpenter.sh/discovery"] === "piksel-dev",
    );
    expect(tagged.map(({ name }) => name)).to.deep.equal(["dev-private-1", "dev-private-2"]);
  });

  it("only adds subnets for a third AZ: no other part of the cluster changes", async () => {
    const before = withConfig(project, "dev", { "node-autoscaling": "auto" });
    const { dev } = await changes(before, withConfig(before, "dev", { "az-count": 3 }));
    expect(dev?.create.map((name) => name.replace(/^aws:ec2\/\w+:/, "")).sort()).to.deep.equal(
      [
        ...["private", "public", "transit"].flatMap((tier) =>
          ["RouteTable", "RouteTableAssociation", "Subnet"].map((type) => `${type}::dev-${tier}-3`),
        ),
        ...["private-3", "private-3-transit", "public-3"].map((name) => `Route::dev-${name}`),
      ].sort(),
    );
    expect(dev?.update.map(({ name }) => name).sort()).to.deep.equal([
      "aws:ec2/vpcEndpoint:VpcEndpoint::dev-s3",
      "aws:ec2transitgateway/vpcAttachment:VpcAttachment::dev",
    ]);
    expect([dev?.replace, dev?.delete]).to.deep.equal([[], []]);
  });
});

describe("a step of a move", () => {
  for (const [step, main, parts] of [
    ["karpenter-and-auto", "karpenter", ["autoMode", "karpenter"]],
    ["karpenter-to-auto", "auto", ["autoMode"]],
    ["auto-to-karpenter", "karpenter", ["karpenter"]],
  ] as const) {
    it(`${step} has everything of both in AWS, and gives platform/ ${parts.join(" and ")}`, async () => {
      const dev = await devWith({ "node-autoscaling": step });
      expect(namesOf(dev.resources)).to.deep.equal([...expectedNamesWithoutAlarms("dev"), ...AUTO_MODE].sort());
      const contract = dev.outputs["platform"] as Record<string, Json>;
      expect(contract["nodeAutoscaling"]).to.equal(main);
      expect(Object.keys(contract).filter((name) => /^(autoMode|karpenter)/.test(name))).to.deep.equal(parts);
    });
  }

  it("karpenter-auto-off has what karpenter has, with EKS Auto Mode explicitly off", async () => {
    const dev = await devWith({ "node-autoscaling": "karpenter-auto-off" });
    expect(namesOf(dev.resources)).to.deep.equal(expectedNamesWithoutAlarms("dev"));
    expect(clusterOf(dev).inputs).to.deep.include(OFF);
  });
});

describe("a warning of node-autoscaling", () => {
  const warningsWith = async (config: Record<string, Json>): Promise<readonly string[]> => {
    const admins = ["arn:aws:iam::222222222222:role/ops"];
    return (await devWith({ ...config, "cluster-admins": admins })).settings.warnings;
  };

  it("names the runbook in each step of a move, and is silent at the ends", async () => {
    expect(await warningsWith({ "node-autoscaling": "karpenter" })).to.deep.equal([]);
    expect(await warningsWith({ "node-autoscaling": "auto" })).to.deep.equal([]);
    for (const step of ["karpenter-and-auto", "karpenter-to-auto", "auto-to-karpenter", "karpenter-auto-off"]) {
      expect(await warningsWith({ "node-autoscaling": step })).to.deep.equal([
        `node-autoscaling is ${step}, a step of a move: continue with docs/runbooks/switch-node-autoscaling.md until it ` +
          "is karpenter or auto",
      ]);
    }
  });

  it("says that it changes nothing in a network without a cluster", async () => {
    expect(await warningsWith({ cluster: false, "node-autoscaling": "auto" })).to.deep.equal([
      "node-autoscaling is auto, which changes nothing: cluster is false, so there is no cluster",
    ]);
  });
});
