import {
  ListHostedZonesByVPCCommand,
  ListHostedZonesCommand,
  ListTagsForResourcesCommand,
  type VPCRegion,
} from "@aws-sdk/client-route-53";
import { clusterName } from "../../../components/names";
import { ask, withoutDot } from "../../io/aws";
import { text } from "../../model/resource";
import type { PlannedResource } from "../../planner/engine/resource";
import type { ExistingResource, StackLocation } from "../kinds";
import { type InventoryClients, isTagged, pages, required } from "./clients";
import { taggedNetwork, vpcContents } from "./ec2";
import { clusterAndParts, clusterLogGroups, dashboards, iamResources, taggedServices } from "./services";

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
    ...dashboards(clients, location),
    ...iamResources(clients, location, planned),
  );
  // The tag index and another call may both return a resource; the later one has more details.
  return [...new Map(found.map((each) => [`${each.kind} ${each.id}`, each])).values()];
}

/** Private zones that are associated with a VPC. */
function zonesOfVpc({ route53 }: InventoryClients, vpc: string, region: string): Promise<ExistingResource[]> {
  return pages(
    "route53:ListHostedZonesByVPC",
    (NextToken) =>
      route53.send(new ListHostedZonesByVPCCommand({ VPCId: vpc, VPCRegion: region as VPCRegion, NextToken })),
    ({ HostedZoneSummaries = [] }) =>
      HostedZoneSummaries.map(({ HostedZoneId, Name }): ExistingResource => {
        const id = `${required(HostedZoneId, "HostedZoneId")}:${vpc}:${region}`;
        return { kind: "zoneAssociation", id, name: withoutDot(required(Name, "Name")), tagged: false, vpc };
      }),
    ({ NextToken }) => NextToken,
  );
}

/** Most zones in one request for tags. */
const MAX_ZONES = 10;

/** Private zones with these names and the tags of a stack; another zone may have the same name. */
async function taggedZones(
  clients: InventoryClients,
  names: readonly string[],
  location: StackLocation,
): Promise<ExistingResource[]> {
  if (names.length === 0) return [];
  const { route53 } = clients;
  const zones = (await privateZones(clients)).filter(([, name]) => names.includes(name));
  const items: ExistingResource[] = [];
  for (let first = 0; first < zones.length; first += MAX_ZONES) {
    const batch = zones.slice(first, first + MAX_ZONES);
    const { ResourceTagSets = [] } = await ask("route53:ListTagsForResources", () =>
      route53.send(
        new ListTagsForResourcesCommand({ ResourceType: "hostedzone", ResourceIds: batch.map(([id]) => id) }),
      ),
    );
    for (const [id, name] of batch) {
      const { Tags } = ResourceTagSets.find(({ ResourceId }) => ResourceId === id) ?? {};
      if (isTagged(location, Tags)) items.push({ kind: "hostedZone", id, name, tagged: true });
    }
  }
  return items;
}

/** Ids and names of all private zones. */
function privateZones({ route53 }: InventoryClients): Promise<(readonly [string, string])[]> {
  return pages(
    "route53:ListHostedZones",
    (Marker) => route53.send(new ListHostedZonesCommand({ Marker })),
    ({ HostedZones = [] }) =>
      HostedZones.filter(({ Config }) => Config?.PrivateZone === true).map(
        ({ Id, Name }) => [required(Id, "Id").replace("/hostedzone/", ""), withoutDot(required(Name, "Name"))] as const,
      ),
    ({ IsTruncated, NextMarker }) => (IsTruncated === true ? NextMarker : undefined),
  );
}
