import { expect } from "chai";
import type { Changes } from "../../../tools/planner/changes/changes";
import { HUB } from "../../../components/settings/networks";
import { plan } from "../../../tools/planner/plan";
import { withConnections } from "../../support/connections";
import { withCentralEgress } from "../../support/egress";
import { project, register, withConfig, withNetworks } from "../../support/plans";
import { between, counts, nothing, ofDev, ofStack, texts, UNPROTECT } from "./changes-of-stacks";

describe("another Region", () => {
  const names = Object.keys(project.stacks);
  const elsewhere = names.reduce((all, name) => withConfig(all, name, { "aws:region": "us-east-1" }), project);
  let changes: Record<string, Changes>;
  before(async () => {
    changes = await between(project, elsewhere);
  });

  // Review F4.
  it("replaces every resource of a stack and its platform, except those that are named after the Region", async () => {
    const resources = (await plan(project)).map(({ name, resources: all }) => [
      name,
      all.filter(({ type }) => type.startsWith("aws:")).length,
    ]);
    expect(resources).to.deep.equal([
      ["hub", 128],
      ["dev", 109],
      ["staging", 109],
      ["prod", 127],
    ]);
    expect(Object.entries(changes).map(([name, each]) => [name, ...counts(each)])).to.deep.equal([
      ["hub", 4, 0, 124, 4],
      ["dev", 4, 0, 105, 4],
      ["dev/platform", 0, 0, 22, 0],
      ["staging", 4, 0, 105, 4],
      ["staging/platform", 0, 0, 22, 0],
      ["prod", 4, 0, 123, 4],
      ["prod/platform", 0, 0, 29, 0],
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
      `pulumi up refuses to delete or replace kms.Key dev-cluster, eks.Cluster dev-eksCluster, ssm.Parameter dev-cluster-deletion-guard and ssm.Parameter dev-deletion-guard ${UNPROTECT("dev")}`,
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
    expect(counts(changes)).to.deep.equal([0, 0, 0, 60]);
    expect(changes.warnings).to.deep.equal([
      {
        kind: "refused",
        text:
          "pulumi up refuses to delete or replace kms.Key dev-cluster, eks.Cluster dev-eksCluster and ssm.Parameter " +
          `dev-cluster-deletion-guard ${UNPROTECT("dev")}`,
        resources: [
          "aws:kms/key:Key::dev-cluster",
          "aws:eks/cluster:Cluster::dev-eksCluster",
          "aws:ssm/parameter:Parameter::dev-cluster-deletion-guard",
        ],
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

  it("is to delete the association of a connected spoke, which then loses the hub", async () => {
    const hub = await ofStack(HUB, withConnections(project, [["dev", "none"]]), project);
    expect(texts(hub, "refused")).to.deep.equal([
      `pulumi up refuses to delete or replace ec2transitgateway.RouteTableAssociation hub-connection-dev ${UNPROTECT("hub")}`,
    ]);
    expect(texts(hub, "lost")).to.deep.equal([
      "The transit gateway route table association hub-connection-dev is deleted. AWS does not associate the attachment with " +
        "another route table, so the network loses the hub: keep [SPOKE, none] in connections instead " +
        "(docs/runbooks/connect-spokes.md).",
    ]);
  });

  it("is not to take the Resolver inbound endpoint away, which is reported as lost", async () => {
    const hub = await ofStack(HUB, project, withConfig(project, HUB, { "inbound-resolver": false }));
    expect(hub.warnings?.map(({ kind, text }) => [kind, text])).to.deep.equal([
      [
        "lost",
        "The Resolver inbound endpoint hub-resolver is deleted with its IP addresses: DNS servers that forward to them, and " +
          "DHCP options that name them, get no answer any more.",
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

describe("a switch of egress", () => {
  const base = withCentralEgress(project);
  const inProd = (egress: string, more: object = {}) => withConfig(base, "prod", { egress, cluster: false, ...more });
  const warningsOf = async (before: string, after: string, more: object = {}) => {
    const { prod } = await between(inProd(before, more), inProd(after, more));
    return prod?.warnings?.map(({ kind, text }) => [kind, text]) ?? [];
  };
  const released = (names: string, is: string): readonly string[] => [
    "lost",
    `The Elastic IP ${names} ${is} released and cannot be relied on to come back (Amazon VPC User Guide, "Elastic IP ` +
      'addresses"). Whoever allows traffic from there must allow the remaining addresses first.',
  ];
  const moved = (before: string, after: string): readonly string[] => [
    "interrupted",
    `The path from the private subnets of prod to the internet changes from ${before} to ${after}. The new routes apply ` +
      "before the old ones are deleted, so new connections always have a path. Open connections to the internet break when " +
      "their route changes, and new ones come from other public addresses, those of the output egressAddresses with " +
      "regional and hub (docs/runbooks/change-egress.md).",
  ];

  it("is said to break open connections and to need old and new addresses together", async () => {
    expect(await warningsOf("zonal", "regional")).to.deep.equal([
      released("addresses prod-1, prod-2 and prod-3", "are"),
      moved("zonal", "regional"),
      ["interrupted", "Connections through the NAT gateways prod-1, prod-2 and prod-3 are closed."],
      [
        "note",
        "prod needs 6 Elastic IP addresses during the update, old and new ones, and the default quota is 5 per Region (Amazon " +
          'VPC User Guide, "Amazon VPC quotas"). Raise the quota first. Without it, pulumi up stops before it changes a ' +
          "route, and continues when it is run again.",
      ],
    ]);
    expect(await warningsOf("zonal", "regional", { "one-nat-per-az": false })).to.deep.equal([
      released("address prod-1", "is"),
      moved("zonal", "regional"),
      ["interrupted", "Connections through the NAT gateway prod-1 are closed."],
    ]);
  });

  it("is said to move half routes between a regional NAT gateway and the hub", async () => {
    expect(await warningsOf("hub", "regional")).to.deep.equal([moved("hub", "regional")]);
    expect(await warningsOf("regional", "hub")).to.deep.equal([
      released("addresses prod-regional-1, prod-regional-2 and prod-regional-3", "are"),
      moved("regional", "hub"),
      ["interrupted", "Connections through the NAT gateway prod-regional are closed."],
    ]);
  });

  it("is said to take the path away, or to give one", async () => {
    expect(await warningsOf("hub", "none")).to.deep.equal([
      [
        "interrupted",
        "The private subnets of prod lose their path to the internet. Open connections to the internet break when their " +
          "route changes, and no new ones are possible: pods reach AWS services only by endpoints, and pull only " +
          "images that the hub's registry already has, and those of add-ons (docs/runbooks/change-egress.md).",
      ],
    ]);
    expect(await warningsOf("none", "hub")).to.deep.equal([
      ["note", "The private subnets of prod get a path to the internet (egress hub)."],
    ]);
  });
});
