import { type AllStacks, type ModelResource, type StackResources, text } from "../model/resource";
import { networksOf, topologyOf, type VpcNetwork } from "../model/topology/topology";
import { finding, resourcesOfType, type NetworkCheck, type Observation } from "./shared/check";

const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
const TRANSIT_GATEWAY = "aws:ec2transitgateway/transitGateway:TransitGateway";

export const flowLogsReachTheArchive: NetworkCheck = {
  name: "flow-logs-reach-the-archive",
  sentence: "Flow logs of each VPC and of the transit gateway record all traffic in the log archive.",
  check(stack, all) {
    const networks = networksOf(topologyOf(all), stack);
    if (networks.length === 0) return undefined;
    const archive = archiveOf(all);
    const gateways = all.transitFlowLogs === true ? resourcesOfType(stack, TRANSIT_GATEWAY) : [];
    return finding([
      ...networks.map((vpc) => observe(`VPC ${vpc.name}`, archive, logsOf(vpc, stack))),
      ...gateways.map((gateway) => observe(`transit gateway ${gateway.name}`, archive, logsOfGateway(gateway, stack))),
    ]);
  },
};

function logsOf({ id }: VpcNetwork, stack: StackResources): readonly ModelResource[] {
  return resourcesOfType(stack, FLOW_LOG).filter(
    (log) => text(log, "vpcId") === id && text(log, "trafficType") === "ALL",
  );
}

/** The flow logs of a transit gateway, which always record all traffic. */
function logsOfGateway({ id }: ModelResource, stack: StackResources): readonly ModelResource[] {
  return resourcesOfType(stack, FLOW_LOG).filter((log) => text(log, "transitGatewayId") === id);
}

function observe(what: string, archive: ReturnType<typeof archiveOf>, logs: readonly ModelResource[]): Observation {
  const destinations = logs
    .map((log) => text(log, "logDestination"))
    .filter((each) => each !== "" && (archive === "unknown" || each === archive?.destination));
  const name = archive === "unknown" ? destinations[0] : archive?.name;
  const passed = destinations.length > 0 && name !== undefined;
  return {
    passed,
    evidence: passed ? `${what}: flow log → ${name}` : `${what}: no flow log of all traffic to the log archive`,
  };
}

interface Archive {
  readonly name: string;
  readonly destination: string;
}

/** The hub's log archive, as the destination of the hub's own flow log; unknown if a spoke is checked alone. */
function archiveOf({ stacks }: AllStacks): Archive | "unknown" | undefined {
  const hub = stacks.find(({ isHub }) => isHub);
  if (hub === undefined) return "unknown";
  const archive = resourcesOfType(hub, "aws:s3/bucket:Bucket").find(({ name }) => name === `${hub.name}-logs`);
  const own = resourcesOfType(hub, FLOW_LOG).find((log) => text(log, "vpcId") !== "");
  if (archive === undefined || own === undefined) return undefined;
  return { name: archive.name, destination: text(own, "logDestination") };
}
