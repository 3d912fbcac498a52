import type { AllStacks, StackResources } from "../model/stacks";
import { text } from "../model/resource";
import { networksOf, topologyOf, type VpcNetwork } from "../model/topology/topology";
import { finding, type NetworkCheck } from "./check";

const BUCKET = "aws:s3/bucket:Bucket";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

export const flowLogsReachTheArchive: NetworkCheck = {
  name: "flow-logs-reach-the-archive",
  sentence: "Flow logs record all traffic of each VPC in the hub's log archive.",
  check(stack, all) {
    const networks = networksOf(topologyOf(all), stack);
    if (networks.length === 0) return undefined;
    const archive = archiveOf(all);
    return finding(networks.map((vpc) => logged(vpc, stack, archive)));
  },
};

function logged(vpc: VpcNetwork, { resources }: StackResources, archive: ReturnType<typeof archiveOf>) {
  const whole = resources
    .filter((each) => each.type === FLOW_LOG && text(each, "vpcId") === vpc.id)
    .filter((log) => text(log, "trafficType") === "ALL")
    .map((log) => text(log, "logDestination"))
    .filter((destination) => destination !== "" && (archive === "not seen" || destination === archive?.destination));
  const name = archive === "not seen" ? whole[0] : archive?.name;
  const passed = whole.length > 0 && name !== undefined;
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

/** The hub's log archive, as the destination of the hub's own flow log; a spoke checked alone does not see it. */
function archiveOf({ stacks }: AllStacks): Archive | "not seen" | undefined {
  const hub = stacks.find(({ isHub }) => isHub);
  if (hub === undefined) return "not seen";
  const archive = hub.resources.find(({ type, name }) => type === BUCKET && name === `${hub.name}-logs`);
  const own = hub.resources.find(({ type }) => type === FLOW_LOG);
  if (archive === undefined || own === undefined) return undefined;
  return { name: archive.name, destination: text(own, "logDestination") };
}
