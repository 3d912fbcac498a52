import { expect } from "chai";
import type { PlannedResource } from "../../plan/engine/resource";
import { plan } from "../../plan/plan";
import { inventory } from "../../strays/inventory";
import type { Item } from "../../strays/item";
import { project, stack } from "../support/plans";
import { DEV } from "./existing";
import { fakeAws, notFound, tags } from "./fake-aws";

const day = new Date("2026-11-25T07:12:00Z");
const created = "2026-11-25T07:12:00.000Z";
const inDev = { tagged: true, vpc: "vpc-1" };

describe("the inventory of a stack", () => {
  let planned: readonly PlannedResource[];
  let hub: readonly PlannedResource[];
  before(async () => {
    const all = await plan(project);
    planned = stack(all, "dev").resources;
    hub = stack(all, "hub").resources;
  });
  const NONE = { DescribeCluster: notFound() };
  const found = async (answers: Parameters<typeof fakeAws>[0]): Promise<readonly Item[]> =>
    inventory(fakeAws({ ...NONE, ...answers }), DEV, planned);

  it("is empty where nothing exists", async () => {
    expect(await found({})).to.deep.equal([]);
  });

  it("has what carries the stack's tags, asked for by both tags, on every page", async () => {
    const asked: unknown[] = [];
    const items = await found({
      DescribeVpcs: (input) => {
        asked.push(input);
        const second = input["NextToken"] === "more";
        return {
          Vpcs: [{ VpcId: second ? "vpc-2" : "vpc-1", CidrBlock: "10.1.0.0/16", Tags: tags("dev") }],
          ...(second ? {} : { NextToken: "more" }),
        };
      },
      DescribeAddresses: { Addresses: [{ AllocationId: "eipalloc-1", Tags: tags("dev-1") }] },
      DescribeDhcpOptions: { DhcpOptions: [{ DhcpOptionsId: "dopt-1", Tags: tags("").slice(0, 2) }] },
      DescribeLaunchTemplates: {
        LaunchTemplates: [{ LaunchTemplateId: "lt-1", LaunchTemplateName: "dev-system-1-0a1b2c3", CreateTime: day }],
      },
      DescribeTransitGateways: {
        TransitGateways: [
          { TransitGatewayId: "tgw-1", Tags: tags("hub"), CreationTime: day, State: "available" },
          { TransitGatewayId: "tgw-0", Tags: tags("hub"), State: "deleted" },
        ],
      },
      DescribeTransitGatewayRouteTables: {
        TransitGatewayRouteTables: [
          { TransitGatewayRouteTableId: "tgw-rtb-1", Tags: tags("hub-hub"), CreationTime: day },
        ],
      },
    });
    const Filters = [
      { Name: "tag:Project", Values: ["piksel"] },
      { Name: "tag:Environment", Values: ["dev"] },
    ];
    expect(asked).to.deep.equal([{ Filters }, { Filters, NextToken: "more" }]);
    const tagged = true;
    expect(items).to.deep.equal([
      { kind: "vpc", id: "vpc-1", name: "dev", tagged, cidr: "10.1.0.0/16" },
      { kind: "vpc", id: "vpc-2", name: "dev", tagged, cidr: "10.1.0.0/16" },
      { kind: "address", id: "eipalloc-1", name: "dev-1", tagged },
      { kind: "dhcpOptions", id: "dopt-1", name: "", tagged },
      { kind: "launchTemplate", id: "lt-1", name: "dev-system-1-0a1b2c3", tagged, created },
      { kind: "transitGateway", id: "tgw-1", name: "hub", tagged, created },
      { kind: "transitRouteTable", id: "tgw-rtb-1", name: "hub-hub", tagged, created },
    ]);
  });

  it("has all that is in the stack's VPCs, but for what comes and goes with a VPC or with what it is attached to", async () => {
    const items = await found({
      DescribeVpcs: { Vpcs: [{ VpcId: "vpc-1", CidrBlock: "10.1.0.0/16", Tags: tags("dev") }] },
      DescribeSubnets: {
        Subnets: [
          { SubnetId: "subnet-1", CidrBlock: "10.1.0.0/18", Tags: tags("dev-private-1") },
          { SubnetId: "subnet-2", CidrBlock: "10.1.250.0/24", Tags: [{ Key: "Name", Value: "theirs" }] },
        ],
      },
      DescribeRouteTables: {
        RouteTables: [
          { RouteTableId: "rtb-main", Associations: [{ Main: true }], Routes: [] },
          {
            RouteTableId: "rtb-1",
            Tags: tags("dev-private-1"),
            Associations: [{ SubnetId: "subnet-1", RouteTableAssociationId: "rtbassoc-1" }],
            Routes: [
              { DestinationCidrBlock: "10.1.0.0/16", Origin: "CreateRouteTable" },
              { DestinationCidrBlock: "0.0.0.0/0", Origin: "CreateRoute" },
              { DestinationPrefixListId: "pl-1", Origin: "CreateRoute" },
            ],
          },
        ],
      },
      DescribeInternetGateways: {
        InternetGateways: [{ InternetGatewayId: "igw-1", Tags: tags("dev"), Attachments: [{ VpcId: "vpc-1" }] }],
      },
      DescribeNatGateways: {
        NatGateways: [
          { NatGatewayId: "nat-1", Tags: tags("dev-1"), SubnetId: "subnet-3", CreateTime: day, State: "available" },
          { NatGatewayId: "nat-0", Tags: tags("dev-1"), State: "deleted" },
        ],
      },
      DescribeVpcEndpoints: {
        VpcEndpoints: [
          {
            VpcEndpointId: "vpce-1",
            ServiceName: "com.amazonaws.ap-southeast-3.s3",
            Tags: tags("dev-s3"),
            CreationTimestamp: day,
          },
          { VpcEndpointId: "vpce-2", ServiceName: "com.amazonaws.ap-southeast-3.guardduty-data" },
        ],
      },
      DescribeNetworkInterfaces: {
        NetworkInterfaces: [
          { NetworkInterfaceId: "eni-1", Status: "in-use" },
          {
            NetworkInterfaceId: "eni-2",
            Status: "available",
            Description: "aws-K8S-i-1",
            TagSet: [{ Key: "cluster.k8s.amazonaws.com/name", Value: "piksel-dev" }],
          },
        ],
      },
      DescribeSecurityGroups: {
        SecurityGroups: [
          { GroupId: "sg-0", GroupName: "default" },
          {
            GroupId: "sg-1",
            GroupName: "eks-cluster-sg-piksel-dev-1",
            Tags: [{ Key: "kubernetes.io/cluster/piksel-dev", Value: "owned" }],
          },
        ],
      },
      DescribeTransitGatewayVpcAttachments: {
        TransitGatewayVpcAttachments: [
          { TransitGatewayAttachmentId: "tgw-attach-1", Tags: tags("dev"), CreationTime: day, State: "available" },
        ],
      },
      DescribeFlowLogs: (input) => {
        expect(input["Filter"]).to.deep.equal([{ Name: "resource-id", Values: ["vpc-1"] }]);
        return { FlowLogs: [{ FlowLogId: "fl-1", Tags: tags("dev"), CreationTime: day }] };
      },
      DescribeInstances: {
        Reservations: [
          {
            Instances: [
              {
                InstanceId: "i-1",
                State: { Name: "running" },
                LaunchTime: day,
                Tags: [...tags("dev-system-1"), { Key: "eks:cluster-name", Value: "piksel-dev" }],
              },
              { InstanceId: "i-0", State: { Name: "terminated" } },
            ],
          },
        ],
      },
      ListHostedZonesByVPC: { HostedZoneSummaries: [{ HostedZoneId: "Z1", Name: "dev.piksel.internal." }] },
    });
    const table = { name: "", tagged: false, vpc: "vpc-1", routeTable: "rtb-1" };
    // deep.equal takes an absent field for another than an undefined one.
    expect(JSON.parse(JSON.stringify(items.slice(1)))).to.deep.equal([
      { kind: "internetGateway", id: "igw-1", name: "dev", ...inDev },
      { kind: "subnet", id: "subnet-1", name: "dev-private-1", ...inDev, cidr: "10.1.0.0/18" },
      { kind: "subnet", id: "subnet-2", name: "theirs", tagged: false, vpc: "vpc-1", cidr: "10.1.250.0/24" },
      { kind: "routeTable", id: "rtb-1", name: "dev-private-1", ...inDev, associations: ["rtbassoc-1"] },
      { kind: "routeTableAssociation", id: "subnet-1/rtb-1", ...table, subnet: "subnet-1" },
      { kind: "route", id: "rtb-1_0.0.0.0/0", ...table, destination: "0.0.0.0/0" },
      { kind: "natGateway", id: "nat-1", name: "dev-1", ...inDev, subnet: "subnet-3", created },
      { kind: "endpoint", id: "vpce-1", name: "dev-s3", ...inDev, created },
      {
        kind: "endpoint",
        id: "vpce-2",
        name: "com.amazonaws.ap-southeast-3.guardduty-data",
        tagged: false,
        vpc: "vpc-1",
      },
      {
        kind: "networkInterface",
        id: "eni-2",
        name: "aws-K8S-i-1",
        tagged: false,
        vpc: "vpc-1",
        cluster: "piksel-dev",
      },
      {
        kind: "securityGroup",
        id: "sg-1",
        name: "eks-cluster-sg-piksel-dev-1",
        tagged: false,
        vpc: "vpc-1",
        cluster: "piksel-dev",
      },
      { kind: "transitAttachment", id: "tgw-attach-1", name: "dev", ...inDev, created },
      { kind: "flowLog", id: "fl-1", name: "dev", ...inDev, created },
      { kind: "instance", id: "i-1", name: "dev-system-1", ...inDev, cluster: "piksel-dev", created },
      {
        kind: "zoneAssociation",
        id: "Z1:vpc-1:ap-southeast-3",
        name: "dev.piksel.internal",
        tagged: false,
        vpc: "vpc-1",
      },
    ]);
  });

  it("has the cluster, its node groups and add-ons", async () => {
    const items = await found({
      DescribeCluster: {
        cluster: {
          arn: "arn:aws:eks:ap-southeast-3:222222222222:cluster/piksel-dev",
          createdAt: day,
          resourcesVpcConfig: { vpcId: "vpc-1" },
        },
      },
      ListNodegroups: ({ nextToken }) =>
        nextToken === "more" ? { nodegroups: ["system-2-b"] } : { nodegroups: ["system-1-a"], nextToken: "more" },
      DescribeNodegroup: ({ nodegroupName }) => ({
        nodegroup: { nodegroupArn: `arn:${String(nodegroupName)}`, createdAt: day },
      }),
      ListAddons: { addons: ["coredns"] },
      DescribeAddon: { addon: { addonArn: "arn:coredns", createdAt: day } },
    });
    const part = { tagged: true, cluster: "piksel-dev", created };
    expect(items).to.deep.equal([
      {
        ...{ kind: "cluster", id: "piksel-dev", arn: "arn:aws:eks:ap-southeast-3:222222222222:cluster/piksel-dev" },
        ...{ name: "piksel-dev", tagged: true, vpc: "vpc-1", created },
      },
      { kind: "nodeGroup", id: "piksel-dev:system-1-a", arn: "arn:system-1-a", name: "system-1-a", ...part },
      { kind: "nodeGroup", id: "piksel-dev:system-2-b", arn: "arn:system-2-b", name: "system-2-b", ...part },
      { kind: "addon", id: "piksel-dev:coredns", arn: "arn:coredns", name: "coredns", ...part },
    ]);
  });

  it("has what the tag index has in other services, without keys that are being deleted", async () => {
    const arn = (service: string, rest: string, account = "222222222222"): string =>
      `arn:aws:${service}:ap-southeast-3:${account}:${rest}`;
    const arns = [
      arn("ec2", "vpc/vpc-1"),
      arn("eks", "cluster/piksel-dev"),
      arn("eks", "podidentityassociation/piksel-dev/a-1"),
      arn("events", "rule/dev-karpenter-health-0a1b2c3"),
      arn("kms", "key/1"),
      arn("kms", "key/2"),
      arn("logs", "log-group:/aws/eks/piksel-dev/cluster"),
      "arn:aws:s3:::hub-logs-0a1b2c3",
      arn("sqs", "piksel-dev"),
      arn("ssm", "parameter/piksel/dev/deletion-guard"),
      arn("elasticloadbalancing", "loadbalancer/net/x"),
    ];
    const pages = [arns.slice(0, 6), arns.slice(6)];
    const items = await found({
      GetResources: ({ PaginationToken }) => ({
        ResourceTagMappingList: pages[PaginationToken === "more" ? 1 : 0]!.map((ResourceARN) => ({ ResourceARN })),
        PaginationToken: PaginationToken === "more" ? "" : "more",
      }),
      "kms describe-key": ({ words }) => ({
        KeyMetadata: { KeyState: (words as string[]).includes("2") ? "PendingDeletion" : "Enabled" },
      }),
    });
    expect(
      items.map(({ kind, id, name, cluster }) => [kind, id, name, ...(cluster === undefined ? [] : [cluster])]),
    ).to.deep.equal([
      ["podIdentity", "piksel-dev,a-1", "", "piksel-dev"],
      ["eventRule", "dev-karpenter-health-0a1b2c3", "dev-karpenter-health-0a1b2c3"],
      ["key", "1", ""],
      ["logGroup", "/aws/eks/piksel-dev/cluster", "/aws/eks/piksel-dev/cluster"],
      ["bucket", "hub-logs-0a1b2c3", "hub-logs-0a1b2c3"],
      ["queue", "https://sqs.ap-southeast-3.amazonaws.com/222222222222/piksel-dev", "piksel-dev"],
      ["parameter", "/piksel/dev/deletion-guard", "/piksel/dev/deletion-guard"],
      ["other", arn("elasticloadbalancing", "loadbalancer/net/x"), ""],
    ]);
  });

  it("has roles by their names and tags, and the log group of the cluster, which may have none", async () => {
    const role = (RoleName: string): object => ({
      RoleName,
      Arn: `arn:${RoleName}`,
      CreateDate: "2026-11-25T14:12:00+07:00",
    });
    const items = await found({
      "iam list-roles": {
        Roles: [role("dev-node-0a1b2c3"), role("dev-node-0a1b2c4"), role("dev-made-by-hand"), role("qa-node-0a1b2c3")],
      },
      "iam get-role": ({ words }) => ({
        Role: { Tags: tags("", (words as string[]).includes("dev-node-0a1b2c4") ? "other" : "dev") },
      }),
      "iam list-instance-profiles": {
        InstanceProfiles: [
          { InstanceProfileName: "dev-karpenter-node-0a1b2c3", Arn: "arn:profile", CreateDate: "2026-11-25T07:12:00Z" },
        ],
      },
      "iam get-instance-profile": { InstanceProfile: { Tags: tags("") } },
      "logs describe-log-groups": {
        logGroups: [{ logGroupName: "/aws/eks/piksel-dev/cluster", creationTime: day.getTime() }],
      },
    });
    expect(items).to.deep.equal([
      {
        kind: "logGroup",
        id: "/aws/eks/piksel-dev/cluster",
        name: "/aws/eks/piksel-dev/cluster",
        tagged: true,
        created,
      },
      {
        kind: "instanceProfile",
        id: "dev-karpenter-node-0a1b2c3",
        arn: "arn:profile",
        name: "dev-karpenter-node-0a1b2c3",
        tagged: true,
        created,
      },
      {
        kind: "role",
        id: "dev-node-0a1b2c3",
        arn: "arn:dev-node-0a1b2c3",
        name: "dev-node-0a1b2c3",
        tagged: true,
        created,
      },
    ]);
  });

  it("has the private zones that a hub makes, and not another's of the same name", async () => {
    const zone = (id: string, Name: string, PrivateZone = true): object => ({
      Id: `/hostedzone/${id}`,
      Name,
      Config: { PrivateZone },
    });
    const items = await inventory(
      fakeAws({
        ...NONE,
        ListHostedZones: ({ Marker }) =>
          Marker === "Z3"
            ? { HostedZones: [zone("Z3", "piksel.internal.")], IsTruncated: false }
            : {
                HostedZones: [
                  zone("Z1", "piksel.internal."),
                  zone("Z2", "piksel.internal.", false),
                  zone("Z4", "example.org."),
                ],
                ...{ IsTruncated: true, NextMarker: "Z3" },
              },
        ListTagsForResources: ({ ResourceIds }) => ({
          ResourceTagSets: (ResourceIds as string[]).map((ResourceId) => ({
            ResourceId,
            Tags: ResourceId === "Z1" ? tags("", "hub") : [],
          })),
        }),
      }),
      { stack: "hub", account: "111111111111", region: "ap-southeast-3" },
      hub,
    );
    expect(items).to.deep.equal([{ kind: "hostedZone", id: "Z1", name: "piksel.internal", tagged: true }]);
  });

  it("ends with AWS's reason where a call fails", async () => {
    const denied = Object.assign(new Error("You are not authorized."), {
      name: "UnauthorizedOperation",
      $metadata: {},
    });
    let reason = "";
    await found({ DescribeFlowLogs: denied, DescribeVpcs: { Vpcs: [{ VpcId: "vpc-1", Tags: tags("dev") }] } }).catch(
      (error: unknown) => (reason = (error as Error).message),
    );
    expect(reason).to.equal("The credentials may not call ec2:DescribeFlowLogs: You are not authorized.");
  });
});
