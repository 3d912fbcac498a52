import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FLOW_LOG_COLUMNS } from "../facts/flow-log-fields";
import { logDatabaseName, logWorkgroupName } from "../names";
import { flowLogQueries } from "./flow-log-queries";
import { QueryResults } from "./query-results";

export interface FlowLogTableArgs {
  /** Prefix of the names of the database and the workgroup. */
  readonly prefix: string;
  /** Name of the log archive. */
  readonly bucket: pulumi.Input<string>;
  /**
   * Accounts whose logs it holds: a partition each. The one list that a network joins even where the hub is shared with
   * an organization: Athena takes a partition's values from here, or from every query.
   */
  readonly accounts: readonly string[];
  readonly region: string;
  /** How far back a query can look. */
  readonly retentionDays: number;
  readonly addressSpace: string;
  /** Refuse to delete the bucket of the results. */
  readonly protect: boolean;
}

const TABLE = "flow_logs";

/**
 * The flow logs as a table: partition projection computes the partitions (Athena User Guide, "Use partition
 * projection with Amazon Athena"), so no crawler runs and an hour's logs can be read as soon as they are delivered.
 */
export class FlowLogTable extends pulumi.ComponentResource {
  constructor(name: string, args: FlowLogTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:hub:FlowLogTable", name, {}, opts);
    const { prefix, bucket, accounts, region, retentionDays, addressSpace, protect } = args;
    const mine = { parent: this };
    const logs = pulumi.interpolate`s3://${bucket}/AWSLogs/`;

    const database = new aws.glue.CatalogDatabase(name, { name: logDatabaseName(prefix) }, mine);
    new aws.glue.CatalogTable(
      name,
      {
        databaseName: database.name,
        name: TABLE,
        tableType: "EXTERNAL_TABLE",
        partitionKeys: ["account", "log_region", "hour"].map((key) => ({ name: key, type: "string" })),
        parameters: {
          EXTERNAL: "TRUE",
          classification: "parquet",
          "projection.enabled": "true",
          "projection.account.type": "enum",
          "projection.account.values": accounts.join(","),
          "projection.log_region.type": "enum",
          "projection.log_region.values": region,
          "projection.hour.type": "date",
          "projection.hour.format": "yyyy/MM/dd/HH",
          "projection.hour.range": `NOW-${String(retentionDays)}DAYS,NOW`,
          "projection.hour.interval": "1",
          "projection.hour.interval.unit": "HOURS",
          "storage.location.template": pulumi.interpolate`${logs}$\{account}/vpcflowlogs/$\{log_region}/$\{hour}`,
        },
        storageDescriptor: {
          location: logs,
          inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
          outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
          serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
          columns: FLOW_LOG_COLUMNS,
        },
      },
      mine,
    );

    const results = new QueryResults(`${name}-results`, { protect }, mine);
    const workgroup = new aws.athena.Workgroup(
      name,
      {
        name: logWorkgroupName(prefix),
        // It holds the saved queries and a history, and no log.
        forceDestroy: true,
        configuration: {
          enforceWorkgroupConfiguration: true,
          resultConfiguration: {
            outputLocation: results.location,
            encryptionConfiguration: { encryptionOption: "SSE_S3" },
          },
        },
      },
      mine,
    );
    for (const query of flowLogQueries(TABLE, addressSpace)) {
      new aws.athena.NamedQuery(
        `${name}-${query.name}`,
        {
          name: query.name,
          description: query.description,
          database: database.name,
          workgroup: workgroup.id,
          query: query.sql,
        },
        mine,
      );
    }
    this.registerOutputs({});
  }
}
