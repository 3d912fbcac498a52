import { expect } from "chai";
import { plan, type Plan } from "../../../tools/planner/plan";
import { addressTable } from "../../../tools/report/view/addresses";
import { differences, overview, warnings } from "../../../tools/report/view/overview";
import { networks } from "../../../tools/report/view/networks";
import { alike, transitTables } from "../../../tools/report/view/routes";
import { project, register, stack, withConfig } from "../../support/plans";

describe("what report and page show of the plan", () => {
  let planned: Plan;
  before(async () => {
    planned = await plan(project);
  });
  const routesOf = (name: string): Record<string, readonly string[]> =>
    Object.fromEntries(
      alike(networks([stack(planned, name)])[0]?.tables ?? []).map(({ names, words }) => [names.join(" "), words]),
    );

  it("each network has its block, zones and NAT gateways", () => {
    const facts = networks(planned).map(({ name, role, cidr, zones, natGateways }) => [
      ...[name, role, cidr, zones.map((zone) => zone.slice(-1)).join("")],
      natGateways.map((gateway) => `${gateway.name} in ${gateway.subnet}`).join(", "),
    ]);
    expect(facts).to.deep.equal([
      ["hub", "hub", "10.0.0.0/16", "abc", ""],
      ["dev", "spoke", "10.1.0.0/16", "ab", "dev-1 in dev-public-1"],
      ["staging", "spoke", "10.2.0.0/16", "ab", "staging-1 in staging-public-1"],
      [
        ...["prod", "spoke", "10.3.0.0/16", "abc"],
        "prod-1 in prod-public-1, prod-2 in prod-public-2, prod-3 in prod-public-3",
      ],
    ]);
  });

  it("two halves of the internet are a route to it", async () => {
    const regional = await plan(withConfig(project, "dev", { egress: "regional" }));
    const tables = networks([stack(regional, "dev")])[0]?.tables ?? [];
    const words = alike(tables).find(({ names }) => names.includes("dev-private-1"))?.words ?? [];
    expect(words.slice(-2)).to.deep.equal([
      "0.0.0.0/1 → NAT gateway dev-regional",
      "128.0.0.0/1 → NAT gateway dev-regional",
    ]);
  });

  it("the routes of a spoke lead to the hub, to S3 and by its NAT gateway", () => {
    expect(routesOf("dev")).to.deep.equal({
      "dev-private-1 dev-private-2": [
        "10.1.0.0/16 stays in the VPC",
        "S3 → gateway endpoint",
        "10.0.0.0/8 → transit gateway",
        "everything else → NAT gateway dev-1",
      ],
      "dev-public-1 dev-public-2": ["10.1.0.0/16 stays in the VPC", "everything else → internet gateway"],
      "dev-transit-1 dev-transit-2": ["10.1.0.0/16 stays in the VPC", "no other route"],
    });
  });

  it("zones with a NAT gateway of their own are told apart", () => {
    const last = Object.entries(routesOf("prod")).map(([names, words]) => `${names}: ${words.at(-1) ?? ""}`);
    expect(last).to.deep.equal([
      "prod-private-1: everything else → NAT gateway prod-1",
      "prod-private-2: everything else → NAT gateway prod-2",
      "prod-private-3: everything else → NAT gateway prod-3",
      "prod-public-1 prod-public-2 prod-public-3: everything else → internet gateway",
      "prod-transit-1 prod-transit-2 prod-transit-3: no other route",
    ]);
  });

  it("the hub's private subnets reach all networks and nothing else", () => {
    expect(routesOf("hub")["hub-private-1 hub-private-2 hub-private-3"]).to.deep.equal([
      "10.0.0.0/16 stays in the VPC",
      "S3 → gateway endpoint",
      "10.0.0.0/8 → transit gateway",
      "no other route",
    ]);
  });

  it("the gateway's tables know the spokes that its defaults take in", () => {
    const propagated = (destination: string, network: string): object => ({
      ...{ destination, network, origin: "propagated" },
    });
    expect(transitTables(planned)).to.deep.equal([
      {
        name: "hub-hub",
        readBy: ["hub"],
        routes: [
          propagated("10.1.0.0/16", "dev"),
          propagated("10.2.0.0/16", "staging"),
          propagated("10.3.0.0/16", "prod"),
        ],
      },
      {
        name: "hub-spokes",
        readBy: ["dev", "staging", "prod"],
        routes: [propagated("10.0.0.0/16", "hub"), { destination: "10.0.0.0/8", network: null, origin: "static" }],
      },
    ]);
  });

  it("the address table has every address once, in order, also those of egress subnets", async () => {
    const central = await plan(
      withConfig(withConfig(project, "hub", { "central-egress": true }), "hub", { "az-count": 2 }),
    );
    for (const table of [...networks(planned), ...networks(central)].map(addressTable)) {
      let next = 0;
      for (const { offset, size } of table.rows) {
        expect(offset, table.network).to.equal(next);
        next = offset + size;
      }
      expect(next).to.equal(table.total);
    }
  });

  it("the address table tells subnets, slots of later zones and free space apart", () => {
    const dev = networks(planned)[1];
    const rows = dev === undefined ? [] : addressTable(dev).rows;
    expect(rows.map(({ range, use, kind, usable }) => `${range} ${use} ${kind} ${String(usable)}`)).to.deep.equal([
      "10.1.0.0/18 private 1 subnet 16379",
      "10.1.64.0/18 private 2 subnet 16379",
      "10.1.128.0/18 private 3 later zone 16379",
      "10.1.192.0/24 public 1 subnet 251",
      "10.1.193.0/24 public 2 subnet 251",
      "10.1.194.0/24 public 3 later zone 251",
      "10.1.195.0 - 10.1.207.255 free free 0",
      "10.1.208.0/28 transit 1 subnet 11",
      "10.1.208.16/28 transit 2 subnet 11",
      "10.1.208.32/28 transit 3 later zone 11",
      "10.1.208.48 - 10.1.255.255 free free 0",
    ]);
  });

  it("only keys that differ between the spokes are listed, defaults included", () => {
    expect(differences(planned)).to.deep.equal({
      stacks: ["dev", "staging", "prod"],
      rows: [
        { key: "az-count", values: ["2", "2", "3"] },
        { key: "one-nat-per-az", values: ["false", "false", "true"] },
      ],
    });
  });

  it("a network of the register without a stack is named", async () => {
    const networks = { ...register(), qa: { cidr: "10.4.0.0/16", account: "555555555555" } };
    const declared = { ...project.declared, networks: { type: "object" as const, default: networks } };
    const withoutFile = await plan({ ...withConfig(project, "hub", {}), declared });
    expect(warnings(withoutFile, [])).to.deep.equal(["qa: in networks, but not planned: Pulumi.qa.yaml is missing"]);
    expect(warnings(planned, [])).to.deep.equal([]);
    expect(overview(planned)).to.match(/^hub \+ 3 spokes in ap-southeast-3: \d+ AWS resources$/);
  });
});
