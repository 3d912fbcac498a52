import { spokeRolesOf } from "./components/hub-contract";
import { findFirewallZones } from "./components/hub/firewall-zones";
import { Hub } from "./components/hub/hub";
import { findAttachments } from "./components/hub/spoke-attachments";
import { Spoke } from "./components/spoke/spoke";
import {
  clusterOutputs,
  DeletionGuard,
  hubProvider,
  readHub,
  readSettings,
  stackProvider,
  withZoneNames,
} from "./components/stack";

/** The program of every stack. The name of the stack decides whether it is the hub or a spoke. */
export = async (): Promise<Record<string, unknown>> => {
  const asConfigured = readSettings();
  const provider = stackProvider(asConfigured);
  const settings = await withZoneNames(asConfigured, provider);
  const opts = { providers: [provider] };
  const { network, protect } = settings;
  const guard = { prefix: settings.naming.prefix, network: network.name, protect };
  if (settings.role === "hub") {
    const attachments = await findAttachments(settings, provider);
    const zoneIds = await findFirewallZones(settings, provider);
    const hub = new Hub(network.name, { settings, attachments, zoneIds }, opts);
    new DeletionGuard(network.name, { ...guard, what: "stack", guarded: hub, parts: hub.parts }, opts);
    const { contract, vpcId, imagePublisherRoleArn } = hub;
    return { contract, vpcId, ...(imagePublisherRoleArn === undefined ? {} : { imagePublisherRoleArn }) };
  }
  const hub = await readHub(settings);
  const spoke = new Spoke(network.name, { settings, hub, hubProvider: hubProvider(settings, hub) }, opts);
  new DeletionGuard(network.name, { ...guard, what: "stack", guarded: spoke, parts: spoke.parts }, opts);
  const { vpcId, egressAddresses, kubernetes: cluster } = spoke;
  if (cluster !== undefined) {
    const ofCluster = { ...guard, what: "cluster", guarded: cluster, parts: cluster.parts } as const;
    new DeletionGuard(`${network.name}-cluster`, ofCluster, opts);
  }
  return {
    vpcId,
    ...(egressAddresses === undefined ? {} : { egressAddresses }),
    registry: hub.registry,
    recordWriterRoleArn: spokeRolesOf(hub, network.name).records,
    ...(cluster === undefined ? {} : clusterOutputs({ settings, hub, vpcId, cluster })),
  };
};
