import { expect } from "chai";
import { awsChanges } from "../../plan/aws-changes";
import { changesBetween, type Changes } from "../../plan/changes";
import type { Json } from "../../plan/engine/wire";
import { HUB, plan, planStack } from "../../plan/plan";
import type { Project } from "../../plan/project";
import type { ChangeWarning } from "../../plan/warnings/warning";
import { project, register, withConfig, withNetworks } from "../support/plans";

const between = async (before: Project, after: Project): Promise<Record<string, Changes>> =>
  changesBetween(await plan(before), await plan(after));

/** Outputs of the hub, planned once: no change here of another stack alters what it reads of them. */
const hubOutputs = planStack(project, HUB, {}).then(({ outputs }) => outputs);
const ofStack = async (name: string, from: Project, to: Project): Promise<Changes> => {
  const others = { [HUB]: await hubOutputs };
  const { [name]: changes } = changesBetween(
    [await planStack(from, name, others)],
    [await planStack(to, name, others)],
  );
  if (changes === undefined) throw new Error(`no stack ${name}`);
  return changes;
};
const ofDev = (config: Record<string, Json>, from: Record<string, Json> = {}): Promise<Changes> =>
  ofStack("dev", withConfig(project, "dev", from), withConfig(project, "dev", config));
const counts = (changes: Changes | undefined): number[] => {
  const { create, update, replace, delete: gone } = awsChanges(changes ?? { ...nothing });
  return [create, update, replace, gone].map(({ length }) => length);
};
const nothing = { create: [], update: [], replace: [], delete: [] };
const texts = ({ warnings = [] }: Changes, kind: ChangeWarning["kind"]): string[] =>
  warnings.filter((warning) => warning.kind === kind).map(({ text }) => text);

const ROLLED =
  "EKS replaces every node of the node groups dev-system-1 and dev-system-2, one group after the other. It starts a new " +
  "node, drains an old one within 15 minutes, and terminates it (Amazon EKS User Guide, " +
  '"Understand each phase of node updates"). A pod with a single replica is down while it moves, and a ' +
  "PodDisruptionBudget that allows no eviction stops the update.";
const UNPROTECT = (stack: string): string =>
  `while protect is true. To do it nonetheless, set protect to false in Pulumi.${stack}.yaml and run pulumi up, and make ` +
  "this change in the update after that.";

describe("another Region", () => {
  const names = Object.keys(project.stacks);
  const elsewhere = names.reduce((all, name) => withConfig(all, name, { "aws:region": "us-east-1" }), project);
  let changes: Record<string, Changes>;
  before(async () => {
    changes = await between(project, elsewhere);
  });

  // Review F4.
  it("replaces every AWS resource of a stack, except those that are named after the Region", async () => {
    const resources = (await plan(project)).map(({ name, resources: all }) => [
      name,
      all.filter(({ type }) => type.startsWith("aws:")).length,
    ]);
    expect(resources).to.deep.equal([
      ["hub", 123],
      ["dev", 100],
      ["staging", 100],
      ["prod", 118],
    ]);
    expect(Object.entries(changes).map(([name, each]) => [name, ...counts(each)])).to.deep.equal([
      ["hub", 4, 0, 119, 4],
      ["dev", 4, 0, 96, 4],
      ["staging", 4, 0, 96, 4],
      ["prod", 4, 0, 114, 4],
    ]);
    const named = [...(changes["hub"]?.delete ?? []), ...(changes["dev"]?.delete ?? [])];
    expect(named.filter((name) => !name.includes("ecr.ap-southeast-3.amazonaws.com"))).to.deep.equal([]);
  });

  // Review F4.
  it("is reported as a new network, in one sentence for all stacks", () => {
    const text =
      "aws:region changes from ap-southeast-3 to us-east-1, and a deployed network cannot move to another Region: this is " +
      "the plan of a new network in us-east-1 and of the deletion of everything in ap-southeast-3, data and addresses " +
      "included. Deploy the new Region as stacks of its own, move the workloads, and then destroy the old stacks.";
    for (const name of names) expect(texts(changes[name] ?? nothing, "lost")).to.deep.equal([text]);
  });

  // Review F5.
  it("is refused while protect is true", () => {
    expect(texts(changes["dev"] ?? nothing, "refused")).to.deep.equal([
      `pulumi up refuses to delete or replace kms.Key dev-cluster, ssm.Parameter dev-deletion-guard and eks.Cluster dev-eksCluster ${UNPROTECT("dev")}`,
    ]);
    expect(texts(changes["hub"] ?? nothing, "refused")).to.deep.equal([
      "pulumi up refuses to delete or replace route53.Zone hub-endpoint-api.ecr.ap-southeast-3.amazonaws.com, route53.Zone " +
        "hub-endpoint-dkr.ecr.ap-southeast-3.amazonaws.com, ec2transitgateway.TransitGateway hub and 8 more " +
        UNPROTECT("hub"),
    ]);
  });
});

describe("what protect refuses", () => {
  const CLUSTER_LOST =
    "The cluster piksel-dev is deleted with its workloads and its etcd. Load balancers and EBS volumes that Kubernetes " +
    "created stay, incur charges and block the deletion of subnets: delete the Services, Ingresses and volume claims first.";

  // Review F5.
  it("is to take the cluster away: its key and the cluster itself are named, and what is lost with them", async () => {
    const changes = await ofDev({ cluster: false });
    expect(counts(changes)).to.deep.equal([0, 0, 0, 51]);
    expect(changes.warnings).to.deep.equal([
      {
        kind: "refused",
        text: `pulumi up refuses to delete or replace kms.Key dev-cluster and eks.Cluster dev-eksCluster ${UNPROTECT("dev")}`,
        resources: ["aws:kms/key:Key::dev-cluster", "aws:eks/cluster:Cluster::dev-eksCluster"],
      },
      { kind: "lost", text: CLUSTER_LOST, resources: ["aws:eks/cluster:Cluster::dev-eksCluster"] },
      {
        kind: "lost",
        text:
          "The KMS key dev-cluster is scheduled for deletion: what was encrypted with it cannot be read afterwards " +
          '(AWS KMS Developer Guide, "Delete an AWS KMS key").',
        resources: ["aws:kms/key:Key::dev-cluster"],
      },
      {
        kind: "lost",
        text: "The log group /aws/eks/piksel-dev/cluster and all events in it are deleted.",
        resources: ["aws:cloudwatch/logGroup:LogGroup::dev-cluster"],
      },
    ]);
  });

  // Review F5.
  it("is not allowed by protect false in the same update, and is allowed by one before", async () => {
    expect(texts(await ofDev({ cluster: false, protect: false }), "refused")).to.have.lengthOf(1);
    const after = await ofDev({ cluster: false, protect: false }, { protect: false });
    expect(texts(after, "refused")).to.deep.equal([]);
    expect(texts(after, "lost")[0]).to.equal(CLUSTER_LOST);
  });

  // Review F5.
  it("is to take a repository away, with its images", async () => {
    const hub = await ofStack(HUB, project, withConfig(project, HUB, { repositories: ["other"] }));
    expect(counts(hub)).to.deep.equal([3, 0, 0, 3]);
    expect(hub.warnings?.map(({ kind, text }) => [kind, text])).to.deep.equal([
      ["refused", `pulumi up refuses to delete or replace ecr.Repository hub-images-piksel-core ${UNPROTECT("hub")}`],
      [
        "lost",
        "The repository piksel-core and all images in it are deleted: nodes that start a pod of one cannot pull it any more.",
      ],
    ]);
  });

  // Review F5, engine 5.
  it("is to take a spoke out of networks, whose roles, hosted zone and configuration go", async () => {
    const withQa = withNetworks(project, { ...register(), qa: { cidr: "10.4.0.0/16", account: "555555555555" } });
    const { hub, qa } = await between(withQa, project);
    expect(hub?.warnings?.map(({ kind, text }) => [kind, text])).to.deep.equal([
      [
        "refused",
        `pulumi up refuses to delete or replace route53.Zone hub-zone-qa.piksel.internal ${UNPROTECT("hub")}`,
      ],
      [
        "lost",
        "The hub deletes the roles that the stack qa assumes in its account: without them qa can be neither updated nor " +
          "destroyed. If qa is deployed, destroy it first: see docs/runbooks/remove-a-spoke.md.",
      ],
      [
        "lost",
        "The hosted zone qa.piksel.internal and all records in it are deleted, including records that others created there.",
      ],
    ]);
    expect(qa?.warnings).to.deep.equal([
      {
        kind: "lost",
        text:
          "qa has no configuration any more, so no pulumi up runs for it: its resources stay and incur charges. Destroy " +
          "the stack with pulumi destroy --stack qa while its configuration still exists.",
        resources: [],
      },
    ]);
  });
});

describe("what shrinking loses", () => {
  // Review engine 5.
  it("is, with an AZ, its nodes and what still runs in its subnets, and with a NAT gateway its address", async () => {
    const prod = await ofStack("prod", project, withConfig(project, "prod", { "az-count": 2 }));
    expect(prod.warnings?.map(({ kind, text }) => [kind, text])).to.deep.equal([
      [
        "lost",
        "prod leaves ap-southeast-3c. EKS drains and deletes the nodes of prod-system-3. A pod that uses an EBS volume there " +
          "cannot start in another AZ. AWS refuses to delete a subnet that still has network interfaces (Amazon EC2 API " +
          "Reference, DeleteSubnet): first move Karpenter's nodes, load balancers and everything else out of prod-public-3, " +
          "prod-private-3 and prod-transit-3.",
      ],
      [
        "lost",
        "The Elastic IP address prod-3 is released and cannot be relied on to come back (Amazon VPC User Guide, " +
          '"Elastic IP addresses"). Whoever allows traffic from there must allow the remaining addresses first.',
      ],
      ["interrupted", "Connections through the NAT gateway prod-3 are closed."],
    ]);
  });

  // Review engine 5.
  it("is, with a NAT gateway per AZ, the addresses and connections of all but the first", async () => {
    const prod = await ofStack("prod", project, withConfig(project, "prod", { "one-nat-per-az": false }));
    expect(prod.warnings).to.deep.equal([
      {
        kind: "lost",
        text:
          "The Elastic IP addresses prod-2 and prod-3 are released and cannot be relied on to come back (Amazon VPC User " +
          'Guide, "Elastic IP addresses"). Whoever allows traffic from there must allow the remaining addresses first.',
        resources: ["aws:ec2/eip:Eip::prod-2", "aws:ec2/eip:Eip::prod-3"],
      },
      {
        kind: "interrupted",
        text: "Connections through the NAT gateways prod-2 and prod-3 are closed.",
        resources: ["aws:ec2/natGateway:NatGateway::prod-2", "aws:ec2/natGateway:NatGateway::prod-3"],
      },
    ]);
  });

  it("is nothing where a network grows", async () => {
    expect((await ofDev({ "az-count": 3, "one-nat-per-az": true })).warnings).to.deep.equal([]);
  });
});

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
          "pulumi up, and go on from there.",
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
      refusedBack("1.36", "1.34", "an upgrade, EKS rolls that one back, and none before it"),
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
    expect(counts(dev)).to.deep.equal([0, 1, 52, 0]);
    expect(dev.update).to.deep.equal([{ name: "aws:ec2/internetGateway:InternetGateway::dev", properties: ["vpcId"] }]);
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
      ["addon:Addon::dev-kube-proxy", "clusterName"],
      ["addon:Addon::dev-vpc-cni", "clusterName"],
      ["cluster:Cluster::dev-eksCluster", "vpcConfig"],
      ["nodeGroup:NodeGroup::dev-system-1", "clusterName", "subnetIds"],
      ["nodeGroup:NodeGroup::dev-system-2", "clusterName", "subnetIds"],
      ["podIdentityAssociation:PodIdentityAssociation::dev-ebs-csi", "clusterName"],
      ["podIdentityAssociation:PodIdentityAssociation::dev-karpenter", "clusterName"],
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
