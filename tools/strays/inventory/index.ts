import { clusterName } from "../../../components/names";
import type { PlannedResource } from "../../planner/engine/resource";
import { text } from "../../report/view/resources";
import type { Item, Place } from "../item";
import type { Clients } from "./clients";
import { clusterAndParts } from "./cluster";
import { taggedNetwork } from "./network";
import { clusterLogs, rolesOf } from "./roles";
import { taggedServices } from "./services";
import { inVpc } from "./vpc";
import { taggedZones, zonesOfVpc } from "./zones";

/**
 * All that exists of a stack: what carries its tags, what is in its VPCs, and what has its names and cannot be found
 * otherwise. Each thing once.
 *
 * @throws AwsFailure with the reason in a sentence
 */
export async function inventory(
  clients: Clients,
  place: Place,
  planned: readonly PlannedResource[],
): Promise<readonly Item[]> {
  const { region } = place;
  const cluster = clusterName(place.prefix, place.stack);
  const network = await taggedNetwork(clients, place);
  const items = [...network];
  for (const { id } of network.filter(({ kind }) => kind === "vpc")) {
    items.push(...(await inVpc(clients, id, place)), ...(await zonesOfVpc(clients, id, region)));
  }
  const zones = planned.filter(({ type }) => type === "aws:route53/zone:Zone").map((zone) => text(zone, "name"));
  items.push(
    ...(await clusterAndParts(clients, cluster)),
    ...(await taggedZones(clients, zones, place)),
    ...(await taggedServices(clients, place)),
    ...clusterLogs(clients, cluster, region),
    ...rolesOf(clients, place, planned),
  );
  // The tag index and a call of its own may both tell of a thing; the later one tells more.
  return [...new Map(items.map((item) => [`${item.kind} ${item.id}`, item])).values()];
}
