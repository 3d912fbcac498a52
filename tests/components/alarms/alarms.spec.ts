import { expect } from "chai";
import type { Json } from "../../../tools/planner/engine/resource";
import { plan, type Plan } from "../../../tools/planner/plan";
import type { Project } from "../../../tools/planner/project/project";
import { changes, project, projectWithAlarms, register, stack, withConfig, withNetworks } from "../../support/plans";
import { evaluate } from "../../support/iam";
import { policyOf } from "../../support/policies";
import { DATA_CENTRE, OFFICE, withSites } from "../../support/sites";

const EMAIL = "network@example.org";
const PAGER = "arn:aws:sns:ap-southeast-3:999999999999:on-call";
const TOPIC = (name: string): string => `arn:aws:sns:ap-southeast-3:222222222222:piksel-dev-${name}`;

const METRIC = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const named = (type: string, stackName: string, ...keys: readonly string[]): string[] =>
  keys.map((key) => `${type}::${stackName}-alarm${key === "" ? "" : `-${key}`}`);

/** The topic of a severity. */
const topicOf = (name: string, severity: string): string[] =>
  ["piksel:alarms:AlarmTopic", "aws:sns/topic:Topic", "aws:sns/topicPolicy:TopicPolicy"].flatMap((type) =>
    named(type, name, severity),
  );

/** What each stack has for its alarms, apart from the alarms themselves. */
const common = (name: string): string[] => [
  ...named("piksel:alarms:Alarms", name, ""),
  ...topicOf(name, "warning"),
  ...named("aws:cloudwatch/dashboard:Dashboard", name, ""),
];
const RULE = "aws:cloudwatch/eventRule:EventRule";
const rule = (name: string) => [{ name: `${RULE}::${name}-transit-events`, properties: ["eventPattern"] }];
const sorted = (list: readonly string[] | undefined): string[] => [...(list ?? [])].sort();

let planned: Plan;
before(async () => {
  const keys = { "alarm-emails": [EMAIL], "alarm-topics": [PAGER] };
  planned = await plan(withConfig(withConfig(projectWithAlarms, "dev", keys), "hub", keys));
});
const inputs = (name: string, type: string, resource: string): Readonly<Record<string, Json>> =>
  stack(planned, name).resources.find((each) => each.type === type && each.name === resource)?.inputs ?? {};

describe("alarms", () => {
  it("add exactly these resources to the hub and to a spoke, and change only which events are reported", async () => {
    const { hub, dev } = await changes(project, projectWithAlarms);
    expect({ ...hub, create: sorted(hub?.create) }).to.deep.equal({
      ...{ update: rule("hub"), replace: [], delete: [] },
      create: sorted([
        ...common("hub"),
        ...named(METRIC, "hub", "transit-loop", "transit-no-route", "transit-blackhole"),
        ...named(METRIC, "hub", "resolver-down", "resolver-address", "resolver-queries-1", "resolver-queries-2"),
      ]),
    });
    expect({ ...dev, create: sorted(dev?.create) }).to.deep.equal({
      ...{ update: rule("dev"), replace: [], delete: [] },
      create: sorted([
        ...common("dev"),
        ...named(METRIC, "dev", "nat-ports-1", "nat-drops-1", "attachment-no-route", "attachment-blackhole"),
        ...named(METRIC, "dev", "cluster-errors", "cluster-storage", "cluster-pending-pods"),
        ...named(METRIC, "dev", "nodes-missing-1", "nodes-missing-2"),
      ]),
    });
  });

  it("page through a topic of their own as soon as the configuration names somebody to page", async () => {
    const changesWith = async (keys: Record<string, Json>) =>
      (await changes(projectWithAlarms, withConfig(projectWithAlarms, "dev", keys))).dev;
    const page = [...topicOf("dev", "critical"), ...named(COMPOSITE, "dev", "")];
    const dashboard = [{ name: "aws:cloudwatch/dashboard:Dashboard::dev-alarm", properties: ["dashboardBody"] }];
    const topics = await changesWith({ "alarm-topics": [PAGER] });
    expect({ ...topics, create: sorted(topics?.create) }).to.deep.equal({
      ...{ update: dashboard, replace: [], delete: [] },
      create: sorted(page),
    });
    const emails = await changesWith({ "alarm-emails": [EMAIL] });
    expect(sorted(emails?.create)).to.deep.equal(
      sorted([
        ...page,
        `aws:sns/topicSubscription:TopicSubscription::dev-alarm-critical-${EMAIL}`,
        `aws:sns/topicSubscription:TopicSubscription::dev-alarm-warning-${EMAIL}`,
      ]),
    );
  });

  it("follow what a stack has: a gateway, an AZ, no cluster, no Resolver endpoint", async () => {
    const with_ = async (name: string, keys: Record<string, Json>) =>
      (await changes(projectWithAlarms, withConfig(projectWithAlarms, name, keys)))[name];
    const alarmsIn = (list: readonly string[] | undefined): string[] =>
      sorted(list?.filter((each) => each.includes("larm::")));
    const nat = await with_("dev", { "one-nat-per-az": true });
    expect(alarmsIn(nat?.create)).to.deep.equal(sorted(named(METRIC, "dev", "nat-ports-2", "nat-drops-2")));
    expect([nat?.replace, nat?.delete]).to.deep.equal([[], []]);
    const zone = await with_("dev", { "az-count": 3 });
    expect(alarmsIn(zone?.create)).to.deep.equal(named(METRIC, "dev", "nodes-missing-3"));
    expect([zone?.replace, zone?.delete]).to.deep.equal([[], []]);
    const bare = await with_("dev", { cluster: false });
    expect(alarmsIn(bare?.delete)).to.deep.equal(
      sorted(
        named(METRIC, "dev", "cluster-errors", "cluster-storage", "cluster-pending-pods").concat(
          named(METRIC, "dev", "nodes-missing-1", "nodes-missing-2"),
        ),
      ),
    );
    const quiet = await with_("hub", { "inbound-resolver": false });
    expect(alarmsIn(quiet?.delete)).to.deep.equal(
      sorted(named(METRIC, "hub", "resolver-down", "resolver-address", "resolver-queries-1", "resolver-queries-2")),
    );
  });

  it("do not change in the hub when a spoke joins: its attachment is the spoke's to watch", async () => {
    const networks = { ...register(), qa: { cidr: "10.4.0.0/16", account: "555555555555" } };
    const { hub } = await changes(projectWithAlarms, withNetworks(projectWithAlarms, networks));
    const all = [...(hub?.create ?? []), ...(hub?.update ?? []).map(({ name }) => name), ...(hub?.delete ?? [])];
    expect(all.filter((each) => /alarm/i.test(each))).to.deep.equal([]);
    expect(all).to.have.length.above(10);
  });

  it("measure an attachment by both dimensions of its metrics", () => {
    for (const kind of ["attachment-no-route", "attachment-blackhole"]) {
      expect(inputs("dev", METRIC, `dev-alarm-${kind}`)["dimensions"]).to.deep.equal({
        TransitGateway: "${aws:ec2transitgateway/transitGateway:TransitGateway::hub}",
        TransitGatewayAttachment: "${aws:ec2transitgateway/vpcAttachment:VpcAttachment::dev}",
      });
    }
  });

  it("measure one metric with one dimension", () => {
    expect(inputs("dev", METRIC, "dev-alarm-nat-ports-1")).to.deep.equal({
      name: "piksel-dev-nat-ports-1",
      alarmDescription:
        "The NAT gateway has no source port left and refuses connections. Runbook: docs/runbooks/alarms.md#nat-ports",
      namespace: "AWS/NATGateway",
      metricName: "ErrorPortAllocation",
      dimensions: { NatGatewayId: "${aws:ec2/natGateway:NatGateway::dev-1}" },
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      treatMissingData: "notBreaching",
    });
  });

  it("or an expression of several metrics, of which only the expression returns data", () => {
    const metric = (id: string, metricName: string) => ({
      id,
      metric: {
        ...{ namespace: "AWS/AutoScaling", metricName, stat: "Average", period: 300 },
        dimensions: {
          AutoScalingGroupName: "${aws:eks/nodeGroup:NodeGroup::dev-system-2.resources[0].autoscalingGroups[0].name}",
        },
      },
    });
    expect(inputs("dev", METRIC, "dev-alarm-nodes-missing-2")["metricQueries"]).to.deep.equal([
      {
        id: "result",
        expression: "wanted - running",
        label: "A managed node group has had fewer nodes than it should for 20 minutes.",
        returnData: true,
      },
      metric("wanted", "GroupDesiredCapacity"),
      metric("running", "GroupInServiceInstances"),
    ]);
  });

  it("page through one composite alarm with every critical alarm, and warn each by itself", () => {
    expect(inputs("dev", COMPOSITE, "dev-alarm")).to.deep.equal({
      alarmName: "piksel-dev-critical",
      alarmDescription: "A critical alarm of dev is in alarm: see which. Runbook: docs/runbooks/alarms.md#the-page",
      alarmRule: [
        ...["nat-ports-1", "attachment-no-route", "cluster-errors", "cluster-storage"],
        ...["nodes-missing-1", "nodes-missing-2"],
      ]
        .map((key) => `ALARM("piksel-dev-${key}")`)
        .join(" OR "),
      alarmActions: [TOPIC("critical"), PAGER],
      okActions: [TOPIC("critical"), PAGER],
    });
    const actions = stack(planned, "dev")
      .resources.filter(({ type }) => type === METRIC)
      .map(({ name, inputs: { alarmActions = null } }) => [name.replace("dev-alarm-", ""), alarmActions]);
    expect(actions.filter(([, each]) => each !== null)).to.have.deep.members(
      ["nat-drops-1", "attachment-blackhole", "cluster-pending-pods"].map((key) => [key, [TOPIC("warning")]]),
    );
  });

  it("reach each address by both topics, and in the hub by the topic of events", () => {
    const subscriptions = (name: string) =>
      stack(planned, name)
        .resources.filter(({ type }) => type === "aws:sns/topicSubscription:TopicSubscription")
        .map((each) => [each.name, each.inputs["protocol"], each.inputs["endpoint"]]);
    expect(subscriptions("dev")).to.deep.equal([
      [`dev-alarm-warning-${EMAIL}`, "email", EMAIL],
      [`dev-alarm-critical-${EMAIL}`, "email", EMAIL],
    ]);
    expect(subscriptions("hub").map(([each]) => each)).to.have.members([
      `hub-events-${EMAIL}`,
      `hub-alarm-critical-${EMAIL}`,
      `hub-alarm-warning-${EMAIL}`,
    ]);
    expect(subscriptions("staging")).to.deep.equal([]);
  });
});

describe("the topic of alarms", () => {
  const publish = (principal: string, context: Record<string, string>): string =>
    evaluate(policyOf(planned, "dev", "aws:sns/topicPolicy:TopicPolicy::dev-alarm-critical"), {
      ...{ principal, action: "sns:Publish", resource: TOPIC("critical") },
      context: { "aws:SecureTransport": "true", ...context },
    });
  const alarm = (account: string, name: string): Record<string, string> => ({
    "aws:SourceArn": `arn:aws:cloudwatch:ap-southeast-3:${account}:alarm:${name}`,
  });

  it("takes messages of this stack's alarms, and of nothing else", () => {
    expect(publish("cloudwatch.amazonaws.com", alarm("222222222222", "piksel-dev-critical"))).to.equal("allowed");
    expect(publish("cloudwatch.amazonaws.com", alarm("222222222222", "mine"))).to.equal("not allowed");
    expect(publish("cloudwatch.amazonaws.com", alarm("999999999999", "piksel-dev-critical"))).to.equal("not allowed");
    expect(publish("events.amazonaws.com", alarm("222222222222", "piksel-dev-critical"))).to.equal("not allowed");
    expect(publish("arn:aws:iam::222222222222:role/x", {})).to.equal("not allowed");
  });

  it("refuses whatever comes without TLS", () => {
    const plain = { ...alarm("222222222222", "piksel-dev-critical"), "aws:SecureTransport": "false" };
    expect(publish("cloudwatch.amazonaws.com", plain)).to.equal("denied");
  });
});

describe("alarms of sites and of the path to the internet", () => {
  const created = async (before: Project, after: Project, name: string): Promise<string[]> => {
    const found = (await changes(before, after))[name];
    expect([found?.replace, found?.delete.filter((each) => each.includes("larm::"))]).to.deep.equal([[], []]);
    return sorted(found?.create.filter((each) => /MetricAlarm::/.test(each)));
  };

  it("are two for each VPN connection, and those of the outbound endpoint", async () => {
    const sites = { office: OFFICE, "data-centre": DATA_CENTRE };
    const before = withConfig(projectWithAlarms, "hub", { "alarm-topics": [PAGER] });
    const after = withSites(before, sites, { "corp.example.com": ["192.168.0.53"] });
    expect(await created(before, after, "hub")).to.deep.equal(
      sorted(
        named(METRIC, "hub", "vpn-down-office", "vpn-tunnel-office", "resolver-down-outbound").concat(
          named(METRIC, "hub", "resolver-address-outbound", "forwarding-queries-1", "forwarding-queries-2"),
        ),
      ),
    );
    const hub = stack(await plan(after), "hub");
    const alarm = hub.resources.find(({ name }) => name === "hub-alarm-vpn-down-office");
    expect(alarm?.inputs["dimensions"]).to.deep.equal({
      VpnId: "${aws:ec2/vpnConnection:VpnConnection::hub-site-office}",
    });
    expect(hub.resources.find(({ type }) => type === COMPOSITE)?.inputs["alarmRule"]).to.contain(
      'ALARM("piksel-hub-vpn-down-office")',
    );
  });

  it("are those of the hub's NAT gateways with central egress, and none of the spoke that uses them", async () => {
    const central = withConfig(projectWithAlarms, "hub", { "central-egress": true });
    expect(await created(projectWithAlarms, central, "hub")).to.deep.equal(
      sorted(
        ["ports", "drops"].flatMap((each) =>
          [1, 2, 3].flatMap((n) => named(METRIC, "hub", `nat-${each}-${String(n)}`)),
        ),
      ),
    );
    const { dev } = await changes(central, withConfig(central, "dev", { egress: "hub" }));
    expect(dev?.delete.filter((each) => each.includes("larm::"))).to.deep.equal(
      named(METRIC, "dev", "nat-ports-1", "nat-drops-1"),
    );
  });

  it("are those of one gateway with regional egress, with the id of the gateway", async () => {
    const planned = await plan(withConfig(projectWithAlarms, "prod", { egress: "regional", "one-nat-per-az": false }));
    const alarms = stack(planned, "prod").resources.filter(({ name }) => name.startsWith("prod-alarm-nat-"));
    expect(alarms.map(({ name }) => name)).to.have.members(["prod-alarm-nat-ports-1", "prod-alarm-nat-drops-1"]);
    expect(alarms.find(({ name }) => name.includes("ports"))?.inputs["dimensions"]).to.deep.equal({
      NatGatewayId: "${aws:ec2/natGateway:NatGateway::prod-regional}",
    });
  });
});
