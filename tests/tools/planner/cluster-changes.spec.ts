import { expect } from "chai";
import { project, register, withNetworks } from "../../support/plans";
import { counts, ofDev, ofStack, ROLLED, texts, UNPROTECT } from "./changes-of-stacks";

describe("another Kubernetes version", () => {
  const versions = async (from: string, to: string): Promise<(string | undefined)[][]> => {
    const { warnings = [] } = await ofDev({ "kubernetes-version": to }, { "kubernetes-version": from });
    return warnings.map(({ kind, text }) => [kind, text]);
  };
  const end = (version: string, date: string): string[] => [
    "note",
    `Amazon EKS's standard support of Kubernetes ${version} ends on ${date}.`,
  ];
  const refusedBack = (from: string, to: string, window: string): string[] => [
    "refused",
    `EKS refuses to update piksel-dev from ${from} back to ${to}. Within 7 days of ${window} (Amazon EKS User Guide, "Roll ` +
      'back a cluster to a previous Kubernetes version"), in an order that pulumi up does not follow: see ' +
      "docs/runbooks/upgrade-kubernetes.md. Otherwise, move to a new cluster.",
  ];

  // Review F6.
  it("is the next one, and the end of its support", async () => {
    expect(await versions("1.34", "1.35")).to.deep.equal([["interrupted", ROLLED], end("1.35", "2027-03-27")]);
  });

  // Review F6.
  it("is refused by EKS where it is not the next one", async () => {
    expect(await versions("1.34", "1.36")).to.deep.equal([
      [
        "refused",
        "EKS refuses to upgrade piksel-dev from 1.34 to 1.36, because it upgrades one minor version at a time (Amazon EKS " +
          'User Guide, "Update existing cluster to new Kubernetes version"). Set kubernetes-version to "1.35", run ' +
          "pulumi up, and continue from there.",
      ],
      ["interrupted", ROLLED],
      end("1.36", "2027-08-02"),
    ]);
  });

  // Review F6.
  it("is refused by EKS where it is an earlier one, except for a rollback, which is no update", async () => {
    expect((await versions("1.36", "1.35"))[0]).to.deep.equal(
      refusedBack("1.36", "1.35", "the upgrade, EKS rolls it back"),
    );
    expect((await versions("1.36", "1.34"))[0]).to.deep.equal(
      refusedBack("1.36", "1.34", "an upgrade, EKS rolls back that upgrade only"),
    );
  });
});

describe("other nodes", () => {
  const GROUPS = [1, 2].map((az) => `aws:eks/nodeGroup:NodeGroup::dev-system-${String(az)}`);
  const TEMPLATES = [1, 2].map((az) => `aws:ec2/launchTemplate:LaunchTemplate::dev-system-${String(az)}`);

  // Review F7.
  it("follow another launch template, whose new version is known only when it is there", async () => {
    const changes = await ofDev({ "node-instance-types": ["m7g.xlarge"] });
    expect(changes).to.deep.equal({
      create: [],
      update: [
        ...TEMPLATES.map((name) => ({ name, properties: ["instanceType"] })),
        ...GROUPS.map((name) => ({ name, properties: ["launchTemplate"] })),
      ],
      replace: [],
      delete: [],
      warnings: [{ kind: "interrupted", text: ROLLED, resources: GROUPS }],
    });
  });

  // Review F7.
  it("are replaced with their groups by another list of types", async () => {
    const changes = await ofDev({ "node-instance-types": ["m7g.large", "m6g.large"] });
    expect(changes.replace).to.deep.equal(GROUPS.map((name) => ({ name, properties: ["instanceTypes"] })));
    expect(changes.warnings?.map(({ kind, text }) => [kind, text])).to.deep.equal([
      [
        "interrupted",
        "The node groups dev-system-1 and dev-system-2 are replaced, and all nodes with them: the new nodes start before " +
          "the old ones are drained.",
      ],
    ]);
  });
});

describe("another CIDR of a spoke", () => {
  const moved = { ...register(), dev: { cidr: "10.9.0.0/16", account: "222222222222" } };

  // Review F8.
  it("replaces the cluster, which EKS does not move to another VPC, and whatever belongs to it", async () => {
    const dev = await ofStack("dev", project, withNetworks(project, moved));
    expect(counts(dev)).to.deep.equal([0, 2, 56, 0]);
    expect(dev.update).to.deep.equal([
      { name: "aws:ec2/internetGateway:InternetGateway::dev", properties: ["vpcId"] },
      { name: "aws:iam/rolePolicy:RolePolicy::dev-load-balancer-controller-manage", properties: ["policy"] },
    ]);
    expect(
      dev.replace
        .filter(({ name }) => name.startsWith("aws:eks/"))
        .map(({ name, properties }) => [name.slice("aws:eks/".length), ...properties])
        .sort(),
    ).to.deep.equal([
      ["accessEntry:AccessEntry::dev-karpenter-node", "clusterName"],
      ["addon:Addon::dev-aws-ebs-csi-driver", "clusterName"],
      ["addon:Addon::dev-coredns", "clusterName"],
      ["addon:Addon::dev-eks-pod-identity-agent", "clusterName"],
      ["addon:Addon::dev-external-dns", "clusterName"],
      ["addon:Addon::dev-kube-proxy", "clusterName"],
      ["addon:Addon::dev-metrics-server", "clusterName"],
      ["addon:Addon::dev-vpc-cni", "clusterName"],
      ["cluster:Cluster::dev-eksCluster", "vpcConfig"],
      ["nodeGroup:NodeGroup::dev-system-1", "clusterName", "subnetIds"],
      ["nodeGroup:NodeGroup::dev-system-2", "clusterName", "subnetIds"],
      ["podIdentityAssociation:PodIdentityAssociation::dev-ebs-csi", "clusterName"],
      ["podIdentityAssociation:PodIdentityAssociation::dev-external-dns", "clusterName"],
      ["podIdentityAssociation:PodIdentityAssociation::dev-karpenter", "clusterName"],
      ["podIdentityAssociation:PodIdentityAssociation::dev-load-balancer-controller", "clusterName"],
      ["podIdentityAssociation:PodIdentityAssociation::dev-vpc-cni", "clusterName"],
    ]);
    expect(texts(dev, "refused")).to.deep.equal([
      `pulumi up refuses to delete or replace eks.Cluster dev-eksCluster ${UNPROTECT("dev")}`,
      "EKS refuses to move piksel-dev to subnets of another VPC (Amazon EKS API Reference, UpdateClusterConfig), so pulumi " +
        "up would stop halfway. Only a new cluster can be in the new VPC. Add a new spoke and move the workloads to it; or " +
        "set cluster to false in Pulumi.dev.yaml and run pulumi up before this change, and to true after it.",
    ]);
  });
});
