import { expect } from "chai";
import type { PlannedResource } from "../../../tools/planner/engine/resource";
import { plan } from "../../../tools/planner/plan";
import { listExisting } from "../../../tools/strays/inventory/inventory";
import type { ExistingResource } from "../../../tools/strays/kinds";
import { project, stack } from "../../support/plans";
import { DEV, fakeAws, notFound, tags } from "./support";

const day = new Date("2026-11-25T07:12:00Z");
const created = "2026-11-25T07:12:00.000Z";

describe("the existing resources of a stack, outside its network", () => {
  let planned: readonly PlannedResource[];
  let hub: readonly PlannedResource[];
  before(async () => {
    const all = await plan(project);
    planned = stack(all, "dev").resources;
    hub = stack(all, "hub").resources;
  });
  const NONE = { DescribeCluster: notFound() };
  const found = async (answers: Parameters<typeof fakeAws>[0]): Promise<readonly ExistingResource[]> =>
    listExisting(fakeAws({ ...NONE, ...answers }), DEV, planned);

  it("include the cluster, its node groups and add-ons", async () => {
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

  it("include tagged resources of other services, without keys pending deletion", async () => {
    const arn = (service: string, rest: string, account = "222222222222"): string =>
      `arn:aws:${service}:ap-southeast-3:${account}:${rest}`;
    const arns = [
      arn("cloudwatch", "alarm:piksel-dev-critical"),
      arn("cloudwatch", "alarm:piksel-dev-group-2"),
      arn("cloudwatch", "alarm:piksel-dev-nat-ports-1"),
      arn("ec2", "vpc/vpc-1"),
      arn("eks", "cluster/piksel-dev"),
      arn("eks", "podidentityassociation/piksel-dev/a-1"),
      arn("events", "rule/dev-karpenter-health-0a1b2c3"),
      arn("kms", "key/1"),
      arn("kms", "key/2"),
      arn("logs", "log-group:/aws/eks/piksel-dev/cluster"),
      ...["rule-group-association/rslvr-frgassoc-1", "rule-group/rslvr-frg-1", "domain-list/rslvr-fdl-1"].map((each) =>
        arn("route53resolver", `firewall-${each}`),
      ),
      arn("network-firewall", "firewall/hub-inspection-0a1b2c3"),
      arn("network-firewall", "firewall-policy/hub-inspection-policy-0a1b2c3"),
      arn("network-firewall", "stateful-rulegroup/hub-inspection-policy-networks-0a1b2c3"),
      "arn:aws:s3:::hub-logs-0a1b2c3",
      arn("sqs", "piksel-dev"),
      arn("ssm", "parameter/piksel/dev/deletion-guard"),
      arn("elasticloadbalancing", "loadbalancer/net/x"),
      arn("elasticloadbalancing", "targetgroup/k8s-web/1"),
    ];
    const ofController = [{ Key: "elbv2.k8s.aws/cluster", Value: "piksel-dev" }];
    const pages = [arns.slice(0, 6), arns.slice(6)];
    const items = await found({
      GetResources: ({ PaginationToken }) => ({
        ResourceTagMappingList: pages[PaginationToken === "more" ? 1 : 0]!.map((ResourceARN) => ({
          ResourceARN,
          Tags: ResourceARN.includes("targetgroup") ? ofController : [],
        })),
        PaginationToken: PaginationToken === "more" ? "" : "more",
      }),
      "kms describe-key": ({ words }) => ({
        KeyMetadata: { KeyState: (words as string[]).includes("2") ? "PendingDeletion" : "Enabled" },
      }),
    });
    expect(
      items.map(({ kind, id, name, cluster }) => [kind, id, name, ...(cluster === undefined ? [] : [cluster])]),
    ).to.deep.equal([
      ["compositeAlarm", "piksel-dev-critical", "piksel-dev-critical"],
      ["compositeAlarm", "piksel-dev-group-2", "piksel-dev-group-2"],
      ["metricAlarm", "piksel-dev-nat-ports-1", "piksel-dev-nat-ports-1"],
      ["podIdentity", "piksel-dev,a-1", "", "piksel-dev"],
      ["eventRule", "dev-karpenter-health-0a1b2c3", "dev-karpenter-health-0a1b2c3"],
      ["key", "1", ""],
      ["logGroup", "/aws/eks/piksel-dev/cluster", "/aws/eks/piksel-dev/cluster"],
      ["firewallAssociation", "rslvr-frgassoc-1", ""],
      ["firewallRuleGroup", "rslvr-frg-1", ""],
      ["firewallDomainList", "rslvr-fdl-1", ""],
      ["networkFirewall", arn("network-firewall", "firewall/hub-inspection-0a1b2c3"), "hub-inspection-0a1b2c3"],
      [
        "networkFirewallPolicy",
        arn("network-firewall", "firewall-policy/hub-inspection-policy-0a1b2c3"),
        "hub-inspection-policy-0a1b2c3",
      ],
      [
        "networkRuleGroup",
        arn("network-firewall", "stateful-rulegroup/hub-inspection-policy-networks-0a1b2c3"),
        "hub-inspection-policy-networks-0a1b2c3",
      ],
      ["bucket", "hub-logs-0a1b2c3", "hub-logs-0a1b2c3"],
      ["queue", "https://sqs.ap-southeast-3.amazonaws.com/222222222222/piksel-dev", "piksel-dev"],
      ["parameter", "/piksel/dev/deletion-guard", "/piksel/dev/deletion-guard"],
      ["other", arn("elasticloadbalancing", "loadbalancer/net/x"), ""],
      ["other", arn("elasticloadbalancing", "targetgroup/k8s-web/1"), "", "piksel-dev"],
    ]);
  });

  it("include roles by their names and tags, and the log group of the cluster, which may have no tags", async () => {
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

  it("include the dashboard with the name of the stack, which has no tags, and no other one", async () => {
    const entry = (name: string) => ({
      DashboardName: name,
      DashboardArn: `arn:aws:cloudwatch::222222222222:dashboard/${name}`,
    });
    const items = await found({
      "cloudwatch list-dashboards": ({ words }) => {
        expect((words as string[]).slice(2, 4)).to.deep.equal(["--dashboard-name-prefix", "piksel-dev"]);
        return { DashboardEntries: [entry("piksel-dev"), entry("piksel-dev-2"), entry("piksel-dev2")] };
      },
    });
    expect(items).to.deep.equal([
      {
        ...{ kind: "dashboard", id: "piksel-dev", name: "piksel-dev", tagged: true },
        arn: "arn:aws:cloudwatch::222222222222:dashboard/piksel-dev",
      },
    ]);
  });

  it("include the private zones that a hub plans, but no other zone with the same name", async () => {
    const zone = (id: string, Name: string, PrivateZone = true): object => ({
      Id: `/hostedzone/${id}`,
      Name,
      Config: { PrivateZone },
    });
    const items = await listExisting(
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
      { prefix: "piksel", stack: "hub", account: "111111111111", region: "ap-southeast-3" },
      hub,
    );
    expect(items).to.deep.equal([{ kind: "hostedZone", id: "Z1", name: "piksel.internal", tagged: true }]);
  });
});
