/**
 * Fields of a flow log record, and their types in Parquet as Athena reads them (Amazon VPC User Guide, "Flow log
 * records"). The log's format and the table that reads it both derive from this list, and a change of it replaces both.
 */
const FIELDS = {
  "account-id": "string",
  "vpc-id": "string",
  "subnet-id": "string",
  "az-id": "string",
  "interface-id": "string",
  "instance-id": "string",
  "flow-direction": "string",
  "traffic-path": "int",
  action: "string",
  type: "string",
  protocol: "int",
  srcaddr: "string",
  srcport: "int",
  dstaddr: "string",
  dstport: "int",
  "pkt-srcaddr": "string",
  "pkt-dstaddr": "string",
  "pkt-src-aws-service": "string",
  "pkt-dst-aws-service": "string",
  "tcp-flags": "int",
  packets: "bigint",
  bytes: "bigint",
  start: "bigint",
  end: "bigint",
  "log-status": "string",
} as const;

/** Format line of the flow log: `${account-id} ${vpc-id} ...`. */
export const FLOW_LOG_FORMAT = Object.keys(FIELDS)
  .map((field) => `\${${field}}`)
  .join(" ");

/** Columns of the table. Parquet files have an underscore where a field has a hyphen. */
export const FLOW_LOG_COLUMNS = Object.entries(FIELDS).map(([field, type]) => ({
  name: field.replaceAll("-", "_"),
  type,
}));
