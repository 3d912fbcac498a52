/** A flow log query for troubleshooting. */
interface FlowLogQuery {
  readonly name: string;
  readonly description: string;
  readonly sql: string;
}

/** Hours, as the table's partitions name them: `2026/11/24/09`. */
const LAST_DAY = "hour >= date_format(current_timestamp - interval '1' day, '%Y/%m/%d/%H')";

/**
 * The saved queries.
 *
 * @param addressSpace Block of all networks: what is outside of it went over a NAT gateway.
 */
export function flowLogQueries(table: string, addressSpace: string): readonly FlowLogQuery[] {
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
