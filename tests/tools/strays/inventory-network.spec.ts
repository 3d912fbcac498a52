import { expect } from "chai";
import type { PlannedResource } from "../../../tools/planner/engine/resource";
import { plan } from "../../../tools/planner/plan";
import { listExisting } from "../../../tools/strays/inventory/inventory";
import type { ExistingResource } from "../../../tools/strays/kinds";
import { project, stack } from "../../support/plans";
import { DEV, fakeAws, notFound, tags } from "./support";

const day = new Date("2026-11-25T07:12:00Z");
const created = "2026-11-25T07:12:00.000Z";
const inDev = { tagged: true, vpc: "vpc-1" };

describe("the existing resources of a network", () => {
  let planned: readonly PlannedResource[];
  before(async () => {
    planned = stack(await plan(project), "dev").resources;
  });
  const NONE = { DescribeCluster: notFound() };
  const found = async (answers: Parameters<typeof fakeAws>[0]): Promise<readonly ExistingResource[]> =>
    listExisting(fakeAws({ ...NONE, ...answers }), DEV, planned);

  it("are none if nothing exists", async () => {
    expect(await found({})).to.deep.equal([]);
  });

  it("include resources with both tags of the stack, from every page", async () => {
    const requests: unknown[] = [];
    const items = await found({
      DescribeVpcs: (input) => {
        requests.push(input);
        const second = input["NextToken"] === "more";
        return {
          Vpcs: [{ VpcId: second ? "vpc-2" : "vpc-1", CidrBlock: "10.1.0.0/16", Tags: tags("dev") }],
          ...(second ? {} : { NextToken: "more" }),
        };
      },
      DescribeAddresses: { Addresses: [{ AllocationId: "eipalloc-1", Tags: tags("dev-1") }] },
      DescribeDhcpOptions: { DhcpOptions: [{ DhcpOptionsId: "dopt-1", Tags: tags("").slice(0, 2) }] },
      DescribeLaunchTemplates: {
        LaunchTemplates: [
          { LaunchTemplateId: "lt-1", LaunchTemplateName: "dev-system-1-0a1b2c3", CreateTime: day },
          {
            LaunchTemplateId: "lt-2",
            LaunchTemplateName: "karpenter.k8s.aws/1",
            Tags: [{ Key: "kubernetes.io/cluster/piksel-dev", Value: "owned" }],
          },
        ],
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
    expect(requests).to.deep.equal([{ Filters }, { Filters, NextToken: "more" }]);
    const tagged = true;
    expect(items).to.deep.equal([
      { kind: "vpc", id: "vpc-1", name: "dev", tagged, cidr: "10.1.0.0/16" },
      { kind: "vpc", id: "vpc-2", name: "dev", tagged, cidr: "10.1.0.0/16" },
      { kind: "address", id: "eipalloc-1", name: "dev-1", tagged },
      { kind: "dhcpOptions", id: "dopt-1", name: "", tagged },
      { kind: "launchTemplate", id: "lt-1", name: "dev-system-1-0a1b2c3", tagged, created, cluster: undefined },
      { kind: "launchTemplate", id: "lt-2", name: "karpenter.k8s.aws/1", tagged, cluster: "piksel-dev" },
      { kind: "transitGateway", id: "tgw-1", name: "hub", tagged, created },
      { kind: "transitRouteTable", id: "tgw-rtb-1", name: "hub-hub", tagged, created },
    ]);
  });

  it("include the contents of the stack's VPCs, except parts that are deleted with the VPC or with another resource", async () => {
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
          { RouteTableId: "rtb-nat", Associations: [], Routes: [{ DestinationCidrBlock: "0.0.0.0/0" }] },
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
          {
            ...{ NatGatewayId: "nat-2", Tags: tags("dev-regional"), CreateTime: day, State: "available" },
            ...{ AvailabilityMode: "regional", RouteTableId: "rtb-nat" },
          },
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
    // deep.equal distinguishes absent and undefined fields.
    expect(JSON.parse(JSON.stringify(items.slice(1)))).to.deep.equal([
      { kind: "internetGateway", id: "igw-1", name: "dev", ...inDev },
      { kind: "subnet", id: "subnet-1", name: "dev-private-1", ...inDev, cidr: "10.1.0.0/18" },
      { kind: "subnet", id: "subnet-2", name: "theirs", tagged: false, vpc: "vpc-1", cidr: "10.1.250.0/24" },
      { kind: "routeTable", id: "rtb-1", name: "dev-private-1", ...inDev, associations: ["rtbassoc-1"] },
      { kind: "routeTableAssociation", id: "subnet-1/rtb-1", ...table, subnet: "subnet-1" },
      { kind: "route", id: "rtb-1_0.0.0.0/0", ...table, destination: "0.0.0.0/0" },
      { kind: "natGateway", id: "nat-1", name: "dev-1", ...inDev, subnet: "subnet-3", created },
      { kind: "natGateway", id: "nat-2", name: "dev-regional", ...inDev, created },
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

  it("are not listed if a call fails, and the error gives AWS's reason", async () => {
    const denied = Object.assign(new Error("You are not authorized."), {
      name: "UnauthorizedOperation",
      $metadata: {},
    });
    let reason = "";
    await found({ DescribeFlowLogs: denied, DescribeVpcs: { Vpcs: [{ VpcId: "vpc-1", Tags: tags("dev") }] } }).catch(
      (error: unknown) => (reason = (error as Error).message),
    );
    expect(reason).to.equal("The credentials have no permission for ec2:DescribeFlowLogs: You are not authorized.");
  });
});
