import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TRANSIT_FLOW_LOG_COLUMNS, TRANSIT_FLOW_LOG_FORMAT } from "../facts/flow-log-fields";
import type { LogArchive } from "./log-archive";
import {
  hourPartitions,
  LAST_DAY,
  parquetStorage,
  type QueryPlace,
  type SavedQuery,
  saveQueries,
} from "./query-catalog";

export interface TransitFlowLogsArgs {
  readonly transitGatewayId: pulumi.Input<string>;
  /** Where the logs go. */
  readonly archive: LogArchive;
  /** Where the table and the queries belong. */
  readonly place: QueryPlace;
  /** Account of the hub, which owns the transit gateway. */
  readonly account: string;
  readonly region: string;
  /** Days that a query can look back. */
  readonly retentionDays: number;
}

const TABLE = "transit_flow_logs";

/**
 * The flow logs of the transit gateway, in the log archive, with a table and queries of their own. Flow logs of VPCs do not
 * show what the transit gateway drops, and where packets leave it.
 *
 * AWS delivers them to the folder of the hub's flow logs, `AWSLogs/ACCOUNT/vpcflowlogs/REGION/` (Amazon VPC Transit
 * Gateways, "AWS Transit Gateway Flow Logs records in Amazon S3"), so the bucket's policy and lifecycle apply to them.
 * Only their records have a resource type, by which the queries find them.
 */
export class TransitFlowLogs extends pulumi.ComponentResource {
  constructor(
    name: string,
    { transitGatewayId, archive, place, account, region, retentionDays }: TransitFlowLogsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("piksel:hub:TransitFlowLogs", name, {}, opts);
    const mine = { parent: this };

    new aws.ec2.FlowLog(
      name,
      {
        transitGatewayId,
        // AWS accepts no other interval for a transit gateway, and no type of traffic (Amazon VPC Transit Gateways,
        // "Create and manage AWS Transit Gateway Flow Logs using APIs or the CLI").
        maxAggregationInterval: 60,
        logDestinationType: "s3",
        logDestination: archive.arn,
        logFormat: TRANSIT_FLOW_LOG_FORMAT,
        destinationOptions: { fileFormat: "parquet", perHourPartition: true, hiveCompatiblePartitions: false },
        tags: { Name: name },
      },
      mine,
    );
    const logs = pulumi.interpolate`s3://${archive.bucket}/AWSLogs/${account}/vpcflowlogs/${region}/`;
    new aws.glue.CatalogTable(
      name,
      {
        databaseName: place.database,
        name: TABLE,
        tableType: "EXTERNAL_TABLE",
        partitionKeys: [{ name: "hour", type: "string" }],
        parameters: {
          EXTERNAL: "TRUE",
          classification: "parquet",
          "projection.enabled": "true",
          ...hourPartitions(retentionDays),
          "storage.location.template": pulumi.interpolate`${logs}$\{hour}`,
        },
        storageDescriptor: parquetStorage(logs, TRANSIT_FLOW_LOG_COLUMNS),
      },
      mine,
    );
    saveQueries(name, place, QUERIES, mine);
    this.registerOutputs({});
  }
}

/** Condition: a record of the transit gateway, of the last day. */
const OURS = `resource_type = 'TransitGateway' AND ${LAST_DAY}`;
/** Packets that the transit gateway lost, by reason; a reason that does not apply is null. */
const LOST = ["no_route", "blackhole", "mtu_exceeded", "ttl_expired"].map((reason) => ({
  reason,
  packets: `coalesce(packets_lost_${reason}, 0)`,
}));
const ALL_LOST = LOST.map(({ packets }) => packets).join(" + ");

const QUERIES: readonly SavedQuery[] = [
  {
    name: "dropped-packets",
    description: "What the transit gateway dropped most in the last day, by source, destination and reason",
    sql: `SELECT tgw_attachment_id, tgw_src_vpc_account_id AS source_account, srcaddr, dstaddr, dstport, protocol,
       ${LOST.map(({ reason, packets }) => `sum(${packets}) AS ${reason}`).join(", ")},
       sum(${ALL_LOST}) AS lost, max(from_unixtime("end")) AS last_seen
FROM ${TABLE}
WHERE ${OURS} AND ${ALL_LOST} > 0
GROUP BY tgw_attachment_id, tgw_src_vpc_account_id, srcaddr, dstaddr, dstport, protocol
ORDER BY lost DESC
LIMIT 100`,
  },
  {
    name: "top-talkers-by-attachment",
    description: "The ten pairs of addresses that sent most bytes into each attachment in the last day",
    // A flow is recorded where it enters the transit gateway and where it leaves: only the first is counted.
    sql: `SELECT * FROM (
  SELECT tgw_attachment_id, tgw_src_vpc_account_id AS source_account, srcaddr, dstaddr,
         sum(bytes) AS bytes, sum(packets) AS packets,
         row_number() OVER (PARTITION BY tgw_attachment_id ORDER BY sum(bytes) DESC) AS place
  FROM ${TABLE}
  WHERE ${OURS} AND flow_direction = 'ingress'
  GROUP BY tgw_attachment_id, tgw_src_vpc_account_id, srcaddr, dstaddr
)
WHERE place <= 10
ORDER BY tgw_attachment_id, place`,
  },
  {
    name: "bytes-between-networks",
    description: "How many bytes went from network to network through the transit gateway in the last day",
    sql: `SELECT tgw_src_vpc_account_id AS source_account, tgw_src_vpc_id AS source_vpc,
       tgw_dst_vpc_account_id AS destination_account, tgw_dst_vpc_id AS destination_vpc,
       sum(bytes) AS bytes, sum(packets) AS packets
FROM ${TABLE}
WHERE ${OURS} AND flow_direction = 'ingress'
GROUP BY tgw_src_vpc_account_id, tgw_src_vpc_id, tgw_dst_vpc_account_id, tgw_dst_vpc_id
ORDER BY bytes DESC`,
  },
];
