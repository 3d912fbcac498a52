import { contains, describeRanges, Partition, rangesOf } from "../model/addresses/ranges";
import { firewallsOn, type PacketPath } from "../model/paths/path";
import { tracePaths } from "../model/paths/trace";
import { items, type ModelResource, objectIn, type StackResources, text, texts, textIn } from "../model/resource";
import { FIREWALL } from "../model/topology/firewalls";
import { HTTPS } from "../model/topology/packet-filters";
import {
  inTier,
  networksOf,
  type Subnet,
  type Topology,
  topologyOf,
  type VpcNetwork,
} from "../model/topology/topology";
import {
  finding,
  type NetworkCheck,
  type Observation,
  observeConnection,
  resourcesOfType,
  routesInWords,
} from "./shared/check";

const MODULE = "aws:networkfirewall";

/**
 * A firewall that a route bypasses looks like one that has nothing to report. It applies while a firewall is attached to the
 * transit gateway, or the configuration asks for one.
 */
export const egressIsInspected: NetworkCheck = {
  name: "egress-is-inspected",
  sentence: "With inspection, a firewall sees all traffic of spokes with the hub and through it.",
  check(stack, all) {
    const topology = topologyOf(all);
    if (all.inspection !== true && topology.transit.firewalls.size === 0) return undefined;
    const networks = networksOf(topology, stack);
    if (stack.isHub) {
      return finding([
        ...observeFirewalls(stack, topology, all.addressSpace),
        ...observeTables(topology),
        ...networks.flatMap((network) => inTier(network, "private").flatMap((from) => observeOwn(topology, from))),
      ]);
    }
    // A spoke that is checked alone does not see the route tables of the hub.
    if (networks.length === 0 || !all.stacks.some(({ isHub }) => isHub)) return undefined;
    const observed = networks.flatMap((network) =>
      inTier(network, "private").flatMap((from) => [
        ...observeInternet(topology, from, network.id),
        ...observeHub(topology, from),
      ]),
    );
    return observed.length === 0 ? undefined : finding(observed);
  },
};

/** Paths to the internet through the hub. Those through a NAT gateway of the spoke itself are not inspected. */
function observeInternet(topology: Topology, from: Subnet, own: string): Observation[] {
  return tracePaths(topology, from, { kind: "internet" }, HTTPS)
    .filter(({ translations: [first] }) => first !== undefined && first.nat.vpcId !== own)
    .map((path) => observe(topology, from, path));
}

/**
 * The route tables of spokes, the one of spokes to come among them. What a spoke's account routes to the gateway does not matter:
 * packets that the gateway sends to the hub pass the firewall first.
 */
function observeTables({ networkById, transit }: Topology): Observation[] {
  const networkBehind = (attachmentId: string | null): VpcNetwork | undefined =>
    networkById.get(transit.attachmentById.get(attachmentId ?? "")?.vpcId ?? "");
  const ofSpokes = [...transit.tableOf].flatMap(([id, table]) => (networkBehind(id)?.isHub === false ? [table] : []));
  const tables = new Set([...transit.defaultTables.values(), ...ofSpokes]);
  return [...tables].flatMap((table) =>
    new Partition(table?.routes ?? [])
      .split(rangesOf(["0.0.0.0/0"]))
      .filter(({ item }) => networkBehind(item?.attachmentId ?? null)?.isHub === true)
      .map(({ ranges }) => ({
        passed: false,
        evidence: `not inspected: route table ${table?.name ?? ""} leads to ${describeRanges(ranges)} beside the firewall`,
      })),
  );
}

/** Paths from the hub itself to the internet, which no firewall inspects. */
function observeOwn(topology: Topology, from: Subnet): Observation[] {
  return tracePaths(topology, from, { kind: "internet" }, HTTPS)
    .filter((path) => path.end === "internet" && firewallsOn(path).length === 0)
    .map((path) => ({ passed: false, evidence: `not inspected: ${routesInWords(path, from)}` }));
}

function observeHub(topology: Topology, from: Subnet): Observation[] {
  const hub = topology.networks.find(({ isHub }) => isHub);
  return inTier(hub, "private").flatMap(({ id }) =>
    tracePaths(topology, from, { kind: "subnet", subnetId: id }, HTTPS).map((path) => observe(topology, from, path)),
  );
}

/** Whether a path passes a firewall, and replies pass the same one. A path that ends earlier is not inspected and needs not be. */
function observe(topology: Topology, from: Subnet, path: PacketPath): Observation {
  if (path.end !== "arrives" && path.end !== "internet") return { passed: true, evidence: routesInWords(path, from) };
  if (firewallsOn(path).length === 0) return { passed: false, evidence: `not inspected: ${routesInWords(path, from)}` };
  return observeConnection(topology, from, path, HTTPS, () => true);
}

/** Firewalls of the hub with an endpoint in each AZ, rules that see all traffic, and logs in the archive. */
function observeFirewalls(stack: StackResources, topology: Topology, addressSpace: string): Observation[] {
  const firewalls = resourcesOfType(stack, FIREWALL).filter((each) => text(each, "transitGatewayId") !== "");
  if (firewalls.length === 0) return [{ passed: false, evidence: "no firewall is attached to the transit gateway" }];
  const zones = new Set(networksOf(topology, stack).flatMap(({ subnets }) => subnets.map(({ zone }) => zone)));
  const ofFirewalls = firewalls.flatMap((firewall) => {
    const ids = items(firewall, "availabilityZoneMappings").map((each) => textIn(each, "availabilityZoneId"));
    const endpoints = new Set(ids.map((id, index) => id || index)).size;
    return [
      {
        passed: endpoints >= zones.size,
        evidence: `${firewall.name}: endpoints in ${String(endpoints)} of ${String(zones.size)} AZs of the hub`,
      },
      observeRules(stack, firewall),
      ...["ALERT", "FLOW"].map((kind) => observeLog(stack, firewall, kind)),
    ];
  });
  return [...ofFirewalls, ...observeRuleGroups(stack, addressSpace)];
}

/** Whether all packets reach the stateful rules, and what no rule matches is at least reported. */
function observeRules(stack: StackResources, firewall: ModelResource): Observation {
  const policy = resourcesOfType(stack, `${MODULE}/firewallPolicy:FirewallPolicy`).find(
    ({ id }) => id === text(firewall, "firewallPolicyArn"),
  );
  if (policy === undefined) return { passed: false, evidence: `${firewall.name}: its policy is not in the stack` };
  const rules = objectIn(policy.inputs, "firewallPolicy");
  const actions = (property: string): readonly string[] => texts({ inputs: rules }, property);
  const stateless = [...actions("statelessDefaultActions"), ...actions("statelessFragmentDefaultActions")];
  const faults = [
    ...(stateless.length === 2 && stateless.every((each) => each === "aws:forward_to_sfe")
      ? []
      : ["does not forward every packet to its stateful rules"]),
    ...(items({ inputs: rules }, "statelessRuleGroupReferences").length > 0 ? ["has stateless rules"] : []),
    ...(textIn(objectIn(rules, "statefulEngineOptions"), "ruleOrder") === "STRICT_ORDER"
      ? []
      : ["has no strict order"]),
    ...(actions("statefulDefaultActions").some((each) => /^aws:(?:alert|drop)_/.test(each))
      ? []
      : ["neither drops nor reports what no rule matches"]),
  ];
  return {
    passed: faults.length === 0,
    evidence: `policy ${policy.name} ${faults.length === 0 ? `ends with ${actions("statefulDefaultActions").join(", ")}` : faults.join(" and ")}`,
  };
}

/** Rules of the stack's own groups that pass more than traffic between networks, before the groups of AWS or the default see it. */
function observeRuleGroups(stack: StackResources, addressSpace: string): Observation[] {
  return resourcesOfType(stack, `${MODULE}/ruleGroup:RuleGroup`).flatMap(({ name, inputs }) => {
    const source = objectIn(objectIn(inputs, "ruleGroup"), "rulesSource");
    const passing = items({ inputs: source }, "statefulRules").filter((rule) => textIn(rule, "action") === "PASS");
    const wide = passing.some((rule) => {
      const header = objectIn(rule, "header");
      return !["source", "destination"].every((end) => contains(addressSpace, textIn(header, end)));
    });
    const isText = textIn(source, "rulesString") !== "" || textIn(inputs, "rules") !== "";
    return [
      ...(wide ? [{ passed: false, evidence: `rule group ${name} passes more than traffic between networks` }] : []),
      ...(isText ? [{ passed: false, evidence: `rule group ${name} has rules as text, which are not read` }] : []),
    ];
  });
}

function observeLog(stack: StackResources, firewall: ModelResource, kind: string): Observation {
  const archive = resourcesOfType(stack, "aws:s3/bucket:Bucket").find(({ name }) => name === `${stack.name}-logs`);
  const passed = resourcesOfType(stack, `${MODULE}/loggingConfiguration:LoggingConfiguration`)
    .filter((each) => text(each, "firewallArn") === firewall.id)
    .flatMap(({ inputs }) => items({ inputs: objectIn(inputs, "loggingConfiguration") }, "logDestinationConfigs"))
    .some(
      (log) => textIn(log, "logType") === kind && textIn(objectIn(log, "logDestination"), "bucketName") === archive?.id,
    );
  return { passed, evidence: `${firewall.name}: ${kind} logs ${passed ? "→" : "do not go to"} the log archive` };
}
