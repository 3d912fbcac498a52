import { expect } from "chai";
import program from "../../../index";
import { runChecks } from "../../../tools/checks";
import { cloud } from "../../../tools/planner/doubles/cloud";
import type { Cloud, Json, PlannedResource, Properties } from "../../../tools/planner/engine/resource";
import { run } from "../../../tools/planner/engine/run";
import { plan } from "../../../tools/planner/plan";
import { configForProgram, stackConfig } from "../../../tools/planner/project/project";
import { stacksOfPlan } from "../../../tools/planner/stacks";
import { withConnections } from "../../support/connections";
import { changes, project, register, stack, withNetworks } from "../../support/plans";

const PAIR = [["dev", "staging"]];

/** `TYPE NAME: INPUTS` of the resources of connections, sorted; ids are shortened to `NAME`, with the type's last word. */
function connectionsIn(resources: readonly PlannedResource[]): string[] {
  return resources
    .filter(({ name, type }) => name.startsWith("hub-connection") && !type.startsWith("piksel:"))
    .map(({ type, name, inputs }) => {
      const words = Object.values(inputs).map((value) =>
        JSON.stringify(value).replace(/"\$\{\w+:\w+\/\w+:(\w+)::([^}]+)\}"/g, "$1 $2"),
      );
      return `${type.split(":")[2] ?? ""} ${name}: ${words.join(", ")}`;
    })
    .sort();
}

const GATEWAY = "TransitGateway hub";
const tableOf = (spoke: string): string[] => [
  `Route hub-connection-${spoke}-blackhole: true, "10.0.0.0/8", RouteTable hub-connection-${spoke}`,
  `RouteTable hub-connection-${spoke}: {"Name":"hub-connection-${spoke}"}, ${GATEWAY}`,
  `RouteTableAssociation hub-connection-${spoke}: true, VpcAttachment ${spoke}, RouteTable hub-connection-${spoke}`,
  `RouteTablePropagation hub-connection-${spoke}.hub: VpcAttachment hub, RouteTable hub-connection-${spoke}`,
];
const route = (from: string, to: string): string =>
  `RouteTablePropagation hub-connection-${from}.${to}: VpcAttachment ${to}, RouteTable hub-connection-${from}`;

const resourcesWith = async (connections: Json) =>
  stack(await plan(withConnections(project, connections)), "hub").resources;

describe("connections", () => {
  it("of a pair are a route table for each spoke, with routes to the hub and to the other, and a blackhole route", async () => {
    const expected = [...tableOf("dev"), ...tableOf("staging"), route("dev", "staging"), route("staging", "dev")];
    expect(connectionsIn(await resourcesWith(PAIR))).to.deep.equal(expected.sort());
  });

  it("with all are a route table for that spoke, with routes to every other, and a route in the shared one", async () => {
    const shared = "RouteTablePropagation hub-connection-all.prod: VpcAttachment prod, RouteTable hub-spokes";
    const expected = [...tableOf("prod"), route("prod", "dev"), route("prod", "staging"), shared];
    expect(connectionsIn(await resourcesWith([["prod", "all"]]))).to.deep.equal(expected.sort());
  });

  it("with none are a route table for that spoke, with a route to the hub alone", async () => {
    expect(connectionsIn(await resourcesWith([["dev", "none"]]))).to.deep.equal(tableOf("dev").sort());
  });

  it("associate a spoke after all routes of its table, and protect the association", async () => {
    const resources = await resourcesWith(PAIR);
    const association = resources.find(
      ({ name, type }) => name === "hub-connection-dev" && type.endsWith(":RouteTableAssociation"),
    );
    expect(association?.options.protect).to.equal(true);
    expect(association?.dependsOn.map((key) => key.replace(/^aws:ec2transitgateway\/\w+:/, ""))).to.include.members([
      "Route::hub-connection-dev-blackhole",
      "RouteTablePropagation::hub-connection-dev.hub",
      "RouteTablePropagation::hub-connection-dev.staging",
    ]);
  });

  for (const connections of [
    PAIR,
    [["prod", "all"]],
    [["dev", "none"]],
    [
      ["dev", "all"],
      ["staging", "prod"],
    ],
  ] as Json[]) {
    it(`pass every check: ${JSON.stringify(connections)}`, async () => {
      const results = runChecks(stacksOfPlan(await plan(withConnections(project, connections))));
      expect(results.filter(({ passed }) => !passed)).to.deep.equal([]);
    });
  }
});

const nothing = { create: [], update: [], replace: [], delete: [] };
const names = (list: readonly string[] | undefined): string[] =>
  [...(list ?? [])].map((key) => key.replace(/^.*:(\w+)::/, "$1 ")).sort();
const keyed = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/:.*/, "")).sort();

describe("a change of connections", () => {
  it("creates the resources of a first pair in the hub, and changes nothing else in any stack", async () => {
    const { hub, ...spokes } = await changes(project, withConnections(project, PAIR));
    const expected = [...tableOf("dev"), ...tableOf("staging"), route("dev", "staging"), route("staging", "dev")];
    expect({ ...hub, create: names(hub?.create) }).to.deep.equal({
      ...nothing,
      create: [...keyed(expected), "Connections hub-connection"].sort(),
    });
    expect(spokes).to.deep.equal({ dev: nothing, staging: nothing, prod: nothing });
  });

  it("adds a second pair without touching the first", async () => {
    const more = [...PAIR, ["staging", "prod"]];
    const { hub } = await changes(withConnections(project, PAIR), withConnections(project, more));
    const expected = [...tableOf("prod"), route("prod", "staging"), route("staging", "prod")];
    expect({ ...hub, create: names(hub?.create) }).to.deep.equal({ ...nothing, create: keyed(expected) });
  });

  it("removes a pair, with none for both spokes, by deleting its two routes", async () => {
    const none = [
      ["dev", "none"],
      ["staging", "none"],
    ];
    const { hub } = await changes(withConnections(project, PAIR), withConnections(project, none));
    expect({ ...hub, delete: names(hub?.delete) }).to.deep.equal({
      ...nothing,
      delete: keyed([route("dev", "staging"), route("staging", "dev")]),
    });
  });

  it("adds one more spoke to a spoke for all with one route, and replaces and deletes nothing", async () => {
    const qa = withNetworks(project, { ...register(), qa: { cidr: "10.4.0.0/16", account: "555555555555" } });
    const { hub } = await changes(withConnections(project, [["prod", "all"]]), withConnections(qa, [["prod", "all"]]));
    expect(names(hub?.create).filter((name) => name.includes("hub-connection"))).to.deep.equal(
      keyed([route("prod", "qa")]),
    );
    expect([hub?.replace, hub?.delete]).to.deep.equal([[], []]);
  });
});

/** Runs the program of the hub while AWS knows some attachments, by account; returns resources, warnings and lookups. */
async function runHub(connections: Json, attachments: Readonly<Record<string, readonly string[]>>) {
  const asked: Properties[] = [];
  const aws: Cloud = {
    ...cloud({}),
    call(token, args) {
      if (token !== "aws:ec2transitgateway/getAttachments:getAttachments") throw new Error(`unexpected ${token}`);
      asked.push(args);
      const filters = args["filters"] as { name: string; values: string[] }[];
      const owner = filters.find(({ name }) => name === "resource-owner-id")?.values[0] ?? "";
      return { ids: [...(attachments[owner] ?? [])] };
    },
  };
  const changed = withConnections(project, connections);
  const config = configForProgram(changed, "hub", stackConfig(changed, changed.stacks["hub"] ?? {}));
  const { resources } = await run(program, aws, {
    ...{ project: project.name, stack: "hub", organization: "acme", config, preview: false },
  });
  return { resources, asked };
}

describe("the lookup of attachments", () => {
  it("does not happen without connections", async () => {
    expect((await runHub([], {})).asked).to.deep.equal([]);
  });

  it("asks AWS for attachments of VPCs that the account of a connected spoke owns, and of no other spoke", async () => {
    const { asked } = await runHub(PAIR, { "222222222222": ["tgw-attach-1"], "333333333333": ["tgw-attach-2"] });
    const filters = (owner: string) => [
      { name: "transit-gateway-owner-id", values: ["111111111111"] },
      { name: "resource-owner-id", values: [owner] },
      { name: "resource-type", values: ["vpc"] },
      { name: "state", values: ["available", "modifying"] },
    ];
    expect(asked.map((args) => args["filters"])).to.deep.equal([filters("222222222222"), filters("333333333333")]);
  });

  it("leaves out a spoke that is not attached yet: no association, and no route to it", async () => {
    const { resources } = await runHub(PAIR, { "222222222222": ["tgw-attach-1"] });
    const without = tableOf("staging").filter((line) => !line.startsWith("RouteTableAssociation"));
    const expected = keyed([...tableOf("dev"), ...without, route("staging", "dev")]);
    expect(keyed(connectionsIn(resources))).to.deep.equal(expected);
  });

  it("refuses an account with two attachments, and names them", async () => {
    const two = { "222222222222": ["tgw-attach-1", "tgw-attach-2"], "333333333333": ["tgw-attach-3"] };
    const refused = await runHub(PAIR, two).then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    expect(refused?.message).to.equal(
      "Account 222222222222 of dev has 2 VPC attachments to transit gateways of the hub, tgw-attach-1, tgw-attach-2, and " +
        "connections needs one: find out who created the others and delete them, or remove dev from connections.",
    );
  });
});
