import { text } from "../model/resource";
import { networkOf, topologyOf } from "../model/topology/topology";
import { finding, type NetworkPromise } from "./promise";

const BUCKET = "aws:s3/bucket:Bucket";

export const flowLogsReachTheArchive: NetworkPromise = {
  name: "flow-logs-reach-the-archive",
  sentence: "All traffic of the VPC is logged, to the hub's archive.",
  check(stack, all) {
    const vpc = networkOf(topologyOf(all), stack);
    const hub = all.stacks.find(({ isHub }) => isHub);
    if (vpc === undefined || hub === undefined) return undefined;
    const archive = hub.resources.find(({ type, name }) => type === BUCKET && name === `${hub.name}-logs`);
    const own = hub.resources.find(({ type }) => type === "aws:ec2/flowLog:FlowLog");
    const destination = own === undefined ? "" : text(own, "logDestination");
    const logs = stack.resources.filter(
      (each) => each.type === "aws:ec2/flowLog:FlowLog" && text(each, "vpcId") === vpc.id,
    );
    const whole = logs.filter(
      (log) => text(log, "trafficType") === "ALL" && text(log, "logDestination") === destination,
    );
    const kept = archive !== undefined && destination !== "" && whole.length > 0;
    return finding([
      {
        holds: kept,
        evidence: kept ? `${vpc.name} → ${archive.name}` : `no log of all traffic of ${vpc.name} to the archive`,
      },
    ]);
  },
};
