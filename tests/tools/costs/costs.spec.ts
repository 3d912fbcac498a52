import { expect } from "chai";
import { byPart, COST_PARTS, costsOf, total, type CostByPart, type Costing } from "../../../tools/costs/costs";
import type { Prices } from "../../../tools/costs/price-list";
import { plan, type Plan } from "../../../tools/planner/plan";
import { costs } from "../../../tools/report/view/costs";
import { withFirewall } from "../../support/dns-firewall";
import { project, projectThatPages, projectWithAlarms, stack, withConfig } from "../../support/plans";
import { DATA_CENTRE, OFFICE, withSites } from "../../support/sites";
import { TINY_LIST, TINY_PRICES } from "./tiny-prices";

const inCents = (all: CostByPart): CostByPart =>
  Object.fromEntries(
    Object.entries(all).map(([part, monthly]) => [part, monthly === null ? null : Math.round(monthly * 100) / 100]),
  );
const ofStack = (planned: Plan, name: string, prices: Prices = TINY_PRICES): CostByPart =>
  inCents(byPart(costsOf(stack(planned, name).resources, prices)));

describe("the monthly costs of a stack before traffic", () => {
  let planned: Plan;
  before(async () => {
    planned = await plan(project);
  });

  it("of the hub are its endpoints, resolver, zones and attachment", () => {
    expect(ofStack(planned, "hub")).to.deep.equal({
      "transit gateway attachments": 146, // 0.2 an hour
      "interface endpoints": 87.6, // 2 services in 3 zones, 0.02 an hour each
      "Resolver endpoint addresses": 438, // 2, 0.3 an hour each
      "hosted zones": 12, // 4 of names, 2 of endpoints
    });
  });

  it("of a spoke are its NAT gateway, attachment, cluster and nodes", () => {
    expect(ofStack(planned, "dev")).to.deep.equal({
      "NAT gateways": 73,
      "public IPv4 addresses": 7.3,
      "transit gateway attachments": 146,
      "EKS clusters": 730,
      nodes: 730, // 2 m7g.large, 0.5 an hour each
      "EBS volumes": 10, // 2 of 50 GiB
      "KMS keys": 3,
    });
  });

  it("rise by a NAT gateway and an address for each AZ that gets its own", async () => {
    const perZone = await plan(withConfig(project, "dev", { "one-nat-per-az": true }));
    expect(total(ofStack(perZone, "dev")) - total(ofStack(planned, "dev"))).to.be.closeTo(80.3, 0.001);
  });

  it("count an account's hosted zones beyond 25 at their lower price", () => {
    const zones = (count: number): Costing[] =>
      Array.from({ length: count }, (_, n) => ({ type: "aws:route53/zone:Zone", name: String(n), inputs: {} }));
    const ofZones = (count: number): CostByPart => byPart(costsOf(zones(count), TINY_PRICES));
    expect(ofZones(25)).to.deep.equal({ "hosted zones": 50 });
    expect(ofZones(27)).to.deep.equal({ "hosted zones": 51 });
  });

  it("name firewall endpoints, one per AZ, for which the list has no price", () => {
    const firewall = {
      availabilityZoneMappings: [{ availabilityZoneId: "use1-az1" }, { availabilityZoneId: "use1-az2" }],
    };
    const inputs = [{ type: "aws:networkfirewall/firewall:Firewall", name: "hub", inputs: firewall }];
    expect(costsOf(inputs, TINY_PRICES)).to.deep.equal([{ part: "firewall endpoints", count: 2, monthly: null }]);
  });

  it("leave out of the total, and name, what has no price", async () => {
    const rare = await plan(withConfig(project, "dev", { "node-instance-types": ["x8g.large"] }));
    const dev = costs(rare, [], TINY_LIST).stacks.find(({ name }) => name === "dev");
    expect(dev?.byPart.nodes).to.be.null;
    expect(dev?.unknown).to.deep.equal(["nodes"]);
    expect(dev?.total).to.equal(969.3); // 73 + 7.30 + 146 + 730 + 10 + 3
  });

  it("of alarms are those of the metrics that they read, beyond the ten that an account has for free", async () => {
    const alarmed = await plan(projectThatPages);
    // 3 of the gateway, 2 and 2 of the Resolver endpoint: fewer than ten.
    expect(ofStack(alarmed, "hub")).to.include({ alarms: 0.7, dashboards: 0 });
    // 4 of a NAT gateway, 2 of the attachment, 4 of the cluster, 2 of each node group: 14.
    expect(ofStack(alarmed, "dev")).to.include({ alarms: 1.5, dashboards: 0 });
    const dashboards = Array.from({ length: 5 }, (_, n) => ({
      ...{ type: "aws:cloudwatch/dashboard:Dashboard", name: String(n), inputs: {} },
    }));
    expect(byPart(costsOf(dashboards, TINY_PRICES))).to.deep.equal({ dashboards: 8 });
  });

  it("are unknown part by part where a list has no price at all, and their total is 0", async () => {
    const alarmed = await plan(withSites(projectWithAlarms, { office: OFFICE }));
    const empty: Prices = { instanceHour: {} };
    const view = costs(alarmed, [], { prices: empty, notes: [] });
    expect(view.parts).to.deep.equal(COST_PARTS.filter((part) => part !== "firewall endpoints"));
    expect(view.total).to.equal(0);
    for (const { byPart: parts, unknown } of view.stacks) expect(Object.keys(parts)).to.deep.equal(unknown);
    expect(view.notes[0]).to.equal("?: tools/costs/prices.json has no price for it; the sums do not include it.");
  });

  it("of sites are a VPN connection, an attachment each, and the addresses of the outbound endpoint", async () => {
    const sites = { office: OFFICE, "data-centre": DATA_CENTRE };
    const connected = await plan(withSites(project, sites, { "corp.example": ["192.168.0.53"] }));
    expect(ofStack(connected, "hub")).to.deep.equal({
      ...ofStack(planned, "hub"),
      "transit gateway attachments": 438, // 3, 0.2 an hour each
      "VPN connections": 292, // 0.4 an hour
      "Resolver endpoint addresses": 876, // 4, 0.3 an hour each
    });
  });

  it("of all stacks are the sum of each", () => {
    const view = costs(planned, [], TINY_LIST);
    const sum = view.stacks.map(({ name }) => total(ofStack(planned, name))).reduce((left, right) => left + right);
    expect(view.total).to.be.closeTo(sum, 0.001);
    expect(view.notes).to.deep.equal([
      "Prices of a test.",
      "Nodes of node pools and load balancers come and go with the applications and are not included.",
      "Data transfer, DNS queries, stored images and logs are billed by usage and are not included.",
    ]);
  });

  it("say what DNS Firewall costs: that it is not known", async () => {
    const { notes } = costs(await plan(withFirewall(project, "dev", "alert")), [], TINY_LIST);
    expect(notes.filter((note) => note.startsWith("DNS Firewall"))).to.deep.equal([
      "DNS Firewall: ? for each query that it sees, and for each of the allowed domains: tools/costs/prices.json has no price for " +
        'them. AWS\'s managed domain lists are free (Amazon Route 53 Developer Guide, "Managed Domain Lists"; prices: Amazon ' +
        "Route 53 pricing).",
    ]);
  });

  // Review, first contact 5: `-- qa hub` printed columns that did not add up.
  it("are whole cents in every part, so that the shown amounts add up to the shown totals", () => {
    const { stacks, total: all } = costs(planned, []);
    const cents = (amount: number): number => Math.round(amount * 100);
    for (const { name, byPart: parts, total: ofStack } of stacks) {
      const amounts = Object.values(parts).map((monthly) => monthly ?? 0);
      for (const monthly of amounts) expect(monthly, name).to.equal(cents(monthly) / 100);
      expect(cents(ofStack), name).to.equal(amounts.map(cents).reduce((left, right) => left + right, 0));
    }
    expect(cents(all)).to.equal(stacks.map((each) => cents(each.total)).reduce((left, right) => left + right, 0));
  });
});
