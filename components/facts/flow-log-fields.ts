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

/**
 * Fields of a transit gateway flow log record, all that there are, in the page's order, and their types as above (Amazon
 * VPC Transit Gateways, "Logging network traffic using Transit Gateway Flow Logs", available fields). A field that both kinds of records have has
 * the same type in both: their files are in the same folders, and each table reads those of the other.
 */
const TRANSIT_FIELDS = {
  version: "int",
  "resource-type": "string",
  "account-id": "string",
  "tgw-id": "string",
  "tgw-attachment-id": "string",
  "tgw-src-vpc-account-id": "string",
  "tgw-dst-vpc-account-id": "string",
  "tgw-src-vpc-id": "string",
  "tgw-dst-vpc-id": "string",
  "tgw-src-subnet-id": "string",
  "tgw-dst-subnet-id": "string",
  "tgw-src-eni": "string",
  "tgw-dst-eni": "string",
  "tgw-src-az-id": "string",
  "tgw-dst-az-id": "string",
  "tgw-pair-attachment-id": "string",
  srcaddr: "string",
  dstaddr: "string",
  srcport: "int",
  dstport: "int",
  protocol: "int",
  packets: "bigint",
  bytes: "bigint",
  start: "bigint",
  end: "bigint",
  "log-status": "string",
  type: "string",
  "packets-lost-no-route": "bigint",
  "packets-lost-blackhole": "bigint",
  "packets-lost-mtu-exceeded": "bigint",
  "packets-lost-ttl-expired": "bigint",
  "tcp-flags": "int",
  region: "string",
  "flow-direction": "string",
  "pkt-src-aws-service": "string",
  "pkt-dst-aws-service": "string",
} as const;

type FieldTypes = Readonly<Record<string, string>>;

/** Format line of a flow log: `${account-id} ${vpc-id} ...`. */
const format = (fields: FieldTypes): string =>
  Object.keys(fields)
    .map((field) => `\${${field}}`)
    .join(" ");

/** Columns of a table. Parquet files have an underscore where a field has a hyphen. */
const columns = (fields: FieldTypes) =>
  Object.entries(fields).map(([field, type]) => ({ name: field.replaceAll("-", "_"), type }));

export const FLOW_LOG_FORMAT = format(FIELDS);
export const FLOW_LOG_COLUMNS = columns(FIELDS);
export const TRANSIT_FLOW_LOG_FORMAT = format(TRANSIT_FIELDS);
export const TRANSIT_FLOW_LOG_COLUMNS = columns(TRANSIT_FIELDS);
