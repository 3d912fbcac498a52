import { type AllStacks, type StackResources, text } from "../model/resource";
import { networksOf, topologyOf, type VpcNetwork } from "../model/topology/topology";
import { finding, resourcesOfType, type NetworkCheck, type Observation } from "./shared/check";

const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

export const flowLogsReachTheArchive: NetworkCheck = {
  name: "flow-logs-reach-the-archive",
  sentence: "Flow logs record all traffic of each VPC in the hub's log archive.",
  check(stack, all) {
    const networks = networksOf(topologyOf(all), stack);
    if (networks.length === 0) return undefined;
    const archive = archiveOf(all);
    return finding(networks.map((vpc) => observeFlowLog(vpc, stack, archive)));
  },
};

function observeFlowLog(vpc: VpcNetwork, stack: StackResources, archive: ReturnType<typeof archiveOf>): Observation {
  const destinations = resourcesOfType(stack, FLOW_LOG)
    .filter((log) => text(log, "vpcId") === vpc.id && text(log, "trafficType") === "ALL")
    .map((log) => text(log, "logDestination"))
    .filter((each) => each !== "" && (archive === "unknown" || each === archive?.destination));
  const name = archive === "unknown" ? destinations[0] : archive?.name;
  const passed = destinations.length > 0 && name !== undefined;
  return {
    passed,
    evidence: passed
      ? `VPC ${vpc.name}: flow log → ${name}`
      : `VPC ${vpc.name}: no flow log of all traffic to the log archive`,
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
  const [own] = resourcesOfType(hub, FLOW_LOG);
  if (archive === undefined || own === undefined) return undefined;
  return { name: archive.name, destination: text(own, "logDestination") };
}
