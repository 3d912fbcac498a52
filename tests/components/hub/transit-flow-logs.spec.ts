import { expect } from "chai";
import { FLOW_LOG_COLUMNS, TRANSIT_FLOW_LOG_COLUMNS } from "../../../components/facts/flow-log-fields";
import type { Changes } from "../../../tools/planner/changes/changes";
import { plan, type StackPlan } from "../../../tools/planner/plan";
import { changes, project, stack, withConfig } from "../../support/plans";

const nothing: Changes = { create: [], update: [], replace: [], delete: [] };

describe("transit-flow-logs", () => {
  let hub: StackPlan;
  before(async () => {
    hub = stack(await plan(project), "hub");
  });
  const inputsOf = (type: string) =>
    hub.resources.find((each) => each.type.endsWith(`:${type}`) && each.name === "hub-transit")?.inputs;

  it("makes the flow log, its table and its queries, and nothing else", async () => {
    const without = withConfig(project, "hub", { "transit-flow-logs": false });
    const { hub: own, ...spokes } = await changes(without, project);
    expect({ ...own, create: [...(own?.create ?? [])].sort() }).to.deep.equal({
      ...nothing,
      create: [
        "aws:athena/namedQuery:NamedQuery::hub-transit-bytes-between-networks",
        "aws:athena/namedQuery:NamedQuery::hub-transit-dropped-packets",
        "aws:athena/namedQuery:NamedQuery::hub-transit-top-talkers-by-attachment",
        "aws:ec2/flowLog:FlowLog::hub-transit",
        "aws:glue/catalogTable:CatalogTable::hub-transit",
        "piksel:hub:TransitFlowLogs::hub-transit",
      ],
    });
    expect(spokes).to.deep.equal({ dev: nothing, staging: nothing, prod: nothing });
  });

  it("have the one interval that AWS accepts for a transit gateway, no type of traffic, and every field", () => {
    const { logFormat, ...others } = inputsOf("FlowLog") ?? {};
    expect(others).to.deep.equal({
      transitGatewayId: "${aws:ec2transitgateway/transitGateway:TransitGateway::hub}",
      maxAggregationInterval: 60,
      logDestinationType: "s3",
      logDestination: "${aws:s3/bucket:Bucket::hub-logs.arn}",
      destinationOptions: { fileFormat: "parquet", perHourPartition: true, hiveCompatiblePartitions: false },
      tags: { Name: "hub-transit" },
    });
    const columns = String(logFormat).replaceAll(/[${}]/g, "").replaceAll("-", "_").split(" ");
    expect(columns).to.deep.equal(TRANSIT_FLOW_LOG_COLUMNS.map(({ name }) => name));
    expect(columns).to.have.length(36);
  });

  it("are read where AWS delivers them: the folder of the hub's flow logs, by the hour", () => {
    const { parameters, storageDescriptor } = inputsOf("CatalogTable") as {
      parameters: Record<string, string>;
      storageDescriptor: { location: string };
    };
    const folder = "s3://${aws:s3/bucket:Bucket::hub-logs}/AWSLogs/111111111111/vpcflowlogs/ap-southeast-3/";
    expect(storageDescriptor.location).to.equal(folder);
    expect(parameters["storage.location.template"]).to.equal(`${folder}\${hour}`);
    expect(parameters["projection.hour.range"]).to.equal("NOW-90DAYS,NOW");
  });

  it("have fields of the same types as the flow logs of VPCs, whose table reads their files too", () => {
    const types = new Map(FLOW_LOG_COLUMNS.map(({ name, type }) => [name, type]));
    const both = TRANSIT_FLOW_LOG_COLUMNS.filter(({ name }) => types.has(name));
    expect(both.map(({ name, type }) => [name, type])).to.deep.equal(both.map(({ name }) => [name, types.get(name)]));
    expect(both).to.have.length(16);
  });

  it("are in no saved query of the flow logs of VPCs, and only they are in their own", () => {
    const queries = hub.resources.filter(({ type }) => type.endsWith(":NamedQuery"));
    const sqlOf = (prefix: string) =>
      queries.filter(({ name }) => name.startsWith(prefix)).map(({ inputs }) => String(inputs["query"]));
    // A condition on a column that the records do not have is not true for them.
    const missing = FLOW_LOG_COLUMNS.map(({ name }) => name).filter(
      (name) => !TRANSIT_FLOW_LOG_COLUMNS.some((column) => column.name === name),
    );
    for (const sql of sqlOf("hub-logs-")) {
      const [, where = ""] = /WHERE ([^]*?)(?:GROUP|ORDER)/.exec(sql) ?? [];
      expect(
        missing.some((name) => new RegExp(`\\b${name} (?:=|<>)`).test(where) || where.includes(`<> ${name}`)),
        sql,
      ).to.equal(true);
    }
    expect(sqlOf("hub-transit-").map((sql) => sql.includes("resource_type = 'TransitGateway'"))).to.deep.equal([
      ...[true, true, true],
    ]);
  });
});
