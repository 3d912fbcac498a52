import { expect } from "chai";
import program from "../../../index";
import { runChecks } from "../../../tools/checks";
import { cloud } from "../../../tools/planner/doubles/cloud";
import type { PlannedResource, Properties } from "../../../tools/planner/engine/resource";
import { run } from "../../../tools/planner/engine/run";
import { plan } from "../../../tools/planner/plan";
import { configForProgram, type Project, stackConfig } from "../../../tools/planner/project/project";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { withConnections } from "../../support/connections";
import { changes, project, register, stack, withConfig, withNetworks } from "../../support/plans";

const egress = (base: Project, zones = 3): Project =>
  withConfig(base, "hub", { "central-egress": true, "az-count": zones });
const inspected = (base: Project, zones = 3): Project => withConfig(egress(base, zones), "hub", { inspection: true });

const nothing = { create: [], update: [], replace: [], delete: [] };
/** `TYPE NAME`, without modules, sorted. */
const names = (list: readonly string[] | undefined): string[] =>
  [...(list ?? [])].map((key) => key.replace(/^.*:(\w+)::/, "$1 ")).sort();

/** The routes to the firewall in a route table of spokes. */
const routesOf = (table: string): string[] => ["hub", "low", "high"].map((to) => `Route ${table}-inspection-${to}`);
/** Everything that inspection adds, in a hub of any number of AZs. */
const ADDED = [
  ...["Inspection hub-inspection", "FirewallPolicy hub-inspection-policy", "FirewallPolicy hub-inspection-policy"],
  ...["RuleGroup hub-inspection-policy-networks", "Firewall hub-inspection", "LoggingConfiguration hub-inspection"],
  ...["RouteTablePropagation hub-inspection-hub", "Route hub-hub-blackhole", "Route hub-hub-internet"],
  ...["RouteTableAssociation hub-inspection", "RouteTable hub-inspected", "Route hub-inspected"],
  ...routesOf("hub-spokes"),
];
/** The hub's attachment moves to another route table. */
const MOVED = [
  {
    name: "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation::hub",
    properties: ["transitGatewayRouteTableId"],
  },
];

describe("inspection", () => {
  for (const zones of [2, 3]) {
    it(`adds one firewall with routes on the transit gateway to a hub of ${String(zones)} AZs, and moves the hub's attachment`, async () => {
      const { hub, ...spokes } = await changes(egress(project, zones), inspected(project, zones));
      expect({ ...hub, create: names(hub?.create) }).to.deep.equal({
        ...{ create: [...ADDED].sort(), update: [], replace: MOVED, delete: [] },
      });
      expect(spokes).to.deep.equal({ dev: nothing, staging: nothing, prod: nothing });
      const { resources } = stack(await plan(inspected(project, zones)), "hub");
      expect(one(resources, "Firewall", "hub-inspection").inputs["availabilityZoneMappings"]).to.deep.equal(
        ["a", "b", "c"].slice(0, zones).map((letter) => ({ availabilityZoneId: `ap-southeast-3${letter}` })),
      );
    });
  }

  it("adds routes to the firewall in the table of each connected spoke", async () => {
    const pair = withConnections(project, [["dev", "staging"]]);
    const { hub } = await changes(egress(pair), inspected(pair));
    const ofSpokes = ["dev", "staging"].flatMap((spoke) => routesOf(`hub-connection-${spoke}`));
    expect({ ...hub, create: names(hub?.create) }).to.deep.equal({
      ...{ create: [...ADDED, ...ofSpokes].sort(), update: [], replace: MOVED, delete: [] },
    });
  });

  it("deletes exactly the same when it is switched off again", async () => {
    const { hub } = await changes(inspected(project), egress(project));
    expect({ ...hub, delete: names(hub?.delete) }).to.deep.equal({
      ...{ create: [], update: [], replace: MOVED, delete: [...ADDED].sort() },
    });
  });

  it("adds an endpoint in place with a third AZ, and changes nothing in the hub with another spoke", async () => {
    const { hub } = await changes(inspected(project, 2), inspected(project, 3));
    expect(hub?.update.filter(({ name }) => name.includes("inspection"))).to.deep.equal([
      { name: "aws:networkfirewall/firewall:Firewall::hub-inspection", properties: ["availabilityZoneMappings"] },
    ]);
    expect(names(hub?.create).filter((name) => name.includes("inspect"))).to.deep.equal([]);
    expect([hub?.replace, hub?.delete]).to.deep.equal([[], []]);

    const qa = { ...register(), qa: { cidr: "10.4.0.0/16", account: "555555555555" } };
    const more = await changes(inspected(project), inspected(withNetworks(project, qa)));
    const all = [...(more["hub"]?.create ?? []), ...(more["hub"]?.update ?? []).map(({ name }) => name)];
    expect(all.filter((key) => /networkfirewall|ec2transitgateway/.test(key))).to.deep.equal([]);
    expect([more["hub"]?.replace, more["hub"]?.delete]).to.deep.equal([[], []]);
  });

  it("passes every check, with and without connections, and with spokes that use the hub's NAT gateways", async () => {
    for (const connections of [[], [["dev", "staging"]], [["prod", "all"]]]) {
      for (const spokes of ["zonal", "hub"]) {
        const base = ["dev", "prod"].reduce((all, spoke) => withConfig(all, spoke, { egress: spokes }), project);
        const results = runChecks(stacksOfPlan(await plan(withConnections(inspected(base), connections))));
        expect(results.filter(({ passed }) => !passed)).to.deep.equal([]);
      }
    }
  });
});

function one(resources: readonly PlannedResource[], type: string, name: string): PlannedResource {
  const found = resources.find((each) => each.name === name && each.type.endsWith(`:${type}`));
  if (found === undefined) throw new Error(`no ${type} ${name}`);
  return found;
}

const after = ({ dependsOn }: PlannedResource): string[] => names(dependsOn);

describe("the order of inspection", () => {
  let resources: readonly PlannedResource[];
  before(async () => {
    ({ resources } = stack(await plan(inspected(withConnections(project, [["dev", "staging"]]))), "hub"));
  });

  it("leads nothing to the firewall before it has its logs, its route table and all routes behind it", () => {
    const ready = [
      ...["LoggingConfiguration hub-inspection", "RouteTableAssociation hub-inspection", "Route hub-inspected"],
    ];
    for (const table of ["hub-spokes", "hub-connection-dev"]) {
      for (const to of ["hub", "low", "high"]) {
        expect(after(one(resources, "Route", `${table}-inspection-${to}`))).to.include.members(ready);
      }
    }
    expect(after(one(resources, "RouteTableAssociation", "hub"))).to.include.members(ready);
    expect(after(one(resources, "RouteTableAssociation", "hub-inspection"))).to.include.members([
      ...["Route hub-hub-blackhole", "Route hub-hub-internet", "RouteTablePropagation hub-inspection-hub"],
    ]);
  });

  it("deletes the routes to a firewall before those to another, because a table has one route for a CIDR", () => {
    const routes = resources.filter(({ type, inputs }) =>
      type.endsWith(":Route") ? String(inputs["transitGatewayAttachmentId"]).includes("Firewall::") : false,
    );
    expect(routes).to.have.lengthOf(10);
    expect(routes.filter(({ options }) => options.deleteBeforeReplace !== true)).to.deep.equal([]);
  });

  it("attaches the firewall after the hub, whose AZs the transit gateway then has", () => {
    expect(after(one(resources, "Firewall", "hub-inspection"))).to.include("VpcAttachment hub");
  });

  it("protects the firewall in Pulumi and in AWS while protect is true", async () => {
    const firewall = one(resources, "Firewall", "hub-inspection");
    expect([firewall.options.protect, firewall.inputs["deleteProtection"]]).to.deep.equal([true, true]);
    const open = stack(await plan(withConfig(inspected(project), "hub", { protect: false })), "hub").resources;
    const other = one(open, "Firewall", "hub-inspection");
    expect([other.options.protect === true, other.inputs["deleteProtection"]]).to.deep.equal([false, false]);
  });

  it("logs alerts and flows to the log archive, after its policy", () => {
    const logs = one(resources, "LoggingConfiguration", "hub-inspection");
    expect(logs.inputs["loggingConfiguration"]).to.deep.equal({
      logDestinationConfigs: ["ALERT", "FLOW"].map((logType) => ({
        ...{ logType, logDestinationType: "S3" },
        logDestination: { bucketName: "${aws:s3/bucket:Bucket::hub-logs}" },
      })),
    });
    expect(after(logs)).to.include("BucketPolicy hub-logs");
  });
});

describe("the policy of the firewall", () => {
  const policyWith = async (config: Properties) => {
    const { resources } = stack(await plan(withConfig(inspected(project), "hub", config)), "hub");
    const policy = one(resources, "FirewallPolicy", "hub-inspection-policy");
    return { resources, policy: resources.find((each) => each.type.startsWith("aws:") && each.name === policy.name) };
  };
  const groupArn = (name: string): string =>
    `arn:aws:network-firewall:ap-southeast-3:aws-managed:stateful-rulegroup/${name}StrictOrder`;
  const own = (name: string): string => `\${aws:networkfirewall/ruleGroup:RuleGroup::hub-inspection-policy-${name}}`;

  it("drops what the rule groups of AWS know, passes traffic between networks, and reports the rest", async () => {
    const { policy } = await policyWith({});
    expect(policy?.inputs["firewallPolicy"]).to.deep.equal({
      statelessDefaultActions: ["aws:forward_to_sfe"],
      statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
      statefulEngineOptions: { ruleOrder: "STRICT_ORDER", streamExceptionPolicy: "REJECT" },
      statefulDefaultActions: ["aws:alert_established_app_layer_to_server"],
      statefulRuleGroupReferences: [
        { priority: 1, resourceArn: groupArn("BotNetCommandAndControlDomains") },
        { priority: 2, resourceArn: groupArn("MalwareDomains") },
        { priority: 100, resourceArn: own("networks") },
      ],
      policyVariables: { ruleVariables: [{ key: "HOME_NET", ipSet: { definitions: ["10.0.0.0/8"] } }] },
    });
  });

  it("passes packets and not whole connections between networks, so that the rule groups of AWS see all of them", async () => {
    const { resources } = await policyWith({});
    expect(one(resources, "RuleGroup", "hub-inspection-policy-networks").inputs["ruleGroup"]).to.deep.equal({
      statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
      rulesSource: {
        statefulRules: [
          {
            action: "PASS",
            header: {
              ...{ protocol: "IP", source: "10.0.0.0/8", sourcePort: "ANY" },
              ...{ destination: "10.0.0.0/8", destinationPort: "ANY", direction: "FORWARD" },
            },
            ruleOptions: [
              { keyword: "sid", settings: ["1"] },
              { keyword: "flow", settings: ["to_server"] },
            ],
          },
        ],
      },
    });
  });

  it("drops what is not to one of the listed domains", async () => {
    const domains = [".ap-southeast-3.amazonaws.com", "example.com"];
    const { policy, resources } = await policyWith({ "inspection-domains": domains, "inspection-rule-groups": [] });
    const rules = policy?.inputs["firewallPolicy"] as Properties;
    expect(rules["statefulDefaultActions"]).to.deep.equal([
      "aws:drop_established_app_layer_to_server",
      "aws:alert_established_app_layer_to_server",
    ]);
    expect(rules["statefulRuleGroupReferences"]).to.deep.equal([
      { priority: 100, resourceArn: own("networks") },
      { priority: 200, resourceArn: own("domains") },
    ]);
    const { inputs } = one(resources, "RuleGroup", "hub-inspection-policy-domains");
    expect(inputs["ruleGroup"]).to.deep.equal({
      statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
      ruleVariables: { ipSets: [{ key: "HOME_NET", ipSet: { definitions: ["10.0.0.0/8"] } }] },
      rulesSource: {
        rulesSourceList: {
          ...{ generatedRulesType: "ALLOWLIST", targetTypes: ["TLS_SNI", "HTTP_HOST"], targets: domains },
        },
      },
    });
  });

  it("changes a list of domains in place", async () => {
    const some = withConfig(inspected(project), "hub", { "inspection-domains": ["example.com"] });
    const more = withConfig(inspected(project), "hub", { "inspection-domains": ["example.com", "example.org"] });
    const { hub } = await changes(some, more);
    expect(hub).to.deep.equal({
      ...nothing,
      update: [
        { name: "aws:networkfirewall/ruleGroup:RuleGroup::hub-inspection-policy-domains", properties: ["ruleGroup"] },
      ],
    });
  });
});

/** Runs the program of the hub in an account with these AZs, by AZ ID. */
async function runHub(changed: Project, zones: Readonly<Record<string, string>>): Promise<readonly PlannedResource[]> {
  const config = configForProgram(changed, "hub", stackConfig(changed, changed.stacks["hub"] ?? {}));
  const { resources } = await run(
    program,
    cloud({}, undefined, () => zones),
    {
      ...{ project: project.name, stack: "hub", organization: "acme", config, preview: false },
    },
  );
  return resources;
}

describe("the AZs of the firewall", () => {
  const zones = { "apse3-az2": "ap-southeast-3a", "apse3-az3": "ap-southeast-3b", "apse3-az1": "ap-southeast-3c" };

  it("are the AZ IDs that the hub's AZs have in its account", async () => {
    const firewall = one(await runHub(inspected(project), zones), "Firewall", "hub-inspection");
    expect(firewall.inputs["availabilityZoneMappings"]).to.deep.equal(
      ["apse3-az2", "apse3-az3", "apse3-az1"].map((availabilityZoneId) => ({ availabilityZoneId })),
    );
  });

  it("must exist in the account", async () => {
    const refused = await runHub(inspected(project), { "apse3-az1": "ap-southeast-3a" }).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    expect(refused?.message).to.equal(
      "Account 111111111111 does not have ap-southeast-3b in ap-southeast-3, in which the firewall needs an endpoint: " +
        "correct availability-zones of hub; it has ap-southeast-3a.",
    );
  });
});
