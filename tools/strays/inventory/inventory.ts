import { clusterName } from "../../../components/names";
import type { PlannedResource } from "../../planner/engine/resource";
import { text } from "../../report/view/networks";
import type { ExistingResource, StackLocation } from "../kinds";
import type { InventoryClients } from "./clients";
import { taggedNetwork, vpcContents } from "./ec2";
import { taggedZones, zonesOfVpc } from "./route53";
import { clusterAndParts, clusterLogGroups, iamResources, taggedServices } from "./services";

/**
 * Lists what exists of a stack: resources with its tags, the contents of its VPCs, and resources with its names that cannot
 * be found otherwise. Each resource once.
 *
 * @throws AwsFailure with the reason in a sentence
 */
export async function listExisting(
  clients: InventoryClients,
  location: StackLocation,
  planned: readonly PlannedResource[],
): Promise<readonly ExistingResource[]> {
  const { region } = location;
  const cluster = clusterName(location.prefix, location.stack);
  const network = await taggedNetwork(clients, location);
  const found = [...network];
  for (const { id } of network.filter(({ kind }) => kind === "vpc")) {
    found.push(...(await vpcContents(clients, id, location)), ...(await zonesOfVpc(clients, id, region)));
  }
  const zones = planned.filter(({ type }) => type === "aws:route53/zone:Zone").map((zone) => text(zone, "name"));
  found.push(
    ...(await clusterAndParts(clients, cluster)),
    ...(await taggedZones(clients, zones, location)),
    ...(await taggedServices(clients, location)),
    ...clusterLogGroups(clients, cluster, region),
    ...iamResources(clients, location, planned),
  );
  // The tag index and another call may both return a resource; the later one has more details.
  return [...new Map(found.map((each) => [`${each.kind} ${each.id}`, each])).values()];
}
