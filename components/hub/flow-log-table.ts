import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FLOW_LOG_COLUMNS } from "../facts/flow-log-fields";
import { logDatabaseName, logWorkgroupName } from "../names";
import { policyDocument, type PolicyDocument } from "../policy-document";
import { closeBucket } from "./log-archive";
import {
  hourPartitions,
  LAST_DAY,
  parquetStorage,
  type SavedQuery,
  saveQueries,
  type QueryPlace,
} from "./query-catalog";

export interface FlowLogTableArgs {
  /** Prefix of the names of the database and the workgroup. */
  readonly prefix: string;
  /** Name of the log archive. */
  readonly bucket: pulumi.Input<string>;
  /**
   * Accounts whose logs the archive contains, a partition each. A new network must be in this list even where the hub
   * shares with an organization: Athena takes the values of a partition from here, or from every query.
   */
  readonly accounts: readonly string[];
  readonly region: string;
  /** Days that a query can look back. */
  readonly retentionDays: number;
  readonly addressSpace: string;
  /** Whether to protect the bucket of query results. */
  readonly protect: boolean;
}

const TABLE = "flow_logs";

/**
 * The flow logs as an Athena table. Partition projection computes the partitions (Athena User Guide, "Use partition
 * projection with Amazon Athena"), so no crawler runs, and logs can be queried as soon as they are delivered.
 */
export class FlowLogTable extends pulumi.ComponentResource {
  /** Where further tables and queries belong. */
  readonly place: QueryPlace;

  constructor(name: string, args: FlowLogTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:hub:FlowLogTable", name, {}, opts);
    const { prefix, bucket, accounts, region, retentionDays } = args;
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
          ...hourPartitions(retentionDays),
          "storage.location.template": pulumi.interpolate`${logs}$\{account}/vpcflowlogs/$\{log_region}/$\{hour}`,
        },
        storageDescriptor: parquetStorage(logs, FLOW_LOG_COLUMNS),
      },
      mine,
    );
    const workgroup = this.createWorkgroup(name, args);
    this.place = { database: database.name, workgroup: workgroup.id };
    saveQueries(name, this.place, flowLogQueries(TABLE, args.addressSpace), mine);
    this.registerOutputs({});
  }

  private createWorkgroup(name: string, { prefix, protect }: FlowLogTableArgs): aws.athena.Workgroup {
    const mine = { parent: this };
    const results = new QueryResults(`${name}-results`, { protect }, mine);
    return new aws.athena.Workgroup(
      name,
      {
        name: logWorkgroupName(prefix),
        // It contains the saved queries and their history, and no logs.
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
  }
}

/** Days until the result of a query is deleted. */
const RESULT_DAYS = 7;
/** Prefix of the results in the bucket. */
const RESULTS_PREFIX = "results/";

interface QueryResultsArgs {
  /** Whether to protect the bucket. Without it, a destroy deletes the bucket with its content. */
  readonly protect: boolean;
}

/**
 * The bucket that Athena writes the results of queries to. It is apart from the archive, whose lock would keep a result
 * as long as a log. It has no versions, because a query can be repeated.
 */
class QueryResults extends pulumi.ComponentResource {
  /** Location to which Athena writes, `s3://BUCKET/PREFIX/`; known once the bucket has its policy. */
  readonly location: pulumi.Output<string>;

  constructor(name: string, { protect }: QueryResultsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("piksel:hub:QueryResults", name, {}, opts);
    const mine = { parent: this };
    const results = new aws.s3.Bucket(name, { forceDestroy: true }, { ...mine, protect });
    const bucket = results.id;
    const closed = closeBucket(name, bucket, mine);
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          {
            id: "results",
            status: "Enabled",
            filter: { prefix: RESULTS_PREFIX },
            expiration: { days: RESULT_DAYS },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      mine,
    );
    const policy = new aws.s3.BucketPolicy(
      name,
      { bucket, policy: results.arn.apply((arn) => JSON.stringify(tlsOnly(arn))) },
      { ...mine, dependsOn: [closed] },
    );
    this.location = pulumi.all([bucket, policy.id]).apply(([id]) => `s3://${id}/${RESULTS_PREFIX}`);
    this.registerOutputs({ location: this.location });
  }
}

/** Nothing passes without TLS; who may read is the affair of the roles of the bucket's account. */
function tlsOnly(arn: string): PolicyDocument {
  return policyDocument({
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });
}

/**
 * The saved queries. None finds a record of the transit gateway, which has neither an action nor pkt-srcaddr and pkt-dstaddr.
 *
 * @param addressSpace IPv4 CIDR of all networks; traffic to addresses outside of it went through a NAT gateway
 */
function flowLogQueries(table: string, addressSpace: string): readonly SavedQuery[] {
  return [
    {
      name: "top-rejected-flows",
      description: "What was refused most in the last day, by source, destination and port",
      sql: `SELECT account, vpc_id, srcaddr, dstaddr, dstport, protocol,
       sum(packets) AS packets, count(*) AS records, max(from_unixtime("end")) AS last_seen
FROM ${table}
WHERE ${LAST_DAY} AND action = 'REJECT'
GROUP BY account, vpc_id, srcaddr, dstaddr, dstport, protocol
ORDER BY packets DESC
LIMIT 100`,
    },
    {
      name: "nat-bytes-by-destination",
      // A NAT gateway's interface takes in a packet that is addressed to it (dstaddr) and meant for another
      // (pkt-dstaddr): Amazon VPC User Guide, "Flow log record examples", traffic through a NAT gateway.
      description: "Where the bytes went that left by a NAT gateway in the last day, and which AWS service that was",
      sql: `SELECT account, vpc_id, pkt_dstaddr AS destination, pkt_dst_aws_service AS aws_service,
       sum(bytes) AS bytes, count(DISTINCT pkt_srcaddr) AS sources
FROM ${table}
WHERE ${LAST_DAY} AND flow_direction = 'ingress' AND dstaddr <> pkt_dstaddr
  AND NOT contains('${addressSpace}', TRY_CAST(pkt_dstaddr AS ipaddress))
GROUP BY account, vpc_id, pkt_dstaddr, pkt_dst_aws_service
ORDER BY bytes DESC
LIMIT 100`,
    },
    {
      name: "between-two-addresses",
      description: "All traffic between two addresses in the last day; parameters: address, address, twice in turn",
      sql: `SELECT from_unixtime(start) AS started, account, interface_id, flow_direction, action,
       srcaddr, srcport, dstaddr, dstport, protocol, tcp_flags, packets, bytes
FROM ${table}
WHERE ${LAST_DAY} AND log_status = 'OK'
  AND ((pkt_srcaddr = ? AND pkt_dstaddr = ?) OR (pkt_dstaddr = ? AND pkt_srcaddr = ?))
ORDER BY start
LIMIT 1000`,
    },
  ];
}
