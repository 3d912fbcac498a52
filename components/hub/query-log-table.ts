import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type QueryPlace, type SavedQuery, saveQueries } from "./query-catalog";

export interface QueryLogTableArgs {
  /** Name of the log archive. */
  readonly bucket: pulumi.Input<string>;
  /** Where the table and the queries belong. */
  readonly place: QueryPlace;
  /** Accounts whose logs the archive contains, a partition each. */
  readonly accounts: readonly string[];
}

const TABLE = "dns_queries";

/** Columns, by the names of the values in Resolver query logs (Amazon Athena User Guide, "Querying Amazon Route 53 Resolver query logs"). */
const COLUMNS: Readonly<Record<string, string>> = {
  version: "string",
  account_id: "string",
  region: "string",
  vpc_id: "string",
  query_timestamp: "string",
  query_name: "string",
  query_type: "string",
  query_class: "string",
  rcode: "string",
  answers: "array<struct<Rdata:string,Type:string,Class:string>>",
  srcaddr: "string",
  srcport: "int",
  transport: "string",
  srcids: "struct<instance:string,resolver_endpoint:string>",
  // Only where a rule of DNS Firewall alerts or blocks (Amazon Route 53 Developer Guide, "Values that appear in Resolver
  // query logs").
  firewall_rule_action: "string",
  firewall_rule_group_id: "string",
  firewall_domain_list_id: "string",
};

/**
 * The DNS query logs as an Athena table, with a query for what DNS Firewall matched.
 *
 * Files are in folders by account, VPC and day. The hub does not know the VPCs of spokes, so only accounts are partitions: a
 * query reads all logs that the archive retains.
 */
export class QueryLogTable extends pulumi.ComponentResource {
  constructor(name: string, { bucket, place, accounts }: QueryLogTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:hub:QueryLogTable", name, {}, opts);
    const mine = { parent: this };
    const logs = pulumi.interpolate`s3://${bucket}/AWSLogs/`;
    new aws.glue.CatalogTable(
      name,
      {
        databaseName: place.database,
        name: TABLE,
        tableType: "EXTERNAL_TABLE",
        partitionKeys: [{ name: "account", type: "string" }],
        parameters: {
          EXTERNAL: "TRUE",
          classification: "json",
          "projection.enabled": "true",
          "projection.account.type": "enum",
          "projection.account.values": accounts.join(","),
          "storage.location.template": pulumi.interpolate`${logs}$\{account}/vpcdnsquerylogs/`,
        },
        storageDescriptor: {
          location: logs,
          inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
          outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
          serDeInfo: { serializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
          columns: Object.entries(COLUMNS).map(([column, type]) => ({ name: column, type })),
        },
      },
      mine,
    );
    saveQueries(name, place, QUERIES, mine);
    this.registerOutputs({});
  }
}

const QUERIES: readonly SavedQuery[] = [
  {
    name: "dns-firewall-matches",
    description: "Which names DNS Firewall alerted on or blocked in the last week, and who asked for them",
    sql: `SELECT account, vpc_id, firewall_rule_action AS action, firewall_domain_list_id AS list, query_name,
       count(*) AS queries, array_join(slice(array_agg(DISTINCT srcaddr), 1, 10), ', ') AS sources,
       min(query_timestamp) AS first_seen, max(query_timestamp) AS last_seen
FROM ${TABLE}
WHERE firewall_rule_action IN ('ALERT', 'BLOCK')
  AND from_iso8601_timestamp(query_timestamp) >= current_timestamp - interval '7' day
GROUP BY account, vpc_id, firewall_rule_action, firewall_domain_list_id, query_name
ORDER BY queries DESC
LIMIT 100`,
  },
];
