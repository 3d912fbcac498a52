import { expect } from "chai";
import { clusterVersions, type AddonName } from "../../../components/facts/versions";
import type { Change, Changes } from "../../../tools/planner/changes/changes";
import { plan } from "../../../tools/planner/plan";
import { changes, project, register, stack, withConfig, withNetworks } from "../../support/plans";

const nothing: Changes = { create: [], update: [], replace: [], delete: [] };
const sorted = (list: readonly string[] | undefined): string[] => [...(list ?? [])].sort();

/** Resources of an additional zone in a spoke with a cluster and a single NAT gateway. */
const zoneOfSingleNat = (spoke: string, zone: number): string[] => {
  const n = String(zone);
  return [
    ...["public", "private", "transit"].flatMap((tier) => [
      `aws:ec2/routeTable:RouteTable::${spoke}-${tier}-${n}`,
      `aws:ec2/routeTableAssociation:RouteTableAssociation::${spoke}-${tier}-${n}`,
      `aws:ec2/subnet:Subnet::${spoke}-${tier}-${n}`,
    ]),
    `aws:ec2/route:Route::${spoke}-private-${n}`,
    `aws:ec2/route:Route::${spoke}-private-${n}-transit`,
    `aws:ec2/route:Route::${spoke}-public-${n}`,
    `aws:ec2/launchTemplate:LaunchTemplate::${spoke}-system-${n}`,
    `aws:eks/nodeGroup:NodeGroup::${spoke}-system-${n}`,
  ];
};

/** Updates for an additional zone in `dev`. */
const updatesForZone: readonly Change[] = [
  { name: "aws:ec2/vpcEndpoint:VpcEndpoint::dev-s3", properties: ["routeTableIds"] },
  { name: "aws:ec2transitgateway/vpcAttachment:VpcAttachment::dev", properties: ["subnetIds"] },
];
const byName = (list: readonly Change[] | undefined): Change[] =>
  [...(list ?? [])].sort((a, b) => a.name.localeCompare(b.name));

describe("growth of a network", () => {
  it("adds a third zone to a spoke, and updates only the attachment and the S3 endpoint", async () => {
    const { dev, ...others } = await changes(project, withConfig(project, "dev", { "az-count": 3 }));
    expect(sorted(dev?.create)).to.deep.equal(sorted(zoneOfSingleNat("dev", 3)));
    expect(byName(dev?.update)).to.deep.equal(updatesForZone);
    expect(dev?.replace).to.deep.equal([]);
    expect(dev?.delete).to.deep.equal([]);
    expect(others).to.deep.equal({ hub: nothing, staging: nothing, prod: nothing });
  });

  it("adds a NAT gateway per zone, and updates only its route", async () => {
    const { dev, ...others } = await changes(project, withConfig(project, "dev", { "one-nat-per-az": true }));
    expect(dev).to.deep.equal({
      create: ["aws:ec2/eip:Eip::dev-2", "aws:ec2/natGateway:NatGateway::dev-2"],
      update: [{ name: "aws:ec2/route:Route::dev-private-2", properties: ["natGatewayId"] }],
      replace: [],
      delete: [],
    });
    expect(others).to.deep.equal({ hub: nothing, staging: nothing, prod: nothing });
  });

  it("replaces and deletes nothing if both are added at once", async () => {
    const after = withConfig(project, "dev", { "az-count": 3, "one-nat-per-az": true });
    const { dev } = await changes(project, after);
    expect(dev?.replace).to.deep.equal([]);
    expect(dev?.delete).to.deep.equal([]);
    expect(byName(dev?.update)).to.deep.equal([
      { name: "aws:ec2/route:Route::dev-private-2", properties: ["natGatewayId"] },
      ...updatesForZone,
    ]);
  });

  it("updates the Kubernetes version in place: control plane, add-ons whose version depends on it, nodes", async () => {
    const { dev } = await changes(project, withConfig(project, "dev", { "kubernetes-version": "1.36" }));
    const [before, after] = [clusterVersions("1.35").addons, clusterVersions("1.36").addons];
    const addon = (name: AddonName): { name: string; properties: string[] }[] =>
      before[name] === after[name] ? [] : [{ name: `aws:eks/addon:Addon::dev-${name}`, properties: ["addonVersion"] }];
    expect(addon("kube-proxy")).to.have.lengthOf(1);
    expect(dev).to.deep.equal({
      create: [],
      update: [
        { name: "aws:eks/cluster:Cluster::dev-eksCluster", properties: ["version"] },
        ...(["eks-pod-identity-agent", "kube-proxy", "vpc-cni"] as const).flatMap(addon),
        { name: "aws:eks/nodeGroup:NodeGroup::dev-system-1", properties: ["releaseVersion", "version"] },
        { name: "aws:eks/nodeGroup:NodeGroup::dev-system-2", properties: ["releaseVersion", "version"] },
        ...(["coredns", "aws-ebs-csi-driver"] as const).flatMap(addon),
      ],
      replace: [],
      delete: [],
    });
  });

  it("updates the node groups in place for another instance type", async () => {
    const { dev } = await changes(project, withConfig(project, "dev", { "node-instance-types": ["c7g.large"] }));
    const updated = (type: string, property: string): Change[] =>
      [1, 2].map((az) => ({ name: `${type}::dev-system-${String(az)}`, properties: [property] }));
    expect({ ...dev, update: byName(dev?.update) }).to.deep.equal({
      create: [],
      update: [
        ...updated("aws:ec2/launchTemplate:LaunchTemplate", "instanceType"),
        ...updated("aws:eks/nodeGroup:NodeGroup", "launchTemplate"),
      ],
      replace: [],
      delete: [],
    });
  });

  it("adds an entry for a new administrator, and changes no other entry", async () => {
    const admins = (...names: string[]): object => ({
      "cluster-admins": names.map((name) => `arn:aws:iam::222222222222:role/${name}`),
    });
    const before = withConfig(project, "dev", { ...admins("ops") });
    const { dev } = await changes(before, withConfig(project, "dev", { ...admins("audit", "ops") }));
    expect(dev).to.deep.equal({
      create: [
        "aws:eks/accessEntry:AccessEntry::dev-222222222222/audit",
        "aws:eks/accessPolicyAssociation:AccessPolicyAssociation::dev-222222222222/audit-admin",
      ],
      update: [],
      replace: [],
      delete: [],
    });
  });

  it("deletes only what was added if it is reverted", async () => {
    const three = withConfig(project, "dev", { "az-count": 3 });
    const { dev } = await changes(three, project);
    expect(sorted(dev?.delete)).to.deep.equal(sorted(zoneOfSingleNat("dev", 3)));
    expect(dev?.create).to.deep.equal([]);
    expect(dev?.replace).to.deep.equal([]);
  });
});

describe("a new spoke", () => {
  const withQa = withNetworks(project, { ...register(), qa: { cidr: "10.4.0.0/16", account: "555555555555" } });

  /** Resources that the hub creates for a spoke. */
  const zoneAndRoles = [
    ...["access", "preview", "records"].flatMap((role) => [
      `aws:iam/role:Role::hub-spoke-qa-${role}`,
      `aws:iam/rolePolicy:RolePolicy::hub-spoke-qa-${role}`,
    ]),
    "aws:route53/zone:Zone::hub-zone-qa.piksel.internal",
    "piksel:hub:SpokeRoles::hub-spoke-qa",
  ];
  const made = [...zoneAndRoles, "aws:ram/principalAssociation:PrincipalAssociation::hub-555555555555"].sort();
  /** Policies that list the accounts or the zones, and the table of logs, with one more entry. No route, no attachment. */
  const updates: readonly Change[] = [
    { name: "aws:ec2/vpcEndpoint:VpcEndpoint::hub-endpoint-ecr.api", properties: ["policy"] },
    { name: "aws:ec2/vpcEndpoint:VpcEndpoint::hub-endpoint-ecr.dkr", properties: ["policy"] },
    { name: "aws:ecr/registryPolicy:RegistryPolicy::hub-cache", properties: ["policy"] },
    ...["ecr-public", "kubernetes", "quay"].map((prefix) => ({
      name: `aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate::hub-cache-${prefix}`,
      properties: ["repositoryPolicy"],
    })),
    { name: "aws:ecr/repositoryPolicy:RepositoryPolicy::hub-images-piksel-core", properties: ["policy"] },
    { name: "aws:glue/catalogTable:CatalogTable::hub-logs", properties: ["parameters"] },
    { name: "aws:s3/bucketPolicy:BucketPolicy::hub-logs", properties: ["policy"] },
    { name: "aws:sns/topicPolicy:TopicPolicy::hub-events", properties: ["policy"] },
  ];

  it("is a line in the account map and a file: the hub creates its zone, share and roles, and adds its account to policies", async () => {
    const { hub, qa, ...others } = await changes(project, withQa);
    expect(sorted(hub?.create)).to.deep.equal(made);
    expect(byName(hub?.update)).to.deep.equal(updates);
    expect(hub?.replace).to.deep.equal([]);
    expect(hub?.delete).to.deep.equal([]);
    expect(qa?.create).to.have.length.above(30);
    expect({ ...qa, create: [] }).to.deep.equal(nothing);
    expect(others).to.deep.equal({ dev: nothing, staging: nothing, prod: nothing });
  });

  it("is in no route or route table of the hub, whatever its position in the account map", async () => {
    const { hub: first, ...rest } = register();
    const inFront = withNetworks(project, {
      hub: first ?? null,
      qa: { cidr: "10.4.0.0/16", account: "555555555555" },
      ...rest,
    });
    const { hub } = await changes(withQa, inFront);
    expect(hub).to.deep.equal(nothing);
  });

  it("leaves nothing in the hub when it is removed", async () => {
    const { hub } = await changes(withQa, project);
    expect(hub?.create).to.deep.equal([]);
    expect(byName(hub?.update)).to.deep.equal(updates);
    expect(hub?.replace).to.deep.equal([]);
    expect(sorted(hub?.delete)).to.deep.equal(made);
  });

  it("leaves neither its account nor its name in the hub's resources", async () => {
    const without = JSON.stringify(stack(await plan(project), "hub").resources);
    expect(without).not.to.contain("555555555555");
    expect(without).not.to.contain("qa.piksel.internal");
  });

  it("adds only its zone and its roles to a hub that is shared with an organization", async () => {
    const organization = { "share-with": ["arn:aws:organizations::111111111111:organization/o-abcdef1234"] };
    const { hub } = await changes(withConfig(project, "hub", organization), withConfig(withQa, "hub", organization));
    expect(sorted(hub?.create)).to.deep.equal(sorted(zoneAndRoles));
  });
});

describe("protect: false before a teardown", () => {
  it("updates only protected resources, in place", async () => {
    const { hub, dev } = await changes(
      project,
      withConfig(withConfig(project, "hub", { protect: false }), "dev", { protect: false }),
    );
    expect(byName(hub?.update)).to.deep.equal([
      { name: "aws:ecr/repository:Repository::hub-images-piksel-core", properties: ["forceDelete"] },
      ...[
        "hub-endpoint-api.ecr.ap-southeast-3.amazonaws.com",
        "hub-endpoint-dkr.ecr.ap-southeast-3.amazonaws.com",
        "hub-zone-dev.piksel.internal",
        "hub-zone-piksel.internal",
        "hub-zone-prod.piksel.internal",
        "hub-zone-staging.piksel.internal",
      ].map((name) => ({ name: `aws:route53/zone:Zone::${name}`, properties: ["forceDestroy"] })),
      { name: "aws:s3/bucket:Bucket::hub-logs", properties: ["forceDestroy"] },
    ]);
    expect(dev?.update).to.deep.equal([
      { name: "aws:eks/cluster:Cluster::dev-eksCluster", properties: ["deletionProtection"] },
    ]);
    expect([hub, dev].map((each) => [each?.create, each?.replace, each?.delete])).to.deep.equal([
      [[], [], []],
      [[], [], []],
    ]);
  });
});
